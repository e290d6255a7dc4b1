import { describe, expect, it } from '@jest/globals';
import { json } from '../../../lib/cli/report/json';
import { report, view } from './view';

describe('the report as JSON', () => {
  it('has a version, counts and everything that was found', () => {
    const { findings, problems, rules, without } = report();
    expect(JSON.parse(json(view()))).toEqual({
      version: 1,
      ok: false,
      failOn: 'error',
      counts: { error: 1, warning: 1, info: 1, waived: 1, problems: 1, objects: 7, rules: 4 },
      ...{ findings, problems, rules, without },
    });
  });

  it('is ok when only waived findings and lesser ones are left', () => {
    const findings = report().findings.filter(
      ({ severity, waiver }) => waiver ?? severity !== 'error',
    );
    expect(JSON.parse(json(view({ findings, problems: [] })))).toMatchObject({ ok: true });
    const strict = { ...view({ findings, problems: [] }), failOn: 'warning' as const };
    expect(JSON.parse(json(strict))).toMatchObject({ ok: false });
    expect(JSON.parse(json({ ...view(), failOn: 'never' }))).toMatchObject({ ok: true });
  });
});
