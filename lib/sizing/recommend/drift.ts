import { cores, mebibytes } from '../../foundation';
import { cpuBreach, memoryBreach } from './breach';
import type { Measurements, SizingSubject } from './measurements';
import type { Drift, Proposal, ResourceProposal } from './proposal';

/** A request of more than so many times the proposed one is too large (judgement). */
const OVER = 1.5;
/** Below this, saving is not worth anybody's attention (judgement). */
const LEAST_SAVING = { cpu: 0.05, memory: 64 * 2 ** 20 };

/**
 * How far a size is from what is proposed: what a pipeline fails by. `under` where use breaches it, `over` where much could be saved. It
 * never says what the proposal does not mend, so that taking the proposal ends it, for these days even where its step was bounded; and never goes by mean use, by which a bursty service
 * of the right size would look idle.
 */
export function judgeDrift(
  subject: SizingSubject,
  measured: Measurements | undefined,
  proposal: Proposal,
): Drift {
  const { cpu, memory } = proposal;
  if (measured === undefined || proposal.state === 'no-metrics') {
    return { verdict: 'insufficient-data', reasons: cpu.reasons };
  }
  const under = [
    ...(cpu.state === 'grow' ? known(cpuBreach(subject, measured), 'cpu') : []),
    ...(memory.state === 'grow' ? known(memoryBreach(subject, measured), 'memory') : []),
  ];
  if (under.length > 0) return { verdict: 'under', reasons: under };
  const over = [
    ...excess(cpu, LEAST_SAVING.cpu, 'cpu', cores),
    ...excess(memory, LEAST_SAVING.memory, 'memory', mebibytes),
  ];
  if (over.length > 0) return { verdict: 'over', reasons: over };
  const short = [cpu, memory].find(({ state }) => state === 'insufficient-data');
  if (short !== undefined) return { verdict: 'insufficient-data', reasons: short.reasons };
  return { verdict: 'right', reasons: [...told(cpu, 'cpu'), ...told(memory, 'memory')] };
}

const told = ({ reasons }: ResourceProposal, resource: string): readonly string[] =>
  reasons.map((reason) => `${resource}: ${reason}`);

const known = (reason: string | undefined, resource: string): readonly string[] =>
  reason === undefined ? [] : [`${resource}: ${reason}`];

function excess(
  { state, current, request, reasons }: ResourceProposal,
  least: number,
  resource: string,
  text: (amount: number) => string,
): readonly string[] {
  const isOver = state === 'shrink' && current > OVER * request && current - request >= least;
  if (!isOver) return [];
  return [
    `${resource}: ${text(current)} is requested, and ${text(request)} would do`,
    ...told({ state, current, request, reasons }, resource),
  ];
}
