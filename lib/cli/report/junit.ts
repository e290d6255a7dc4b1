import { grouped } from '../../foundation';
import type { ReportedFinding } from '../../guardrail';
import { isWaived, placeOf, titleOf, type ReportView } from './view';

interface TestCase {
  readonly name: string;
  readonly xml: string;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'error';
}

/**
 * JUnit XML, for GitLab, Jenkins and Azure: a suite for each rule and a test case for each object that breaks it, skipped where that is
 * waived. A rule that nothing breaks has one test case, which passes.
 */
export function junit({ report }: ReportView): string {
  const broken = grouped(report.findings, ({ rule }) => rule);
  const suites = [...new Set([...report.rules, ...broken.keys()])].map((rule) => {
    const cases = (broken.get(rule) ?? []).map(caseOf);
    return suite(rule, cases.length > 0 ? cases : [passed(rule)]);
  });
  const problems = report.problems.map(({ code, severity, at, found, fix, source }): TestCase => ({
    name: at,
    outcome: 'error',
    xml: element('testcase', { name: at, classname: code, ...placed(source) }, [
      element('error', { message: `${found}. ${fix}.`, type: severity }),
    ]),
  }));
  const all = [...suites, ...(problems.length > 0 ? [suite('problems', problems)] : [])];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'testsuites',
    { name: 'golden-path' },
    all.map((each) => `\n${each}`),
  )}\n`;
}

const passed = (rule: string): TestCase => ({
  name: 'all objects',
  outcome: 'passed',
  xml: element('testcase', { name: 'all objects', classname: rule }),
});

function caseOf(finding: ReportedFinding): TestCase {
  const { rule, severity, found, fix, why, environments = [], waiver } = finding;
  const where = environments.length === 0 ? '' : ` (${environments.join(', ')})`;
  const name = `${titleOf(finding)}${where}`;
  const outcome = isWaived(finding) ? 'skipped' : 'failed';
  const inside = waiver
    ? element('skipped', {
        message: `${found}. Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
      })
    : element('failure', { message: found, type: severity }, [escaped(`${why}\nFix: ${fix}.`)]);
  const facts = { name, classname: rule, ...placed(placeOf(finding)) };
  return { name, outcome, xml: element('testcase', facts, [inside]) };
}

const placed = (place: ReportedFinding['place']): Readonly<Record<string, string>> =>
  place ? { file: place.file, line: String(place.line) } : {};

function suite(name: string, cases: readonly TestCase[]): string {
  const count = (outcome: TestCase['outcome']): string =>
    String(cases.filter((each) => each.outcome === outcome).length);
  const facts = {
    name,
    tests: String(cases.length),
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  return element(
    'testsuite',
    facts,
    cases.map(({ xml }) => xml),
  );
}

/** An element whose children are XML already. */
function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[] = [],
): string {
  const facts = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `<${name}${facts.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** XML 1.0 has no way to write most control characters, half surrogate pairs, U+FFFE and U+FFFF. */
const escaped = (text: string): string =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] ?? '');
