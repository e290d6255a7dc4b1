import { cores, mebibytes } from '../../foundation';
import { ruleText, tierRules } from '../tier';
import { followingTarget, scalable } from './autoscaler';
import { cpuBreach, memoryBreach, percent } from './breach';
import { decide } from './decide';
import { cpuFloor, memoryFloor } from './floor';
import { cpuGrid, memoryGrid, roundUp } from './grid';
import { knownStartup } from './known';
import { leaks } from './leak';
import type { Amounts, Measurements, SizingSubject } from './measurements';
import { cpuNeed, isEcho, memoryAfterKill, memoryNeed, memoryPeak, type Need } from './need';
import { evidenceOf } from './observed';
import type { Proposal, ProposalState, ResourceProposal } from './proposal';
import { beyond, settle } from './settle';
import { sufficiency } from './sufficiency';

/** From so much on, CPU use is what the limit let through, and the limit follows from the request (judgement). */
const THROTTLED = 0.05;
const INCIDENT = 'the window overlaps an incident, so nothing is taken away';
const ALL_INCIDENT = 'all days that were measured are of an incident';
const NO_START = 'no start of it was seen: ask for a longer --window';

/**
 * What one container should request, by its tier's rule.
 *
 * Requests stand on the E24 series, rounded up, and are at least 10m and 32Mi. Less than 10 % more is no change, unless the size is in
 * breach, nor is less than 20 % less. A step at most halves a request or makes it threefold; only memory after kills grows at once. The
 * next step waits for another day. Nothing shrinks on less than a whole week or seven runs, nor across an incident; nor memory that rises
 * from day to day, echoes its limit or was never seen to start; nor CPU that was held back by its limit. CPU does not shrink below what
 * starting takes or one pod alone uses mostly, nor memory below what a kill of the last 90 days asked for.
 */
export function recommend(subject: SizingSubject, measured: Measurements | undefined): Proposal {
  const cpu = measured && cpuNeed(subject, measured);
  const peak = measured && memoryPeak(subject, measured);
  if (measured === undefined || cpu === undefined || peak === undefined) {
    const isLeftOut = measured?.incident === true && measured.podDays.length === 0;
    return isLeftOut
      ? unmeasured(subject, 'insufficient-data', ALL_INCIDENT)
      : unmeasured(subject, 'no-metrics', missing(cpu, peak));
  }
  const { cpu: ofCpu, memory } = settle(subject, measured, {
    cpu: cpuProposal(subject, measured, cpu),
    memory: memoryProposal(subject, measured),
  });
  const wanted = beyond({ cpu: ofCpu, memory });
  const targetCpuPercent = targetOf(subject, ofCpu);
  return {
    state: stateOf(ofCpu, memory),
    cpu: ofCpu,
    memory,
    memoryLimit: memory.request,
    ...(targetCpuPercent !== undefined && { targetCpuPercent }),
    rule: ruleText(tierRules[subject.tier]),
    evidence: { ...evidenceOf(subject, measured, ofCpu.request), ...(wanted && { wanted }) },
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
  const floor = cpuFloor(subject, measured);
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
    ...(floor && { floor }),
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
  const growing = leaks(subject, measured, urgent !== undefined);
  const floor = memoryFloor(subject, measured);
  const decided = decide({
    grid: memoryGrid,
    text: mebibytes,
    current: request.memory,
    need,
    ...(breach !== undefined && { breach }),
    sufficiency: sufficiency(kind, measured),
    holds: [
      ...(measured.incident === true ? [INCIDENT] : []),
      ...(isStartUnknown(subject, measured) ? [NO_START] : []),
      ...growing,
    ],
    ...(floor && { floor }),
    ...(urgent !== undefined && { urgent: urgent.amount }),
  });
  return decided.state === 'hold' || decided.state === 'insufficient-data'
    ? decided
    : { ...decided, reasons: [...decided.reasons, ...growing] };
}

/** Whether the most that was seen may be less than what starting takes. What runs to its end starts with each run. */
function isStartUnknown(subject: SizingSubject, measured: Measurements): boolean {
  const { kind } = subject;
  // Live heap is no working set: it says nothing of a start, and none is asked of it.
  if (kind === 'run' || measured.started === true || measured.liveHeap !== undefined) return false;
  return knownStartup(subject, measured, 'memory') === undefined;
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

function unmeasured(
  subject: SizingSubject,
  state: 'no-metrics' | 'insufficient-data',
  reason: string,
): Proposal {
  const { request, tier } = subject;
  const still = (current: number): ResourceProposal => ({
    state,
    current,
    request: current,
    reasons: [reason],
  });
  const target = lockedTarget(subject);
  return {
    state,
    cpu: still(request.cpu),
    memory: still(request.memory),
    memoryLimit: request.memory,
    ...(target !== undefined && { targetCpuPercent: target }),
    rule: ruleText(tierRules[tier]),
  };
}
