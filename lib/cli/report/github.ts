import { oneLine } from '../../foundation';
import { rankOf, type ReportedFinding, type RuleSeverity } from '../../guardrail';
import { inRepository, isWaived, placeOf, titleOf, type ReportView } from './view';

/** Long enough for what was found and how to mend it. */
const LONGEST = 1000;

const COMMANDS: Readonly<Record<RuleSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/**
 * Annotations of a pull request, errors first: GitHub shows ten of each level per step. Waived findings are left out, since GitHub has no
 * word for them.
 */
export function github({ report, prefix }: ReportView): string {
  const problems = report.problems.map(({ code, severity, at, found, fix, source }) =>
    annotation(severity, code, `${at}: ${found}. ${fix}.`, prefix, source),
  );
  const findings = report.findings
    .filter((finding) => !isWaived(finding))
    .sort((a, b) => rankOf(a.severity) - rankOf(b.severity))
    .map((each) => annotation(each.severity, each.rule, messageOf(each), prefix, placeOf(each)));
  return [...problems, ...findings].map((line) => `${line}\n`).join('');
}

const messageOf = (finding: ReportedFinding): string => {
  const { environments = [], found, fix } = finding;
  const where = environments.length === 0 ? '' : ` (${environments.join(', ')})`;
  return `${titleOf(finding)}${where}: ${found}. ${fix}.`;
};

function annotation(
  severity: RuleSeverity,
  title: string,
  message: string,
  prefix: string,
  place: ReportedFinding['place'],
): string {
  const found = inRepository(prefix, place);
  const at = found ? `file=${property(found.file)},line=${found.line},` : '';
  const text = data(oneLine(message, LONGEST));
  return `::${COMMANDS[severity]} ${at}title=${property(title)}::${text}`;
}

/** As the runner reads it back: `%` is its escape, and line breaks end a command. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
