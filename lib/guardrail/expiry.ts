import { ProblemLog, type Problem } from '../foundation';
import type { GuardrailReport, ReportedFinding, WaiverFacts } from './report';

type Waived = ReportedFinding & { readonly waiver: WaiverFacts };

/**
 * The report as it is on a day: a waiver that ended before it excuses nothing any more, and is an error of its own. The day is an input,
 * as nothing but the command line reads a clock.
 */
export function asOf(report: GuardrailReport, day: string): GuardrailReport {
  const isOver = (finding: ReportedFinding): finding is Waived =>
    finding.waiver !== undefined && finding.waiver.expires < day;
  const over = report.findings.filter(isOver);
  if (over.length === 0) return report;
  const findings = report.findings.map((finding) => {
    if (!isOver(finding)) return finding;
    return Object.fromEntries(
      Object.entries(finding).filter(([field]) => field !== 'waiver'),
    ) as unknown as ReportedFinding;
  });
  const problems = new Map(over.map((finding) => [keyOf(finding), expired(finding)]));
  return { ...report, findings, problems: [...report.problems, ...[...problems.values()].flat()] };
}

/** A waiver covers several objects, and is over once. */
const keyOf = ({ rule, at, waiver }: Waived): string =>
  [rule, at, waiver.reason, waiver.owner, waiver.expires].join('\n');

function expired({ rule, at, object, source, place, waiver }: Waived): readonly Problem[] {
  const { expires, owner, reason } = waiver;
  const captured = { resolve: () => source ?? place };
  const log = new ProblemLog(at ?? `${object.kind}/${object.name}`, captured);
  const found = `the waiver of ${rule} expired on ${expires}; its reason was: ${reason}`;
  log.error('WaiverExpired', found, `Mend what it excused, or have ${owner} extend it`);
  return log.problems;
}
