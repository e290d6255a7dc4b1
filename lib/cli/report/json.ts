import { countsOf, hasFailed, type ReportView } from './view';

/** The report as data. The version changes when a field goes or changes its meaning. */
export function json({ report, failOn }: ReportView): string {
  const { findings, problems, objects, rules, without } = report;
  const ok = !hasFailed(report, failOn);
  const counts = { ...countsOf(report), objects, rules: rules.length };
  const result = { version: 1, ok, failOn, counts, findings, problems, rules, without };
  return `${JSON.stringify(result, null, 2)}\n`;
}
