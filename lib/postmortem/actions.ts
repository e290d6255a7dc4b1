import type { ClaimKind, Experiment } from '../game-day';
import { code } from '../incident';
import type { Factor, FactorKind, IncidentFacts } from './facts';
import { snippetOf } from './snippets';

/** What an action is for: that it is seen sooner, does not happen, does less harm, or that people do something otherwise. */
export const actionTypes = ['detect', 'prevent', 'mitigate', 'process'] as const;
export type ActionType = (typeof actionTypes)[number];

/** What may be done about a factor. Who does it, and until when, people say. */
export interface Action {
  readonly type: ActionType;
  readonly title: string;
  /** What it is an answer to. */
  readonly factor: FactorKind | 'regression';
  readonly subject: string;
  /** What to change in the definition, as TypeScript; absent where nothing in it would help. */
  readonly definition?: string;
  /** The game day that would have caught it. */
  readonly gameDay: {
    readonly claim: ClaimKind;
    /** The experiments of the model that put the claim to the test. */
    readonly experiments: readonly string[];
    /** Where the model has none: what to put to the test. */
    readonly subject: string;
  };
}

interface Proposal {
  readonly type: ActionType;
  readonly title: (factor: Factor) => string;
  readonly claim: ClaimKind;
}

const of =
  (before: string, after = '') =>
  ({ subject }: Factor): string =>
    `${before} ${code(subject)}${after}`;
const ofEdge =
  (before: string, between: string, after = '') =>
  ({ subject, callee = '?' }: Factor): string =>
    `${before} ${code(subject)} ${between} ${code(callee)}${after}`;

const PROPOSALS: Readonly<Record<FactorKind, Proposal>> = {
  release: {
    ...{ type: 'prevent', claim: 'replicas' },
    title: of(
      'Let readiness see what this release broke, so that a roll-out of',
      ' stops by itself',
    ),
  },
  setting: {
    ...{ type: 'prevent', claim: 'replicas' },
    title: of('Put what was changed by hand at', ' into its definition'),
  },
  'soft-acted-hard': {
    ...{ type: 'prevent', claim: 'soft-edge' },
    title: ofEdge('Make', 'do without', ', within a time'),
  },
  'hard-dependency': {
    ...{ type: 'mitigate', claim: 'hard-edge' },
    title: ofEdge('Let', 'give up', ' sooner, or do without it'),
  },
  retries: {
    ...{ type: 'mitigate', claim: 'timeout' },
    title: ofEdge('Let', 'try', ' less often'),
  },
  'late-page': {
    ...{ type: 'detect', claim: 'hard-edge' },
    title: of('Be told sooner of', ': a stricter objective, or one of what was hurt'),
  },
  'no-page': {
    ...{ type: 'detect', claim: 'hard-edge' },
    title: of('Be told of', ': a stricter objective, or fewer events at the least'),
  },
  'not-seen': {
    ...{ type: 'detect', claim: 'observability' },
    title: of('Promise what people missed of', ', so that it is measured'),
  },
  silenced: {
    ...{ type: 'process', claim: 'observability' },
    title: of('Silence less of', ': one alert of one service, for hours'),
  },
  restarts: {
    ...{ type: 'prevent', claim: 'replicas' },
    title: ({ subject, reason = '' }) =>
      reason === 'OOMKilled'
        ? `Give ${code(subject)} the memory that it needs`
        : `Keep ${code(subject)} from ending by ${reason}`,
  },
  'at-most': {
    ...{ type: 'prevent', claim: 'autoscaling' },
    title: of('Let', ' have more replicas'),
  },
  'no-replicas': {
    ...{ type: 'prevent', claim: 'replicas' },
    title: of('Keep a replica of', ' that serves, whatever happens to the others'),
  },
  node: {
    ...{ type: 'prevent', claim: 'zones' },
    title: of('Let', ' stand on enough nodes that one may go'),
  },
  'open-ticket': {
    ...{ type: 'process', claim: 'hard-edge' },
    title: of('See to tickets of', ' before they become pages'),
  },
  'signal-missing': {
    ...{ type: 'detect', claim: 'observability' },
    title: of('Keep', ' measured'),
  },
  'budget-gone': {
    ...{ type: 'process', claim: 'hard-edge' },
    title: of('Keep what is promised of', ', or promise what is kept'),
  },
};

/** An answer to each factor, the same once; and that it stays a regression. */
export function actionsOf(
  facts: IncidentFacts,
  factors: readonly Factor[],
  experiments: readonly Experiment[],
): readonly Action[] {
  const seen = new Set<string>();
  const answers = factors.flatMap((factor): readonly Action[] => {
    const { type, claim, title } = PROPOSALS[factor.kind];
    const text = title(factor);
    if (seen.has(text)) return [];
    seen.add(text);
    const definition = snippetOf(facts.graph.model, factor);
    const { kind, subject } = factor;
    const gameDay = gameDayOf(factor, claim, experiments);
    return [
      { type, title: text, factor: kind, subject, ...(definition && { definition }), gameDay },
    ];
  });
  const [first] = factors;
  const regression: Action = {
    ...{ type: 'detect', title: 'Keep this incident as a regression', factor: 'regression' },
    subject: facts.service,
    gameDay: gameDayOf(
      first ?? { kind: 'not-seen', subject: facts.service, text: '', query: '' },
      first ? PROPOSALS[first.kind].claim : 'observability',
      experiments,
    ),
  };
  return [...answers, regression];
}

function gameDayOf(
  { subject, callee }: Factor,
  claim: ClaimKind,
  experiments: readonly Experiment[],
): Action['gameDay'] {
  const edge = callee === undefined ? undefined : `${subject} -> ${callee}`;
  const fitting = experiments.filter(
    (each) => each.claim.kind === claim && [subject, edge].includes(each.claim.subject),
  );
  const toIt = experiments.filter(
    (each) =>
      each.claim.kind === claim &&
      (each.target === (callee ?? subject) || each.claim.subject.endsWith(`-> ${subject}`)),
  );
  const found = fitting.length > 0 ? fitting : toIt;
  return { claim, experiments: found.map(({ id }) => id), subject: edge ?? subject };
}
