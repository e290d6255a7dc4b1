import { tryParseQuantity } from '../../foundation';
import { ruleText, tierRules } from '../tier';
import { before } from './known';
import type { Amounts, Measurements, SizingSubject } from './measurements';
import type { Proposal, ResourceProposal } from './proposal';

const SAME_DAYS = 'its last change rests on the same days';
/** What computing may add to an amount. */
const DUST = 1e-9;

type Decided = Pick<Proposal, 'cpu' | 'memory'>;

/**
 * Takes no further step on the evidence of the last one: less waits for another day, and so does more, as far as the last step was a part
 * of it. More than the lock knew to be wanted rests on something new, and is proposed.
 */
export function settle(
  subject: SizingSubject,
  measured: Measurements,
  { cpu, memory }: Decided,
): Decided {
  if (!isSettled(subject, measured)) return { cpu, memory };
  const wanted = before(subject)?.wanted;
  return { cpu: settled(cpu, wanted?.cpu), memory: settled(memory, wanted?.memory) };
}

/** Whether the request of now was made from the evidence of this very place and these very days. */
function isSettled(subject: SizingSubject, { from, to }: Measurements): boolean {
  const { previous, request, tier } = subject;
  const evidence = before(subject);
  if (previous === undefined || evidence === undefined) return false;
  return (
    evidence.from === from &&
    evidence.to === to &&
    previous.rule === ruleText(tierRules[tier]) &&
    isSame(previous.request.cpu, request.cpu) &&
    isSame(previous.request.memory, request.memory)
  );
}

const isSame = (text: string, amount: number): boolean =>
  Math.abs((tryParseQuantity(text) ?? 0) - amount) <= amount * DUST;

function settled(decided: ResourceProposal, known = 0): ResourceProposal {
  const { state, current, reasons, wanted = 0 } = decided;
  const isFurther = state === 'shrink' || (state === 'grow' && wanted <= known * (1 + DUST));
  return isFurther
    ? { ...decided, state: 'keep', request: current, reasons: [...reasons, SAME_DAYS] }
    : decided;
}

/** What the rule asks for beyond steps that grow, those of today among them; undefined where none fell short. */
export function beyond({ cpu, memory }: Decided): Partial<Amounts> | undefined {
  const more = ({ state, request, wanted = 0, reasons }: ResourceProposal): number | undefined =>
    (state === 'grow' || reasons.includes(SAME_DAYS)) && wanted > request ? wanted : undefined;
  const [cores, bytes] = [more(cpu), more(memory)];
  if (cores === undefined && bytes === undefined) return undefined;
  return {
    ...(cores !== undefined && { cpu: cores }),
    ...(bytes !== undefined && { memory: bytes }),
  };
}
