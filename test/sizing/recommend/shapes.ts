import {
  sealed,
  type Amounts,
  type LockEntry,
  type Measurements,
  type PodDay,
  type Proposal,
  type QuantilePoint,
  type SizingSubject,
} from '../../../lib/sizing';

export const Mi = 2 ** 20;
const SOURCE = 'prometheus.example.com, prod, shop';

/** Fourteen whole days, a Friday to a Thursday. */
export const days = Array.from(
  { length: 14 },
  (_, at) => `2026-11-${String(at + 6).padStart(2, '0')}`,
);

export const SAMPLES = 288;
const QUANTILES = [0.5, 0.9, 0.95, 0.98, 0.99, 1];

/** The quantile points of samples, as a server would give them. */
export function pointsOf(samples: readonly number[]): readonly QuantilePoint[] {
  const sorted = [...samples].sort((a, b) => a - b);
  return QUANTILES.map((quantile) => {
    const at = quantile * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
    return { quantile, value: low + (high - low) * (at - Math.floor(at)) };
  });
}

/** The points of a pod whose use never changes. */
export const flat = (value: number): readonly QuantilePoint[] =>
  [0, ...QUANTILES].map((quantile) => ({ quantile, value }));

export const steadyDay = (day: string, cpu: number, memoryMax: number, pod = 'a'): PodDay => ({
  day,
  pod,
  samples: SAMPLES,
  cpu: flat(cpu),
  memoryMax,
});

/** What keeps running: 500m and 512Mi now, of the tier `standard`. */
export const subject = (changes: Partial<SizingSubject> = {}): SizingSubject => ({
  kind: 'running',
  tier: 'standard',
  source: SOURCE,
  request: { cpu: 0.5, memory: 512 * Mi },
  memoryLimit: changes.request?.memory ?? 512 * Mi,
  ...changes,
});

/** The same one at another size. */
export const at = (one: SizingSubject, request: Amounts): SizingSubject => ({
  ...one,
  request,
  memoryLimit: request.memory,
});

/** A window of whole days over the given days of pods, one of which started in it. */
export function measured(
  podDays: readonly PodDay[],
  changes: Partial<Measurements> = {},
): Measurements {
  const all = [...new Set(podDays.map(({ day }) => day))].sort();
  return {
    from: all[0] ?? '2026-11-06',
    to: all.at(-1) ?? '2026-11-19',
    wholeDays: all,
    podDays,
    memory: [],
    started: true,
    ...changes,
  };
}

/** Two weeks of one pod that always uses so much. */
export const steady = (
  cpu: number,
  memory: number,
  changes: Partial<Measurements> = {},
): Measurements =>
  measured(
    days.map((day) => steadyDay(day, cpu, memory)),
    changes,
  );

/** The lock's entry that a proposal becomes. */
export function entryOf(proposal: Proposal): LockEntry {
  const text = {
    cpu: `${proposal.cpu.request * 1000}m`,
    memory: `${proposal.memory.request / Mi}Mi`,
  };
  return sealed(
    { application: 'shop', workload: 'orders', container: 'orders' },
    {
      request: text,
      limit: { memory: text.memory },
      tier: 'standard',
      rule: proposal.rule,
      evidence: proposal.evidence!,
      source: SOURCE,
      date: '2026-11-20',
    },
  );
}
