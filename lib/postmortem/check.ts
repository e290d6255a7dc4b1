import { isDay, oneLine } from '../foundation';
import { actionTypes } from './actions';
import { blame, type Finding } from './blame';
import { PARTS } from './markdown';
import { MARKER } from './words';

/** By what a postmortem is judged. */
export interface CheckFacts {
  /** The day, as `2026-11-20`: what is due before it is late. */
  readonly today: string;
  /**
   * Names of people that must not stand in it.
   * @default none
   */
  readonly people?: readonly string[];
}

/** Finds what people still owe: parts that they have not filled in, blame, and actions that nobody will do. By line. */
export function checkPostmortem(text: string, facts: CheckFacts): readonly Finding[] {
  const lines = text.split('\n');
  const found = [
    ...markers(lines),
    ...blame(lines, facts.people ?? []),
    ...sections(lines),
    ...actions(lines, facts.today),
  ];
  return found.sort((a, b) => a.line - b.line);
}

const markers = (lines: readonly string[]): readonly Finding[] =>
  lines.flatMap((line, index) => {
    const at = line.indexOf(MARKER);
    if (at < 0) return [];
    const what = line.slice(at + MARKER.length).trim();
    return [{ line: index + 1, code: 'owed', found: `is not filled in: ${what}` } as const];
  });

interface Section {
  readonly title: string;
  readonly level: number;
  /** From 1. */
  readonly line: number;
  readonly body: readonly string[];
}

/** What stands under each heading, up to the next one of its level or above; not what stands in code. */
function sectionsOf(lines: readonly string[]): readonly Section[] {
  const heads: { title: string; level: number; line: number }[] = [];
  let isCode = false;
  lines.forEach((line, index) => {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    const [, marks = '', title = ''] = (!isCode && /^(#{1,6})\s+(.*?)\s*#*$/.exec(line)) || [];
    if (marks !== '') heads.push({ title, level: marks.length, line: index + 1 });
  });
  return heads.map((head, index) => {
    const next = heads.slice(index + 1).find(({ level }) => level <= head.level);
    return { ...head, body: lines.slice(head.line, next ? next.line - 1 : lines.length) };
  });
}

function sections(lines: readonly string[]): readonly Finding[] {
  const all = sectionsOf(lines);
  const absent = PARTS.filter((part) => !all.some(({ title }) => isCalled(title, part)));
  if (absent.length === PARTS.length) {
    const found =
      'is no postmortem: it has none of its parts. Let golden-path postmortem write one';
    return [{ line: 1, code: 'empty', found }];
  }
  return [
    ...all
      .filter(({ body }) => body.every((line) => /^\s*(?:<!--.*-->)?\s*$/.test(line)))
      .map(({ line, title }) => ({
        ...{ line, code: 'empty' as const },
        found: `has nothing in it: ${title}. Write what is known, or that there is nothing`,
      })),
    ...absent.map((part) => ({
      ...{ line: 1, code: 'empty' as const },
      found: `has no part “${part}”. Put it back, and write what is known`,
    })),
  ];
}

const isCalled = (title: string, part: string): boolean =>
  title.toLowerCase() === part.toLowerCase();

const OPEN_STATES = ['open', 'in progress'] as const;
const DONE_STATES = ['done', 'dropped', 'closed'] as const;
const STATES = [...OPEN_STATES, ...DONE_STATES];
/** What is said of it may follow, as in `done: #123`. */
const isIn = (text: string, states: readonly string[]): boolean =>
  new RegExp(`^(?:${states.join('|')})(?![\\p{L}\\p{N}-])`, 'iu').test(text);

function actions(lines: readonly string[], today: string): readonly Finding[] {
  const all = sectionsOf(lines);
  const part = all.find(({ title }) => isCalled(title, 'Action items'));
  if (!part) return [];
  const last = part.line + part.body.length;
  const items = all.filter(
    ({ level, line }) => level > part.level && line > part.line && line <= last,
  );
  if (items.length === 0) {
    const found =
      'has no action item. Write one, or one of type process that says why none is needed';
    return [{ line: part.line, code: 'action', found }];
  }
  return items.flatMap((item) => actionFindings(item, today));
}

function actionFindings({ title, line, body }: Section, today: string): readonly Finding[] {
  const field = (name: string): { readonly text: string; readonly line: number } | undefined => {
    const pattern = new RegExp(`^[-*]\\s+\\*\\*${name}\\*\\*:\\s*(.*)$`, 'i');
    const at = body.findIndex((each) => pattern.test(each));
    const text = pattern.exec(body[at] ?? '')?.[1]?.trim();
    return text === undefined ? undefined : { text, line: line + at + 1 };
  };
  const of = (code: Finding['code'], at: number | undefined, found: string): Finding => ({
    ...{ line: at ?? line, code, found: `${found}: ${title}` },
  });
  const [type, owner, due, state] = ['Type', 'Owner', 'Due', 'State'].map(field);
  const isSaid = (text: string | undefined): text is string => text !== undefined && text !== '';
  // What has a marker is told of as owed.
  const isOwed = ({ text }: { readonly text: string }): boolean => text.includes(MARKER);
  const isKnown = type && (actionTypes as readonly string[]).includes(type.text);
  const isDone = state !== undefined && isIn(state.text, DONE_STATES);
  const isDated = due && isDay(due.text);
  return [
    ...(isKnown || (type && isOwed(type))
      ? []
      : [of('action', type?.line, `has no type of ${actionTypes.join(', ')}`)]),
    ...(isSaid(owner?.text) ? [] : [of('action', owner?.line, 'has no owner')]),
    ...(isDated || (due && isOwed(due))
      ? []
      : [of('action', due?.line, 'is not due on a day, such as 2027-01-31')]),
    ...(state && (isIn(state.text, STATES) || isOwed(state))
      ? []
      : [of('action', state?.line, stateText(state?.text ?? ''))]),
    ...(isDated && due.text < today && !isDone
      ? [of('late', due.line, `was due on ${due.text}, and is not done`)]
      : []),
  ];
}

const stateText = (text: string): string =>
  `${text === '' ? 'has no state' : `is in the state “${oneLine(text, 40)}”, which is none`} of ${STATES.join(', ')}`;
