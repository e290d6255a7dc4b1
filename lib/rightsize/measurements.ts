import type { WorkloadKind } from '../foundation';
import {
  mixtureQuantile,
  part,
  type Amounts,
  type Measurements,
  type PodDay,
  type QuantilePoint,
} from '../sizing';
import { endsByItself } from './ask';
import type { DailyCpu } from './cpu';
import { keyOfPart, type Kills } from './kills';
import { keyOfLife, type Life } from './life';
import type { Memory } from './memory';
import type { Startups } from './startup';
import type { Throttling } from './throttling';
import { wholeDays } from './whole-days';
import { neighbour, type Window } from './window';

/** All answers of one namespace. */
export interface Answers {
  readonly window: Window;
  /** The days on which any of the containers was scraped; the day before the window may be among them. */
  readonly scraped: ReadonlySet<string>;
  readonly cpu: DailyCpu;
  readonly memory: Memory;
  readonly startups: Startups;
  readonly throttling: ReadonlyMap<string, Throttling>;
  readonly liveHeaps: ReadonlyMap<string, number>;
}

/** What was measured of one container over all its pods, some of which may have been killed before anybody scraped them. */
export function measurementsOf(
  kind: WorkloadKind,
  lives: readonly Life[],
  killed: readonly Kills[],
  answers: Answers,
): Measurements {
  const { window } = answers;
  const startup = startupOf(lives, answers);
  const oom = oomOf(killed);
  const throttled = throttledShare(lives, answers);
  const liveHeap = liveHeapOf(lives, answers);
  return {
    from: window.from,
    to: window.to,
    wholeDays: wholeDays(lives, window),
    podDays: lives.flatMap((life) => podDaysOf(life, answers)),
    // Of runs the maxima say more than samples, of which a short one may have none.
    memory: endsByItself(kind) ? [] : memoryQuantiles(lives, answers),
    ...(startup !== undefined && { startup }),
    ...(hasStarted(lives, answers) && { started: true }),
    ...(oom !== undefined && { oom }),
    ...(throttled !== undefined && { throttled }),
    ...(liveHeap !== undefined && { liveHeap }),
  };
}

/** One for each life: a pod whose container was started anew has several on that day. */
function podDaysOf(life: Life, { window, cpu, memory }: Answers): readonly PodDay[] {
  const key = keyOfLife(life);
  return window.days.flatMap((day) => {
    const samples = life.samples.get(day);
    if (samples === undefined) return [];
    const memoryMax = memory.max.get(key)?.get(day);
    const points = [...(cpu.get(key)?.get(day) ?? [])].sort((a, b) => a.quantile - b.quantile);
    return [
      {
        ...{ day, pod: life.pod, samples, cpu: points },
        ...(memoryMax !== undefined && { memoryMax }),
      },
    ];
  });
}

const RECORDED = [0.5, 0.95, 0.98, 0.99, 1] as const;

function memoryQuantiles(lives: readonly Life[], answers: Answers): readonly QuantilePoint[] {
  const parts = lives.flatMap((life) => {
    const key = keyOfLife(life);
    const points = answers.memory.quantiles.get(key);
    const maxima = [...(answers.memory.max.get(key)?.values() ?? [])];
    if (points === undefined || maxima.length === 0) return [];
    const top = { quantile: 1, value: Math.max(...maxima) };
    return [part(samplesIn(life, answers.window), [...points, top])];
  });
  return RECORDED.flatMap((quantile) => {
    const value = mixtureQuantile(parts, quantile);
    return value === undefined ? [] : [{ quantile, value: Math.round(value) }];
  });
}

/** The samples of a life within a window. */
export const samplesIn = ({ samples }: Life, { days }: Pick<Window, 'days'>): number =>
  days.reduce((sum, day) => sum + (samples.get(day) ?? 0), 0);

function startupOf(lives: readonly Life[], { startups }: Answers): Partial<Amounts> | undefined {
  const all = lives.flatMap((life) => startups.get(keyOfLife(life)) ?? []);
  const cpu = most(all.map((one) => one.cpu));
  const memory = most(all.map((one) => one.memory));
  if (cpu === undefined && memory === undefined) return undefined;
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}

/** Whether a container came on a day after one on which others were scraped: those who do not keep the time of a start see it by that. */
const hasStarted = (lives: readonly Life[], { window, scraped }: Answers): boolean =>
  lives.some(({ samples }) => {
    const first = window.days.find((day) => samples.has(day));
    return (
      first !== undefined && scraped.has(neighbour(first, -1)) && !samples.has(neighbour(first, -1))
    );
  });

function oomOf(killed: readonly Kills[]): Measurements['oom'] {
  if (killed.length === 0) return undefined;
  const limit = most(killed.map((one) => one.limit));
  const days = [...new Set(killed.flatMap((one) => one.days))].sort();
  return {
    kills: killed.reduce((sum, { kills }) => sum + kills, 0),
    ...(days.length > 0 && { days }),
    ...(limit !== undefined && { limit }),
  };
}

function throttledShare(lives: readonly Life[], { throttling }: Answers): number | undefined {
  let [periods, throttled] = [0, 0];
  for (const life of lives) {
    const one = throttling.get(keyOfLife(life));
    periods += one?.periods ?? 0;
    throttled += one?.throttled ?? 0;
  }
  return periods === 0 ? undefined : throttled / periods;
}

/** Metrics that the application itself exposes have its container as a label mostly; where not, they are of the pod. */
const liveHeapOf = (lives: readonly Life[], { liveHeaps }: Answers): number | undefined =>
  most(
    lives.map(
      (life) => liveHeaps.get(keyOfPart(life)) ?? liveHeaps.get(keyOfPart({ pod: life.pod })),
    ),
  );

function most(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b));
}
