import * as fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { GuardrailReport } from '../../../lib';
import { sarif } from '../../../lib/cli/report/sarif';
import { finding, nasty, report, view } from './view';

const schema = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')) as object);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
  readonly locations: readonly object[];
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly Result[];
}

/** The run of a report, which the schema of the standard accepts. */
function run(given: Partial<GuardrailReport> = {}, prefix = ''): Run {
  const log = JSON.parse(sarif(view(given, prefix))) as { readonly runs: readonly [Run] };
  validate(log);
  expect(validate.errors).toBeNull();
  return log.runs[0];
}
const prints = (given: Partial<GuardrailReport>): readonly string[] =>
  run(given).results.map(({ partialFingerprints }) => partialFingerprints['goldenPathFinding/v1']!);

describe('the report as SARIF', () => {
  it('names the rules, levels and places', () => {
    const { tool, results } = run({}, 'services/my shop/');
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['pdb-present', 'warning'],
      ['no-host-ports', 'error'],
      ['team-rule', 'note'],
      ['no-host-ports', 'error'],
      ['FileInvalid', 'error'],
    ]);
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    expect(results[1]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'services/my%20shop/k8s/orders.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3 },
        },
        logicalLocations: [{ fullyQualifiedName: 'Deployment/orders in shop', kind: 'resource' }],
      },
    ]);
    expect(tool.driver.rules.map(({ id }) => id)).toContain('run-as-non-root');
  });

  it('has suppressions on all results or on none', () => {
    const { results } = run();
    expect(results.map(({ suppressions }) => suppressions?.length)).toEqual([0, 0, 0, 1, 0]);
    expect(results[3]?.suppressions).toEqual([
      {
        kind: 'inSource',
        status: 'accepted',
        justification: 'the legacy gateway (team-shop, SHOP-1, until 2027-03-31)',
      },
    ]);
    const without = run({ findings: [finding()] });
    expect(without.results.map((result) => 'suppressions' in result)).toEqual([false, false]);
  });

  it('knows a finding again when lines, files and words change, and tells two apart', () => {
    const moved = finding({ place: { file: 'other.yaml', line: 99 }, found: 'host ports in d' });
    expect(prints({ findings: [moved] })).toEqual(prints({ findings: [finding()] }));
    const others = [
      finding({ rule: 'pdb-present' }),
      finding({ object: { ...finding().object, name: 'other' } }),
      finding({ object: { ...finding().object, namespace: 'other' } }),
      finding({ object: { ...finding().object, kind: 'Pod' } }),
      finding({ at: 'shop/orders' }),
    ];
    const all = prints({ findings: [finding(), ...others, finding()], problems: [] });
    expect(new Set(all).size).toBe(7);
    const later = finding({ object: { ...finding().object, apiVersion: 'apps/v2' } });
    expect(prints({ findings: [later] })).toEqual(prints({ findings: [finding()] }));
  });

  it('is sound for an empty report, strange text and files elsewhere', () => {
    expect(run({ findings: [], problems: [], rules: [] }).results).toEqual([]);
    const strange = [nasty, '/etc/x y.yaml', '../x.yaml', '<stdin>'].map((file) =>
      finding({ place: { file, line: 1 }, found: nasty }),
    );
    const places = JSON.stringify(run({ ...report(), findings: strange }).results);
    expect(places).toContain('"uri":"file:///etc/x%20y.yaml"');
    expect(places).not.toContain('stdin');
  });
});
