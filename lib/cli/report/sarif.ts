import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import * as path from 'node:path';
import { problemCodes, type Problem, type Source } from '../../foundation';
import {
  isCelRule,
  rules as catalogue,
  type ReportedFinding,
  type RuleSeverity,
} from '../../guardrail';
import { identityOf, inRepository, isWaived, placeOf, titleOf, type ReportView } from './view';

const LEVELS: Readonly<Record<RuleSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** A finding or a problem, as far as SARIF shows it. */
interface Row {
  readonly ruleId: string;
  readonly severity: RuleSeverity;
  readonly message: string;
  /** What makes it the same in the next run. */
  readonly identity: string;
  readonly name: string;
  readonly place: Source | undefined;
  readonly finding?: ReportedFinding;
}

/**
 * SARIF 2.1.0, for code scanning and editors. Waived findings are suppressed results; as the standard has it, either all results carry
 * suppressions or none does.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(view: ReportView): string {
  const { report, version, prefix } = view;
  const rows = [...report.findings.map(findingRow), ...report.problems.map(problemRow)];
  const ids = [...new Set([...report.rules, ...rows.map(({ ruleId }) => ruleId)])];
  const index = new Map(ids.map((id, at) => [id, at]));
  const hasWaived = report.findings.some(isWaived);
  const seen = new Map<string, number>();
  const results = rows.map((row) => {
    const ordinal = seen.get(row.identity) ?? 0;
    seen.set(row.identity, ordinal + 1);
    return {
      ruleId: row.ruleId,
      ruleIndex: index.get(row.ruleId),
      level: LEVELS[row.severity],
      message: { text: row.message },
      locations: [locationOf(row, prefix)],
      partialFingerprints: { 'goldenPathFinding/v1': digest(`${row.identity}\n${ordinal}`) },
      ...(hasWaived && { suppressions: suppressionsOf(row) }),
    };
  });
  const fallback = new Map(report.findings.map((finding) => [finding.rule, finding]));
  const described = ids.map((id) => descriptorOf(id, fallback.get(id)));
  const driver = { name: 'golden-path', version, semanticVersion: version, rules: described };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);

function findingRow(finding: ReportedFinding): Row {
  const { rule, severity, found, fix, at, environments = [] } = finding;
  const title = titleOf(finding);
  const where = environments.length === 0 ? '' : ` (${environments.join(', ')})`;
  return {
    ...{ ruleId: rule, severity, finding },
    message: `${title}${where}: ${found}. ${fix}.`,
    identity: `${rule}\n${at ?? ''}\n${identityOf(finding)}`,
    name: at ?? title,
    place: placeOf(finding),
  };
}

const problemRow = ({ code, severity, at, found, fix, source }: Problem): Row => ({
  ...{ ruleId: code, severity, name: at, place: source },
  message: `${found}. ${fix}.`,
  identity: `${code}\n${at}\n${found}`,
});

function locationOf({ name, place, finding }: Row, prefix: string) {
  const found = inRepository(prefix, place);
  const kind = finding ? 'resource' : 'module';
  return {
    ...(found && {
      physicalLocation: {
        artifactLocation: artifactOf(found.file),
        region: { startLine: found.line },
      },
    }),
    logicalLocations: [{ fullyQualifiedName: name, kind }],
  };
}

function artifactOf(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (path.isAbsolute(file)) return { uri: pathToFileURL(file).href };
  // Half a surrogate pair has no URI.
  const parts = file.replace(/\p{Surrogate}/gu, '\ufffd').split('/');
  return { uri: parts.map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

const suppressionsOf = ({ finding }: Row): readonly object[] => {
  const { waiver } = finding ?? {};
  if (!waiver) return [];
  const { reason, owner, expires, ticket } = waiver;
  const by = [owner, ...(ticket === undefined ? [] : [ticket])].join(', ');
  return [
    { kind: 'inSource', status: 'accepted', justification: `${reason} (${by}, until ${expires})` },
  ];
};

/** What a rule is, by our catalogue, by what a finding says of a platform's own rule, or by the table of problems. */
function descriptorOf(id: string, finding: ReportedFinding | undefined): object {
  const known = catalogue.find((rule) => rule.id === id);
  const { why = (problemCodes as Readonly<Record<string, string>>)[id] ?? id, fix = '' } =
    known ?? finding ?? {};
  const severity = known?.severity ?? finding?.severity ?? 'error';
  const help = fix === '' ? why : `${why} ${fix}.`;
  return {
    id,
    shortDescription: { text: why },
    fullDescription: { text: help },
    help: { text: help, markdown: markdownOf(id, why, fix) },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(known && {
      properties: {
        tags: ['kubernetes', known.pack, isCelRule(known) ? 'object' : 'application'],
      },
    }),
  };
}

const markdownOf = (id: string, why: string, fix: string): string =>
  [`**${id}**`, why, ...(fix === '' ? [] : [`Fix: ${fix}.`])].join('\n\n');
