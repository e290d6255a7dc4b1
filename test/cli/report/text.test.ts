import { describe, expect, it } from '@jest/globals';
import { text } from '../../../lib/cli/report/text';
import { finding, nasty, view } from './view';

const found = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    finding({ object: { apiVersion: 'v1', kind: 'Pod', name: `p${index}` } }),
  );

describe('the report as text', () => {
  it('shows errors first, then what is waived, wrong itself and left out', () => {
    expect(text(view())).toBe(`Deployment/orders in shop at k8s/orders.yaml:3
  error    no-host-ports: host ports in the containers c
  warning  pdb-present: there is no budget

Deployment/cart at main.ts:12 (dev, prod)
  info     team-rule: it is dull

Why, and how to fix it
  error    no-host-ports
    A host port bypasses Services.
    Fix: Remove hostPort.
  warning  pdb-present
    A host port bypasses Services.
    Fix: Remove hostPort.
  info     team-rule
    A host port bypasses Services.
    Fix: Remove hostPort.

Waived
  Pod/old at k8s/orders.yaml:3
    no-host-ports: host ports in the containers c
    until 2027-03-31 by team-shop: the legacy gateway (SHOP-1)

Problems
  error    FileInvalid at k8s/bad.yaml:1: the file is UTF-16. Save it as UTF-8.

Found 1 error, 1 warning, 1 info, 1 waived, 1 problem. Judged 7 objects by 4 rules.
Left out: image-digest-pinned (the vendor has none)
`);
  });

  it('says so when there is nothing', () => {
    const empty = { findings: [], problems: [], without: {}, objects: 1, rules: ['a'] };
    expect(text(view(empty))).toBe('Nothing found. Judged 1 object by 1 rule.\n');
  });

  it('lists a rule on ten objects, and counts the rest', () => {
    const shown = text(view({ findings: found(25), problems: [] }));
    expect(shown.match(/^Pod\//gm)).toHaveLength(10);
    expect(shown).toContain('no-host-ports (25 times; 15 are not listed)');
    expect(shown).toContain('Found 25 errors.');
    expect(shown.match(/Fix: /g)).toHaveLength(1);
    const [problem] = view().report.problems;
    const many = text(view({ findings: [], problems: Array(70).fill(problem) as never }));
    expect(many.match(/FileInvalid/g)).toHaveLength(50);
    expect(many).toContain('\n  and 20 more\n');
  });

  it('breaks lines between words, and leaves those whole that have no space', () => {
    const long = finding({ found: `words ${'and more words '.repeat(12)}${'x'.repeat(150)}` });
    const lines = text(view({ findings: [long] }), 80).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([
      `${' '.repeat(11)}${'x'.repeat(150)}`,
    ]);
    expect(lines[1]).toMatch(/^ {2}error {4}no-host-ports: words/);
    expect(lines[2]).toMatch(/^ {11}\S/);
  });

  it('shows nothing that a terminal would obey', () => {
    const object = { apiVersion: 'v1', kind: nasty, name: nasty, namespace: nasty };
    const place = { file: nasty, line: 1 };
    const shown = text(view({ findings: [finding({ found: nasty, object, place })] }));

    expect(shown).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/u);
    expect(shown).not.toMatch(/^::/m);
  });
});
