import { cores, mebibytes, tryParseQuantity } from '../../foundation';
import { ruleText, tierRules } from '../tier';
import { followingTarget, scalable } from './autoscaler';
import { cpuBreach, memoryBreach, percent } from './breach';
import { decide } from './decide';
import { cpuGrid, memoryGrid, roundUp } from './grid';
import type { Amounts, Measurements, SizingSubject } from './measurements';
import {
  cpuNeed,
  isEcho,
  isEchoing,
  largest,
  memoryAfterKill,
  memoryNeed,
  memoryPeak,
  type Need,
} from './need';
import { evidenceOf } from './observed';
import type { Proposal, ProposalState, ResourceProposal } from './proposal';
import { sufficiency } from './sufficiency';
import { rises } from './trend';

/** From so much on, CPU use is what the limit let through, and the limit follows from the request (judgement). */
const THROTTLED = 0.05;
const INCIDENT = 'the window overlaps an incident, so nothing is taken away';
const SAME_DAYS = 'its last change rests on the same days';

/**
 * What one container should request, by its tier's rule.
 *
 * Requests stand on the E24 series, rounded up, and are at least 10m and 32Mi. A change below 10 % is none, unless the size is in breach.
 * A step at most halves a request or makes it threefold; only memory after kills grows at once. The next step waits for another day.
 * Nothing shrinks on less than a whole week or seven runs, nor across an incident; nor memory that rises from day to day or echoes its
 * limit; nor CPU that was held back by its limit.
 */
export function recommend(subject: SizingSubject, measured: Measurements | undefined): Proposal {
  const cpu = measured && cpuNeed(subject, measured);
  const peak = measured && memoryPeak(subject, measured);
  if (measured === undefined || cpu === undefined || peak === undefined) {
    return unmeasured(subject, missing(cpu, peak));
  }
  const decided = {
    cpu: cpuProposal(subject, measured, cpu),
    memory: memoryProposal(subject, measured),
  };
  const { cpu: ofCpu, memory } = isSettled(subject, measured)
    ? { cpu: settled(decided.cpu), memory: settled(decided.memory) }
    : decided;
  const targetCpuPercent = targetOf(subject, ofCpu);
  return {
    state: stateOf(ofCpu, memory),
    cpu: ofCpu,
    memory,
    memoryLimit: memory.request,
    ...(targetCpuPercent !== undefined && { targetCpuPercent }),
    rule: ruleText(tierRules[subject.tier]),
    evidence: evidenceOf(subject, measured, ofCpu.request),
  };
}

/** What the rule asks for, rounded, without regard to what is requested now; undefined where nothing was measured. */
export function wantedAmounts(subject: SizingSubject, measured: Measurements): Amounts | undefined {
  const cpu = cpuNeed(subject, measured);
  const memory = memoryNeed(subject, measured);
  return cpu && memory
    ? { cpu: roundUp(cpuGrid, cpu.amount), memory: roundUp(memoryGrid, memory.amount) }
    : undefined;
}

function cpuProposal(subject: SizingSubject, measured: Measurements, need: Need): ResourceProposal {
  const { kind, request, hpa } = subject;
  const breach = cpuBreach(subject, measured);
  const throttled = measured.throttled ?? 0;
  return decide({
    grid: cpuGrid,
    text: cores,
    current: request.cpu,
    need,
    ...(breach !== undefined && { breach }),
    sufficiency: sufficiency(kind, measured),
    holds: [
      ...(measured.incident === true ? [INCIDENT] : []),
      ...(throttled >= THROTTLED
        ? [`its limit held it back in ${percent(throttled)} of the periods, so it may need more`]
        : []),
    ],
    ...(hpa !== undefined && { range: scalable(request.cpu, hpa.targetCpuPercent) }),
  });
}

function memoryProposal(subject: SizingSubject, measured: Measurements): ResourceProposal {
  const { kind, request, memoryLimit } = subject;
  const kill = memoryAfterKill(subject, measured);
  const urgent = kill !== undefined && kill.amount > memoryLimit ? kill : undefined;
  const isHidden = isEcho(subject, measured);
  const need = isHidden ? urgent : memoryNeed(subject, measured);
  if (need === undefined) return hidden(subject);
  const breach = memoryBreach(subject, measured);
  const growing = leak(subject, measured);
  const decided = decide({
    grid: memoryGrid,
    text: mebibytes,
    current: request.memory,
    need,
    ...(breach !== undefined && { breach }),
    sufficiency: sufficiency(kind, measured),
    holds: [...(measured.incident === true ? [INCIDENT] : []), ...growing],
    ...(urgent !== undefined && { urgent: urgent.amount }),
  });
  return decided.state === 'hold' || decided.state === 'insufficient-data'
    ? decided
    : { ...decided, reasons: [...decided.reasons, ...growing] };
}

