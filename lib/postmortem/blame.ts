/** What somebody still owes, or should say otherwise. */
export interface Finding {
  /** From 1. */
  readonly line: number;
  readonly code: 'owed' | 'blame' | 'name' | 'empty' | 'action' | 'late';
  /** A clause without a full stop, which begins with a verb. */
  readonly found: string;
}

/** What ends the search for a cause where it should begin. */
const BLAME =
  /\b(?:(?:human|operator|user|pilot|engineer|manual)[- ]error|(?:careless|negligen|incompeten)\w*|human (?:mistake|failure)|should have known (?:better)?|(?:his|her|their) (?:own )?(?:fault|mistake)|fault of the (?:engineer|operator|developer|on-call)\w*)\b/i;

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const MENTION = /(?<![\w./@-])@[A-Za-z][\w.-]+/g;
const TITLED = /\b(?:Mr|Mrs|Ms|Dr)\.? [A-Z]\p{L}+/gu;
const NAME = '\\p{Lu}\\p{Ll}{2,}(?: \\p{Lu}\\p{Ll}{2,})?';
/** Somebody who did, or did not do, something; or several, as `Ann, Bob and Eve restarted it`. */
const ACTED = new RegExp(
  `(?<![\\p{L}\\p{N}\`/._-])((?:${NAME}(?:, ${NAME})*,? and )?${NAME}) (?:forgot|mistakenly|accidentally|wrongly|carelessly|should have|pushed|merged|deployed|rolled back|restarted|silenced|acknowledged|broke|ignored|overlooked)\\b`,
  'gu',
);
/** Words that begin a sentence, and are nobody. */
const NOBODY = new Set(
  'The This That These Those Nobody Somebody Someone Everybody They She Who Whoever What Which Alerts Alertmanager Prometheus Grafana Kubernetes Argo Flux Deployment Deployments Pods Responders Responder Engineers Operators Developers Team Teams Then When After Before Both All None Each Traffic Autoscaler Release Releases Nothing Everything Something'.split(
    ' ',
  ),
);

/** Names of people, and people as the cause. What stands in code, as in `Prometheus`, is no name. */
export function blame(lines: readonly string[], people: readonly string[]): readonly Finding[] {
  const names = people.filter((name) => name.trim().length > 2).map(patternOf);
  let isCode = false;
  return lines.flatMap((raw, index): readonly Finding[] => {
    if (/^\s*(?:```|~~~)/.test(raw)) isCode = !isCode;
    if (isCode) return [];
    const line = raw.replace(/`[^`]*`/g, '``').replace(/https?:\/\/\S+/g, '');
    const at = index + 1;
    const [error] = BLAME.exec(line) ?? [];
    return [
      ...(error === undefined
        ? []
        : [
            {
              ...{ line: at, code: 'blame' as const },
              found: `calls people the cause (“${error}”). Write what let it happen, and what made it look right`,
            },
          ]),
      ...namesIn(line, names).map((name) => ({
        ...{ line: at, code: 'name' as const },
        found: `names somebody (“${name}”). Write the role, such as the on-call engineer`,
      })),
    ];
  });
}

const patternOf = (name: string): RegExp => {
  const text = name.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${text}(?![\\p{L}\\p{N}_-])`, 'giu');
};

/** All names that stand in a line, each once. */
function namesIn(line: string, names: readonly RegExp[]): readonly string[] {
  const all = (pattern: RegExp): readonly string[] =>
    [...line.matchAll(pattern)].map(([text]) => text);
  const acted = [...line.matchAll(ACTED)].flatMap(([, who = '']) => who.split(/,? and |, /));
  const found = [
    ...[...all(EMAIL), ...all(MENTION), ...all(TITLED)],
    ...names.flatMap(all),
    ...acted.map(somebody).filter((name) => name !== ''),
  ];
  // A part of a name that was found as a whole is the same person.
  return [...new Set(found)].filter(
    (name) => !found.some((other) => other !== name && other.split(/[ @]/).includes(name)),
  );
}

const somebody = (words: string): string =>
  words
    .split(' ')
    .filter((word) => !NOBODY.has(word))
    .join(' ');
