import { describe, expect, it } from '@jest/globals';
import { junit } from '../../../lib/cli/report/junit';
import { finding, nasty, view } from './view';

const TAG = /<(\/?)([a-z]+)((?: [a-z]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)(\/?)>/y;
const TEXT = /(?:[^<&]|&(?:[a-z]+|#\d+);)+/y;

/** The names of all elements in their order; fails on what is not well-formed. */
function elements(xml: string): readonly string[] {
  const start = '<?xml version="1.0" encoding="UTF-8"?>\n';
  expect(xml.startsWith(start)).toBe(true);

  expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u);
  const [open, names]: [string[], string[]] = [[], []];
  for (let at = start.length; at < xml.length;) {
    TAG.lastIndex = TEXT.lastIndex = at;
    const tag = TAG.exec(xml);
    if (!tag) {
      expect(TEXT.test(xml)).toBe(true);
      at = TEXT.lastIndex;
      continue;
    }
    const [, closing, name = '', , empty] = tag;
    if (closing) expect(open.pop()).toBe(name);
    else names.push(name);
    if (!closing && !empty) open.push(name);
    at = TAG.lastIndex;
  }
  expect(open).toEqual([]);
  return names;
}

describe('the report as JUnit XML', () => {
  it('has a suite for each rule and a test case for each object', () => {
    const xml = junit(view());
    expect(elements(xml).filter((name) => name === 'testsuite')).toHaveLength(5);
    expect(xml).toContain(
      '<testsuite name="no-host-ports" tests="2" failures="1" errors="0" skipped="1">',
    );
    expect(xml).toContain(
      '<testcase name="Deployment/orders in shop" classname="no-host-ports" file="k8s/orders.yaml" line="3"><failure message="host ports in the containers c" type="error">A host port bypasses Services.&#10;Fix: Remove hostPort.</failure></testcase>',
    );
    expect(xml).toContain(
      '<skipped message="host ports in the containers c. Waived until 2027-03-31 by team-shop: the legacy gateway"/>',
    );
    expect(xml).toContain('<testcase name="all objects" classname="run-as-non-root"/>');
    expect(xml).toContain('<testcase name="Deployment/cart (dev, prod)" classname="team-rule"');
    expect(xml).toContain('<error message="the file is UTF-16. Save it as UTF-8." type="error"/>');
  });

  it('is XML whatever the manifests hold', () => {
    const object = { apiVersion: nasty, kind: nasty, name: nasty };
    const found = finding({ object, found: nasty, fix: nasty, place: { file: nasty, line: 1 } });
    const names = elements(junit(view({ findings: [found], rules: [], problems: [] })));
    expect(names).toEqual(['testsuites', 'testsuite', 'testcase', 'failure']);
  });
});