const heaps = {
  jvm: "a JVM's",
  node: "Node's",
  dotnet: ".NET's",
  go: 'the',
  python: 'the',
} as const;

const hidden = ({ request, runtime }: SizingSubject): ResourceProposal => ({
  state: 'hold',
  current: request.memory,
  request: request.memory,
  reasons: [
    `${heaps[runtime ?? 'go']} heap grows to its limit, and no metrics of the runtime were found`,
  ],
});

/** The memory of what keeps running, by day. Of a heap that grows to its limit the working set says nothing. */
function leak(subject: SizingSubject, { podDays }: Measurements): readonly string[] {
  if (subject.kind === 'run' || isEchoing(subject)) return [];
  const days = [...new Set(podDays.map(({ day }) => day))].sort();
  const maxima = days.flatMap(
    (day) =>
      largest(podDays.filter((each) => each.day === day).map((each) => each.memoryMax)) ?? [],
  );
  return rises(maxima) ? ['its memory rises from day to day: a leak, or a cache that grows'] : [];
}

/** Whether the request of now was made from this very evidence, so that a further step would rest on nothing new. */
function isSettled(
  { previous, request, tier }: SizingSubject,
  { from, to }: Measurements,
): boolean {
  if (previous === undefined) return false;
  const { evidence, rule, request: locked } = previous;
  const isSame = (text: string, amount: number): boolean =>
    Math.abs((tryParseQuantity(text) ?? 0) - amount) <= amount * 1e-9;
  return (
    evidence.from === from &&
    evidence.to === to &&
    rule === ruleText(tierRules[tier]) &&
    isSame(locked.cpu, request.cpu) &&
    isSame(locked.memory, request.memory)
  );
}

const settled = (decided: ResourceProposal): ResourceProposal =>
  decided.state === 'grow' || decided.state === 'shrink'
    ? {
        ...decided,
        state: 'keep',
        request: decided.current,
        reasons: [...decided.reasons, SAME_DAYS],
      }
    : decided;

/** What the lock says that its autoscaler aims for, unless another target was declared since. */
function lockedTarget({
  hpa,
  previous,
}: Pick<SizingSubject, 'hpa' | 'previous'>): number | undefined {
  const target = previous?.autoscaler?.targetCpuPercent;
  return target === hpa?.targetCpuPercent ? target : undefined;
}

function targetOf(subject: SizingSubject, cpu: ResourceProposal): number | undefined {
  const { hpa } = subject;
  if (hpa === undefined) return undefined;
  return cpu.request === cpu.current
    ? lockedTarget(subject)
    : followingTarget(hpa.targetCpuPercent, cpu.current, cpu.request);
}

function stateOf(
  { state: cpu }: ResourceProposal,
  { state: memory }: ResourceProposal,
): ProposalState {
  const both = [cpu, memory];
  const grows = both.includes('grow');
  const shrinks = both.includes('shrink');
  if (grows || shrinks) return grows && shrinks ? 'mixed' : grows ? 'grow' : 'shrink';
  if (both.includes('hold')) return 'hold';
  return both.includes('insufficient-data') ? 'insufficient-data' : 'keep';
}

function missing(cpu: Need | undefined, memory: Need | undefined): string {
  if (cpu === undefined && memory === undefined) return 'no metrics of it were found';
  return `no metrics of its ${cpu === undefined ? 'CPU use' : 'memory'} were found`;
}

function unmeasured(subject: SizingSubject, reason: string): Proposal {
  const { request, tier } = subject;
  const still = (current: number): ResourceProposal => ({
    state: 'no-metrics',
    current,
    request: current,
    reasons: [reason],
  });
  const target = lockedTarget(subject);
  return {
    state: 'no-metrics',
    cpu: still(request.cpu),
    memory: still(request.memory),
    memoryLimit: request.memory,
    ...(target !== undefined && { targetCpuPercent: target }),
    rule: ruleText(tierRules[tier]),
  };
}
