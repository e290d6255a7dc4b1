import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cpuNeed,
  judgeDrift,
  memoryNeed,
  recommend,
  ruleText,
  sealed,
  tierRules,
  tiers,
  type Measurements,
  type PodDay,
  type Proposal,
  type SizingSubject,
} from '../../../lib/sizing';
import { at, days, measured, Mi, subject } from './shapes';

const QUANTILES = [0.5, 0.9, 0.95, 0.98, 0.99, 1];

const amount = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });

/** One pod's day: steps up from quantile to quantile. */
const podDay = (day: string, pod: string): fc.Arbitrary<PodDay> =>
  fc
    .record({
      samples: fc.integer({ min: 1, max: 300 }),
      steps: fc.array(amount(0, 0.5), { minLength: 6, maxLength: 6 }),
      memoryMax: fc.integer({ min: Mi, max: 2000 * Mi }),
    })
    .map(({ samples, steps, memoryMax }) => ({
      day,
      pod,
      samples,
      memoryMax,
      cpu: QUANTILES.map((quantile, index) => ({
        quantile,
        value: steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0),
      })),
    }));

const evidence: fc.Arbitrary<Measurements> = fc
  .tuple(
    fc
      .integer({ min: 1, max: 14 })
      .chain((count) =>
        fc.tuple(
          ...days.slice(0, count).flatMap((day) => ['a', 'b'].map((pod) => podDay(day, pod))),
        ),
      ),
    fc.record(
      {
        startup: fc.record({ cpu: amount(0, 2), memory: amount(0, 1000 * Mi) }),
        oom: fc.record({ kills: fc.integer({ min: 0, max: 3 }), limit: amount(Mi, 2000 * Mi) }),
        throttled: amount(0, 0.2),
        incident: fc.boolean(),
        started: fc.boolean(),
        liveHeap: amount(Mi, 1000 * Mi),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([podDays, rest]) => measured(podDays, rest));

const sized: fc.Arbitrary<SizingSubject> = fc
  .record(
    {
      kind: fc.constantFrom('running', 'run'),
      tier: fc.constantFrom(...tiers),
      request: fc.record({
        cpu: fc.integer({ min: 1, max: 8000 }).map((milli) => milli / 1000),
        memory: fc.integer({ min: 4, max: 4000 }).map((count) => count * Mi),
      }),
      hpa: fc.record({ targetCpuPercent: fc.integer({ min: 30, max: 100 }) }),
      runtime: fc.constantFrom('go', 'jvm', 'node', 'dotnet', 'python'),
    },
    { requiredKeys: ['kind', 'tier', 'request'] },
  )
  .map((each) => subject(each));

/** One that no autoscaler's target holds. */
const unscaled: fc.Arbitrary<SizingSubject> = sized.map(({ kind, tier, request, runtime }) =>
  subject({ kind, tier, request, ...(runtime && { runtime }) }),
);

const requests = ({ cpu, memory }: Proposal) => ({ cpu: cpu.request, memory: memory.request });

const times = (factor: number, all: Measurements): Measurements => ({
  ...all,
  podDays: all.podDays.map((each) => ({
    ...each,
    cpu: each.cpu.map(({ quantile, value }) => ({ quantile, value: value * factor })),
    memoryMax: (each.memoryMax ?? 0) * factor,
  })),
  ...(all.startup && {
    startup: { cpu: (all.startup.cpu ?? 0) * factor, memory: (all.startup.memory ?? 0) * factor },
  }),
});

/** The same days with each use raised by something of its own, and the memory of all alike, so that no trend comes or goes. */
const raised = (all: Measurements, more: readonly number[], memory: number): Measurements => ({
  ...all,
  podDays: all.podDays.map((each, index) => ({
    ...each,
    memoryMax: memory,
    cpu: each.cpu.map(({ quantile, value }) => ({
      quantile,
      value: value + (more[index % more.length] ?? 0) * quantile,
    })),
  })),
});

/** The subject as it is once the proposal was taken. */
function taken(one: SizingSubject, proposal: Proposal): SizingSubject {
  const { cpu, memory } = requests(proposal);
  const next = at(one, { cpu, memory });
  const target = proposal.targetCpuPercent;
  if (target === undefined || one.hpa === undefined) return next;
  return { ...next, hpa: { targetCpuPercent: target } };
}

/** The subject as the lock has it once the proposal was written. */
function locked(one: SizingSubject, proposal: Proposal): SizingSubject {
  const { cpu, memory } = requests(proposal);
  const { targetCpuPercent } = proposal;
  const previous = sealed(
    { application: 'shop', workload: 'orders', container: 'orders' },
    {
      request: { cpu: String(cpu), memory: String(memory) },
      limit: { memory: String(memory) },
      ...(targetCpuPercent !== undefined && {
        autoscaler: { declaredCpuPercent: 70, targetCpuPercent },
      }),
      tier: one.tier,
      rule: ruleText(tierRules[one.tier]),
      evidence: proposal.evidence!,
      source: one.source,
      date: '2026-11-20',
    },
  );
  return { ...taken(one, proposal), previous };
}

function isFinal(one: SizingSubject, all: Measurements, first: Proposal): void {
  const next = locked(one, first);
  const second = recommend(next, all);
  expect(requests(second)).toEqual(requests(first));
  expect(second.targetCpuPercent).toBe(first.targetCpuPercent);
  expect(['right', 'insufficient-data']).toContain(judgeDrift(next, all, second).verdict);
}

describe('the need', () => {
  it('never falls when use grows', () => {
    const more = fc.array(amount(0, 0.3), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sized, evidence, more, amount(0, 500 * Mi), (one, low, each, memory) => {
        const before = raised(low, [0], 100 * Mi);
        const after = raised(low, each, 100 * Mi + memory);
        expect(cpuNeed(one, after)!.amount).toBeGreaterThanOrEqual(
          cpuNeed(one, before)!.amount * (1 - 1e-9),
        );
        const [little, much] = [recommend(one, before), recommend(one, after)];
        expect(much.cpu.request).toBeGreaterThanOrEqual(little.cpu.request);
        expect(much.memory.request).toBeGreaterThanOrEqual(little.memory.request);
      }),
    );
  });

  it('scales with use', () => {
    fc.assert(
      fc.property(sized, evidence, amount(0.1, 10), (one, all, factor) => {
        // What is added after a kill, and what a runtime takes beside its heap, do not scale.
        const { liveHeap, ...rest } = all;
        fc.pre(liveHeap === undefined);
        const calm = { ...rest, oom: { kills: 0 } };
        const scaled = times(factor, calm);
        const ratio = (after: number, before: number) => after / (before * factor);
        const cpu = [cpuNeed(one, scaled)!.amount, cpuNeed(one, calm)!.amount] as const;
        fc.pre(cpu[1] > 1e-6);
        expect(ratio(...cpu)).toBeCloseTo(1, 6);
        expect(ratio(memoryNeed(one, scaled)!.amount, memoryNeed(one, calm)!.amount)).toBeCloseTo(
          1,
          6,
        );
      }),
    );
  });
});

describe('a proposal', () => {
  it('does not depend on the order of days and pods', () => {
    const shuffled = evidence.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all.podDays], {
          minLength: all.podDays.length,
          maxLength: all.podDays.length,
        }),
      ),
    );
    fc.assert(
      fc.property(sized, shuffled, (one, [all, podDays]) => {
        expect(recommend(one, { ...all, podDays })).toEqual(recommend(one, all));
      }),
    );
  });

  it('stays above floors and startup peaks, and within its steps', () => {
    fc.assert(
      fc.property(sized, evidence, (one, all) => {
        const { cpu, memory } = recommend(one, all);
        for (const each of [cpu, memory]) {
          const isKept = each.state !== 'grow' && each.state !== 'shrink';
          expect(each.request === each.current).toBe(isKept);
          expect(each.request > each.current).toBe(each.state === 'grow');
          expect(each.request).toBeGreaterThanOrEqual((each.current / 2) * (1 - 1e-9));
          expect(each.reasons.length).toBeGreaterThan(0);
        }
        if (cpu.state === 'shrink') {
          expect(cpu.request).toBeGreaterThanOrEqual(Math.max(0.01, all.startup?.cpu ?? 0) - 1e-9);
        }
        if (memory.state === 'shrink') {
          expect(memory.request).toBeGreaterThanOrEqual(32 * Mi);
          if (all.liveHeap === undefined) {
            expect(memory.request).toBeGreaterThanOrEqual(all.startup?.memory ?? 0);
          }
        }
        if (cpu.state === 'grow') {
          expect(cpu.request).toBeLessThanOrEqual(Math.max(0.01, cpu.current * 3) * (1 + 1e-9));
        }
      }),
    );
  });

  it('is the same again where it is written in the lock, and the guardrail is content', () => {
    fc.assert(
      fc.property(sized, evidence, (one, all) => {
        isFinal(one, all, recommend(one, all));
      }),
    );
  });

  it('is so too where the lock knew starts and kills of the days before', () => {
    fc.assert(
      fc.property(sized, evidence, evidence, (one, older, all) => {
        const earlier = recommend(one, { ...older, from: '2026-10-23', to: '2026-11-05' });
        const now = locked(one, earlier);
        isFinal(now, all, recommend(now, all));
      }),
    );
  });

  it('is reached in a few steps, and then kept', () => {
    fc.assert(
      fc.property(unscaled, evidence, (one, all) => {
        let now = one;
        for (let step = 0; step < 12; step++) now = taken(now, recommend(now, all));
        const { cpu, memory } = recommend(now, all);
        for (const { state } of [cpu, memory]) expect(['grow', 'shrink']).not.toContain(state);
      }),
    );
  });

  it('is kept at once where no step was bounded', () => {
    fc.assert(
      fc.property(unscaled, evidence, (one, all) => {
        const first = recommend(one, all);
        const isBounded = ({ wanted, request, state }: Proposal['cpu']) =>
          (state === 'grow' || state === 'shrink') && wanted !== request;
        fc.pre(!isBounded(first.cpu) && !isBounded(first.memory));
        expect(requests(recommend(taken(one, first), all))).toEqual(requests(first));
      }),
    );
  });
});
