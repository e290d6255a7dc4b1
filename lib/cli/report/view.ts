import * as path from 'node:path';
import type { Source } from '../../foundation';
import {
  fails,
  type FailLevel,
  type GuardrailReport,
  type ReportedFinding,
  type RuleSeverity,
  type WaiverFacts,
} from '../../guardrail';

/** What the standard input is called where a file would be named. */
export const STDIN = '<stdin>';

/** What a format shows. */
export interface ReportView {
  readonly report: GuardrailReport;
  readonly failOn: FailLevel;
  /** The version of this package. */
  readonly version: string;
  /** The way from the root of the repository to the working directory, empty or ending with `/`. */
  readonly prefix: string;
}

export const severities = ['error', 'warning', 'info'] as const satisfies readonly RuleSeverity[];

/** Whether a report fails a check: waived findings never do. */
export const hasFailed = ({ findings, problems }: GuardrailReport, failOn: FailLevel): boolean =>
  findings.some((finding) => !finding.waiver && fails(finding.severity, failOn)) ||
  problems.some(({ severity }) => fails(severity, failOn));

/** The report without what does not fail. */
export function failuresOf(report: GuardrailReport, failOn: FailLevel): GuardrailReport {
  return {
    ...report,
    findings: report.findings.filter((each) => !each.waiver && fails(each.severity, failOn)),
    problems: report.problems.filter(({ severity }) => fails(severity, failOn)),
  };
}

export type WaivedFinding = ReportedFinding & { readonly waiver: WaiverFacts };
export const isWaived = (finding: ReportedFinding): finding is WaivedFinding =>
  finding.waiver !== undefined;

/** How many findings of each severity count, how many are waived, and how many problems there are. */
export type Counts = Readonly<Record<RuleSeverity | 'waived' | 'problems', number>>;

export function countsOf({ findings, problems }: GuardrailReport): Counts {
  const of = (severity: RuleSeverity): number =>
    findings.filter((finding) => !finding.waiver && finding.severity === severity).length;
  return {
    error: of('error'),
    warning: of('warning'),
    info: of('info'),
    waived: findings.filter(isWaived).length,
    problems: problems.length,
  };
}

/** An object as people name it, such as `Deployment/orders`, with its namespace where it is known. */
export const titleOf = ({ object }: ReportedFinding): string =>
  `${object.kind}/${object.name}${object.namespace === undefined ? '' : ` in ${object.namespace}`}`;

/** What makes an object the same in two reports, however it moves between files and lines. */
export const identityOf = ({ object }: ReportedFinding): string =>
  [
    object.apiVersion.replace(/\/?[^/]*$/, ''),
    object.kind,
    object.namespace ?? '',
    object.name,
  ].join('/');

/** The line that a person changes: of TypeScript where it is known. */
export const placeOf = ({
  source,
  place,
}: Pick<ReportedFinding, 'source' | 'place'>): Source | undefined => source ?? place;

/** A place as tools that look at the whole repository find it; undefined when it is in no file. */
export function inRepository(prefix: string, place: Source | undefined): Source | undefined {
  if (!place || place.file === STDIN) return undefined;
  const isAbsolute = path.isAbsolute(place.file);
  return isAbsolute ? place : { ...place, file: path.posix.normalize(prefix + place.file) };
}
