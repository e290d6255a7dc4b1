import { compareText, grouped, oneLine, type Problem } from '../../foundation';
import { rankOf, type GuardrailReport, type ReportedFinding } from '../../guardrail';
import {
  countsOf,
  isWaived,
  placeOf,
  severities,
  titleOf,
  type ReportView,
  type WaivedFinding,
} from './view';

/** The same finding on many objects says nothing more. The other formats list all. */
const LISTED = { perRule: 10, problems: 50 } as const;
const LONGEST = 400;
const MARGIN = '  ';

/** The report for people: what was found by object, what is waived, and once for each rule why it is one and how to keep it. */
export function text({ report }: ReportView, width = 100): string {
  const findings = report.findings.filter((finding) => !isWaived(finding)).sort(bySeverity);
  const listed = firstOfEach(findings);
  const sections = [
    ...objects(listed).map((lines) => lines.join('\n')),
    section('Why, and how to fix it', rulesOf(findings, listed)),
    section('Waived', report.findings.filter(isWaived).flatMap(waived)),
    section('Problems', problemsOf(report.problems)),
    [summary(report), ...leftOut(report.without)].join('\n'),
  ];
  return `${sections
    .filter((each) => each !== '')
    .map((each) => wrapped(each, width))
    .join('\n\n')}\n`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines].join('\n');

const bySeverity = (a: ReportedFinding, b: ReportedFinding): number =>
  rankOf(a.severity) - rankOf(b.severity) || compareText(a.rule, b.rule);

/** Names and values come from files that anyone wrote. */
const shown = (value: string): string => oneLine(value, LONGEST);

function firstOfEach(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= LISTED.perRule;
  });
}

function objects(findings: readonly ReportedFinding[]): readonly (readonly string[])[] {
  const groups = grouped(findings, headOf);
  return [...groups].map(([head, found]) => [
    head,
    ...found.map(
      (each) => `${MARGIN}${each.severity.padEnd(7)}  ${each.rule}: ${shown(each.found)}`,
    ),
  ]);
}

function headOf(finding: ReportedFinding): string {
  const place = placeOf(finding);
  const environments = finding.environments ?? [];
  return [
    shown(titleOf(finding)),
    ...(place ? [`at ${shown(place.file)}:${place.line}`] : []),
    ...(environments.length === 0 ? [] : [`(${shown(environments.join(', '))})`]),
  ].join(' ');
}

function rulesOf(
  findings: readonly ReportedFinding[],
  listed: readonly ReportedFinding[],
): readonly string[] {
  const shownOf = grouped(listed, ({ rule }) => rule);
  return [...grouped(findings, ({ rule }) => rule)].flatMap(([rule, found]) => {
    const more = found.length - (shownOf.get(rule)?.length ?? 0);
    const times = more > 0 ? ` (${found.length} times; ${more} are not listed)` : '';
    return found
      .slice(0, 1)
      .flatMap(({ severity, why, fix }) => [
        `${MARGIN}${severity.padEnd(7)}  ${rule}${times}`,
        `${MARGIN.repeat(2)}${shown(why)}`,
        `${MARGIN.repeat(2)}Fix: ${shown(fix)}.`,
      ]);
  });
}

function waived(finding: WaivedFinding): readonly string[] {
  const { reason, owner, expires, ticket } = finding.waiver;
  return [
    `${MARGIN}${headOf(finding)}`,
    `${MARGIN.repeat(2)}${finding.rule}: ${shown(finding.found)}`,
    `${MARGIN.repeat(2)}until ${shown(expires)} by ${shown(owner)}: ${shown(reason)}${ticket === undefined ? '' : ` (${shown(ticket)})`}`,
  ];
}

function problemsOf(problems: readonly Problem[]): readonly string[] {
  const more = problems.length - LISTED.problems;
  return [
    ...problems.slice(0, LISTED.problems).map(problemLine),
    ...(more > 0 ? [`${MARGIN}and ${more} more`] : []),
  ];
}

function problemLine({ severity, code, at, found, fix, source }: Problem): string {
  const place = source && `${source.file}:${source.line}`;
  const where = [...(at === source?.file ? [] : [at]), ...(place === undefined ? [] : [place])];
  return `${MARGIN}${severity.padEnd(7)}  ${code} at ${where.map(shown).join(' ')}: ${shown(found)}. ${shown(fix)}.`;
}

/** What was found, in one line. */
export function summary(report: GuardrailReport): string {
  const counts = countsOf(report);
  const names = [...severities, 'waived', 'problems'] as const;
  const found = names.filter((name) => counts[name] > 0).map((name) => times(counts[name], name));
  const head = found.length === 0 ? 'Nothing found.' : `Found ${found.join(', ')}.`;
  return `${head} Judged ${times(report.objects, 'object')} by ${times(report.rules.length, 'rule')}.`;
}

const times = (count: number, name: string): string => {
  if (name === 'waived') return `${count} waived`;
  return `${count} ${name.replace(/s$/, '')}${count === 1 ? '' : 's'}`;
};

const leftOut = (without: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(without).map(([rule, reason]) => `Left out: ${rule} (${shown(reason)})`);

/** Breaks long lines between words; what follows stands under what began. */
function wrapped(block: string, width: number): string {
  return block
    .split('\n')
    .map((line) => {
      const indent = /^ */.exec(line)?.[0].length ?? 0;
      const hanging = ' '.repeat(
        /^ {2}(?:error {2}|warning|info {3}) {2}/.test(line) ? 11 : indent + 2,
      );
      const rows: string[] = [];
      let row = line;
      while (row.length > width) {
        const cut = row.lastIndexOf(' ', width);
        if (cut <= hanging.length) break;
        rows.push(row.slice(0, cut));
        row = hanging + row.slice(cut + 1);
      }
      return [...rows, row].join('\n');
    })
    .join('\n');
}
