import { RE2JS } from 're2js';
import type { Matcher } from '../prometheus';

type Labels = Readonly<Record<string, string>>;

/** What conditions say of a recording by the labels that its rule gives: nothing of it is meant, or it depends on these. */
export function openMatchers(
  matchers: readonly Matcher[],
  labels: Labels,
): readonly Matcher[] | undefined {
  const isMeant = matchers.every(
    (each) => !(each.label in labels) || holds(each, labels[each.label] ?? ''),
  );
  return isMeant ? matchers.filter(({ label }) => !(label in labels)) : undefined;
}

/** Whether a condition holds for the value of its label. */
export function holds({ is, value }: Matcher, found: string): boolean {
  if (is === '=') return found === value;
  if (is === '!=') return found !== value;
  return matches(value, found) === (is === '=~');
}

/** A pattern that is none matches nothing; the server will say so. */
function matches(pattern: string, text: string): boolean {
  try {
    return RE2JS.matches(`(?s:${pattern})`, text);
  } catch {
    return false;
  }
}

/** Text as PromQL writes it. */
const quoted = (text: string): string => JSON.stringify(text);

/** An expression with the labels that a rule gives to what it records. */
export const labelled = (expression: string, labels: Labels): string =>
  Object.entries(labels).reduce(
    (text, [label, value]) =>
      `label_replace(${text}, ${quoted(label)}, ${quoted(value.replaceAll('$', '$$$$'))}, "", "")`,
    expression,
  );

/** Marks what a pattern matches, and is taken off again. */
const MARK = 'golden_path_replay_match';

/** The series of an expression on which conditions hold, as a selector would pick them. */
export const filtered = (expression: string, matchers: readonly Matcher[]): string =>
  matchers.reduce((text, { label, is, value }) => {
    const pattern = is === '=' || is === '!=' ? RE2JS.quote(value) : value;
    const mark = `label_replace(${text}, "${MARK}", "1", ${quoted(label)}, ${quoted(pattern)})`;
    const set = is === '=' || is === '=~' ? 'and' : 'unless';
    const picked = `(${mark} ${set} on (${MARK}) label_replace(vector(1), "${MARK}", "1", "", ""))`;
    return `label_replace(${picked}, "${MARK}", "", "", "")`;
  }, expression);
