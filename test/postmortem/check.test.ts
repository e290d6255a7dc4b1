import { describe, expect, it } from '@jest/globals';
import { checkPostmortem } from '../../lib/postmortem';

const PARTS = [
  ...['Summary', 'Impact', 'Timeline', 'Detection', 'Cause and symptoms', 'Contributing factors'],
  ...['How it ended', 'What went well', 'What went wrong', 'Where we were lucky'],
];
const ACTION = [
  '### 1. Give up sooner',
  '',
  '- **Type**: prevent',
  '- **Owner**: team-shop',
  '- **Due**: 2026-12-01',
  '- **State**: open',
];

/** A complete postmortem, with another text in some of its parts. */
function postmortem(
  texts: Readonly<Record<string, string>> = {},
  action: readonly string[] = ACTION,
): string {
  return [
    '# Postmortem',
    ...PARTS.flatMap((part) => [`## ${part}`, '', texts[part] ?? 'All is said.', '']),
    '## Action items',
    '',
    ...action,
    '',
    '## What is not known',
    '',
    'Nothing.',
  ].join('\n');
}

const found = (text: string, people: readonly string[] = []): readonly string[] =>
  checkPostmortem(text, { today: '2026-11-20', people }).map((each) => each.found);

const withAction = (change: (lines: readonly string[]) => readonly string[]): string =>
  postmortem({}, change(ACTION));

describe('a postmortem', () => {
  it('is complete when all is said', () => {
    expect(found(postmortem())).toEqual([]);
  });

  it('lacks what is marked, by line', () => {
    const text = postmortem({ Summary: 'needs human: what people noticed' });
    expect(checkPostmortem(text, { today: '2026-11-20' })).toEqual([
      { line: 4, code: 'owed', found: 'is not filled in: what people noticed' },
    ]);
  });

  it.each([
    ['Human error while deploying.', 'Human error'],
    ['It was operator error.', 'operator error'],
    ['The engineer was careless.', 'careless'],
    ['They should have known better.', 'should have known better'],
  ])('accepts no people as a cause: %s', (text, word) => {
    expect(found(postmortem({ 'What went wrong': text }))).toEqual([
      `calls people the cause (“${word}”). Write what let it happen, and what made it look right`,
    ]);
  });

  it.each([
    ['Ask @jane about it.', '@jane'],
    ['By jane.doe@example.com.', 'jane.doe@example.com'],
    ['Then Jane restarted the pods.', 'Jane'],
    ['It was seen by Joan Smith first.', 'Joan Smith'],
    ['Dr. Miller knew.', 'Dr. Miller'],
  ])('names nobody: %s', (text, name) => {
    expect(found(postmortem({ 'How it ended': text }), ['Joan Smith'])).toEqual([
      `names somebody (“${name}”). Write the role, such as the on-call engineer`,
    ]);
  });

  it.each([
    ['Jane and Joe restarted it.', ['Jane', 'Joe']],
    ['Ann, Bob and Eve Miller deployed, then Otto merged.', ['Ann', 'Bob', 'Eve Miller', 'Otto']],
    ['@jane asked @joe and Joan Smith.', ['@jane', '@joe', 'Joan Smith']],
    ['Joan Smith pushed, and Joan Smith merged.', ['Joan Smith']],
    ['Prometheus and Alertmanager restarted.', []],
  ])('names none of several: %s', (text, names) => {
    expect([...found(postmortem({ 'How it ended': text }), ['Joan Smith'])].sort()).toEqual(
      names.map(
        (name) => `names somebody (“${name}”). Write the role, such as the on-call engineer`,
      ),
    );
  });

  it.each([
    ['maybe', 'is in the state “maybe”, which is none of'],
    ['opened', 'is in the state “opened”, which is none of'],
    ['', 'has no state of'],
  ])('knows the states of action items, and not %j', (state, said) => {
    const lines = (text: string) =>
      withAction((all) => [...all.slice(0, -1), `- **State**: ${text}`]);
    expect(found(lines(state))).toEqual([
      `${said} open, in progress, done, dropped, closed: 1. Give up sooner`,
    ]);
    for (const known of ['In progress', 'done: #12', 'closed', 'dropped, since it is gone']) {
      expect(found(lines(known))).toEqual([]);
    }
  });

  it.each([
    'The on-call engineer rolled back the release.',
    'Prometheus restarted twice, and `Jane restarted` is in code.',
    'Somebody silenced it; image ghcr.io/shop/api@sha256:0123 was there.',
  ])('takes roles and programs for no names: %s', (text) => {
    expect(found(postmortem({ 'How it ended': text }))).toEqual([]);
  });

  it('has no empty part, and lacks none', () => {
    expect(found(postmortem({ Impact: '' }))).toEqual([
      'has nothing in it: Impact. Write what is known, or that there is nothing',
    ]);
    expect(found(postmortem().replace('## How it ended', '## The end'))).toEqual([
      'has no part “How it ended”. Put it back, and write what is known',
    ]);
  });

  it('has actions with type, owner and a day', () => {
    expect(found(withAction(([title = '']) => [title, '', 'Some day.']))).toEqual([
      'has no type of detect, prevent, mitigate, process: 1. Give up sooner',
      'has no owner: 1. Give up sooner',
      'is not due on a day, such as 2027-01-31: 1. Give up sooner',
      'has no state of open, in progress, done, dropped, closed: 1. Give up sooner',
    ]);
    const never = (lines: readonly string[]) =>
      lines.map((line) => line.replace('2026-12-01', '2027-02-30'));
    expect(found(withAction(never))).toEqual([
      'is not due on a day, such as 2027-01-31: 1. Give up sooner',
    ]);
    expect(found(withAction(() => ['None.']))).toEqual([
      'has no action item. Write one, or one of type process that says why none is needed',
    ]);
  });

  it('has no action that is late, unless it is done', () => {
    const late = (state: string) =>
      withAction((lines) =>
        lines.map((line) => line.replace('2026-12-01', '2026-11-19').replace('open', state)),
      );
    expect(found(late('open'))).toEqual([
      'was due on 2026-11-19, and is not done: 1. Give up sooner',
    ]);
    expect(found(late('done'))).toEqual([]);
  });
});
