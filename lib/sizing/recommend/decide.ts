import type { Grid } from './grid';
import { roundDown, roundUp } from './grid';
import type { Need } from './need';
import type { ResourceProposal } from './proposal';
import type { Sufficiency } from './sufficiency';

/** What is asked of one resource. */
export interface Question {
  readonly grid: Grid;
  /** An amount as people read it. */
  readonly text: (amount: number) => string;
  readonly current: number;
  readonly need: Need;
  /** What says that the request is too small. */
  readonly breach?: string;
  readonly sufficiency: Sufficiency;
  /** What speaks against less. */
  readonly holds: readonly string[];
  /** What it must not shrink below, though nothing grows for it. */
  readonly floor?: Need;
  /** So much at once, however large the step. */
  readonly urgent?: number;
  /** Between what it must stay, and why. */
  readonly range?: { readonly from: number; readonly to: number; readonly reason: string };
}

/**
 * A smaller change is not worth a rollout, and is within what a week differs from the next (judgement). Less takes more than more: by the
 * next week's use a size would go up and down.
 */
const LEAST_GROWTH = 0.1;
const LEAST_SHRINK = 0.2;
/** No step is larger, so that the next one sees how the last one served (judgement). */
const MOST_GROWTH = 3;
const MOST_SHRINK = 0.5;
/** What computing may add to a ratio. */
const DUST = 1e-9;

/** What to do with one resource. */
export function decide(question: Question): ResourceProposal {
  const { grid, current, need, range } = question;
  const wanted = roundUp(grid, need.amount);
  const target = range === undefined ? wanted : Math.min(Math.max(wanted, range.from), range.to);
  const outcome = target > current ? growth(question, target) : notMore(question, target);
  const isCut = range !== undefined && target !== wanted;
  return isCut ? cut(question, outcome, wanted, range.reason) : { ...outcome, wanted };
}

/** One that its range kept from what was wanted. */
function cut(
  { text, current }: Question,
  outcome: ResourceProposal,
  wanted: number,
  reason: string,
): ResourceProposal {
  const state = outcome.state === 'keep' && isChange(current, wanted) ? 'hold' : outcome.state;
  const isTold = state !== 'keep' && state !== 'insufficient-data';
  const reasons = [...outcome.reasons, `the rule wants ${text(wanted)}: ${reason}`];
  return { ...outcome, state, wanted, reasons: isTold ? reasons : outcome.reasons };
}

function growth(question: Question, target: number): ResourceProposal {
  const { grid, current, need, breach, sufficiency, urgent } = question;
  if (urgent === undefined) {
    if (sufficiency.supports === 'nothing') return tooLittle(question);
    if (breach === undefined && sufficiency.supports !== 'changes') return tooLittle(question);
    if (breach === undefined && !isChange(current, target)) return kept(question);
  }
  const most = Math.max(roundDown(grid, current * MOST_GROWTH), roundUp(grid, urgent ?? 0));
  const request = Math.min(target, most);
  const reasons = [
    need.reason,
    ...(breach === undefined || breach === need.reason ? [] : [breach]),
  ];
  return {
    state: 'grow',
    current,
    request,
    reasons: [...reasons, ...step(question, target, request)],
  };
}

function notMore(question: Question, wanted: number): ResourceProposal {
  const { grid, current, need, sufficiency, holds, floor } = question;
  if (sufficiency.supports !== 'changes') return tooLittle(question);
  if (!isChange(current, wanted)) return kept(question);
  const least = floor === undefined ? wanted : Math.min(current, roundUp(grid, floor.amount));
  const target = Math.max(wanted, least);
  const told = [need.reason, ...(floor !== undefined && target > wanted ? [floor.reason] : [])];
  if (holds.length > 0 || !isChange(current, target)) {
    return { state: 'hold', current, request: current, reasons: [...told, ...holds] };
  }
  const request = Math.max(target, roundUp(grid, current * MOST_SHRINK));
  if (request >= current) return kept(question);
  return {
    state: 'shrink',
    current,
    request,
    reasons: [...told, ...step(question, target, request)],
  };
}

const isChange = (current: number, target: number): boolean =>
  target > current
    ? (target - current) / current >= LEAST_GROWTH - DUST
    : (current - target) / current >= LEAST_SHRINK - DUST;

const step = ({ text }: Question, target: number, request: number): readonly string[] =>
  target === request ? [] : [`the step is bounded: the rule wants ${text(target)}`];

const kept = ({ current, need }: Question): ResourceProposal => ({
  state: 'keep',
  current,
  request: current,
  reasons: [need.reason],
});

const tooLittle = ({ current, sufficiency }: Question): ResourceProposal => ({
  state: 'insufficient-data',
  current,
  request: current,
  reasons: sufficiency.reason === undefined ? [] : [sufficiency.reason],
});
