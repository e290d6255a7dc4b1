import { windowBefore, type SizedApplication, type SizedContainer } from '../../../lib/rightsize';
import {
  judgeDrift,
  recommend,
  type Measurements,
  type PodDay,
  type SizingSubject,
} from '../../../lib/sizing';
import { days, flat, measured, Mi, pointsOf, steady, subject } from '../../sizing/recommend/shapes';

export const day = '2026-11-20';
export const origin = { server: 'https://prometheus.example.com/api', day, version: '1.2.3' };

/** A container as the command would find it, from hand-made measurements. */
export function sized(
  name: string,
  who: SizingSubject,
  known: Measurements | undefined,
  changes: Partial<SizedContainer> = {},
): SizedContainer {
  const proposal = recommend(who, known);
  return {
    ...{ application: 'shop', workload: name, container: name, kind: 'web-service' },
    measured: { tier: who.tier, start: { cpu: '100m', memory: '256Mi' } },
    pods: known ? new Set(known.podDays.map(({ pod }) => pod)).size : 0,
    ...{ subject: who, proposal, drift: judgeDrift(who, known, proposal) },
    ...changes,
  };
}

export const application = (
  containers: readonly SizedContainer[],
  changes: Partial<SizedApplication> = {},
): SizedApplication => ({
  ...{ application: 'shop', environment: 'prod', namespace: 'shop' },
  window: windowBefore(day, 14),
  scrapeSeconds: 30,
  pods: { all: 42, byName: 0 },
  injected: {},
  containers,
  ...changes,
});

/** Use with a middle, a usual peak and a rare one; memory between two thirds and all of the most. */
export function lively(
  low: number,
  high: number,
  rare: number,
  memory: number,
  changes: Partial<Measurements> = {},
): Measurements {
  const samples = Array.from({ length: 288 }, (_, at) => {
    if (at < 2) return rare;
    return low + (high - low) * ((at * 7919) % 288 < 60 ? ((at * 31) % 60) / 60 : 0.1);
  });
  const podDays = days.flatMap((each, at) =>
    ['a', 'b', 'c'].map((pod): PodDay => ({
      ...{ day: each, pod, samples: 2880, cpu: pointsOf(samples) },
      memoryMax: memory * (0.9 + 0.1 * Math.sin(at)),
    })),
  );
  const spread = Array.from({ length: 100 }, (_, at) => memory * (0.66 + 0.0024 * at));
  return measured(podDays, { memory: pointsOf(spread), ...changes });
}

const leaking = measured(
  days.map((each, at) => ({
    ...{ day: each, pod: 'a', samples: 2880, cpu: flat(0.12) },
    memoryMax: (150 + 9 * at) * Mi,
  })),
  { memory: pointsOf(days.map((_, at) => (140 + 9 * at) * Mi)) },
);

const runs = measured(
  days.map((each, at) => ({
    ...{ day: each, pod: `report-${at}`, samples: 24, cpu: flat(0.7 + 0.02 * at) },
    memoryMax: (300 + at) * Mi,
  })),
);

const of = (cpu: number, memory: number, changes: Partial<SizingSubject> = {}): SizingSubject =>
  subject({ request: { cpu, memory: memory * Mi }, memoryLimit: memory * Mi, ...changes });

const fresh = steady(0.05, 90 * Mi);

/** What teams have: one of each kind. */
export const shop: readonly SizedContainer[] = [
  sized('catalogue', of(0.25, 256), lively(0.09, 0.22, 0.26, 195 * Mi)),
  sized('search', of(1, 2048), lively(0.05, 0.4, 4.2, 900 * Mi)),
  sized(
    'checkout',
    of(0.1, 256, { tier: 'critical', hpa: { targetCpuPercent: 70 } }),
    lively(0.06, 0.17, 0.4, 250 * Mi, {
      oom: { kills: 2, limit: 256 * Mi },
      throttled: 0.12,
      startup: { cpu: 0.35, memory: 180 * Mi },
    }),
  ),
  sized('sessions', of(0.2, 512), leaking),
  sized(
    'pricing',
    of(1, 1024, { runtime: 'jvm' }),
    lively(0.2, 0.5, 1.1, 1000 * Mi, { startup: { cpu: 0.92, memory: 700 * Mi } }),
  ),
  sized('report', of(0.5, 512, { kind: 'run', tier: 'tolerant' }), runs, {
    kind: 'scheduled-job',
  }),
  sized('legacy', of(0.5, 512), undefined),
  sized(
    'recommendations',
    of(0.1, 256),
    measured(fresh.podDays.slice(-3), { from: '2026-11-06', to: '2026-11-19' }),
  ),
  sized('gateway', of(2, 4096), lively(0.1, 0.3, 0.5, 300 * Mi), { container: 'proxy' }),
  sized('mailer', of(0.5, 512, { tier: 'tolerant' }), lively(0.02, 0.09, 0.12, 120 * Mi)),
  withoutMeasure(sized('ledger', of(1, 1024), lively(0.1, 0.5, 0.7, 400 * Mi))),
];

/** One whose size is written down. */
export function withoutMeasure(container: SizedContainer): SizedContainer {
  const { measured: none, ...rest } = container;
  return none ? rest : container;
}
