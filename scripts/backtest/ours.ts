import {
  cpuNeed,
  memoryNeed,
  ruleText,
  tierRules,
  wantedAmounts,
  type Measurements,
  type SizingSubject,
  type Tier,
} from '../../lib/sizing';
import { ascending, most, quantileOf } from './quantile';
import type { Asked, Rule } from './rule';
import type { Day } from './windows';

/** The quantiles of a day that `golden-path rightsize` asks for. */
const QUANTILES = [0.5, 0.9, 0.95, 0.98, 0.99, 1];

/** The rule of a tier, as shipped: steps and thresholds are left out, since they depend on what is requested before. */
export function ours(tier: Tier): Rule {
  const subject: SizingSubject = {
    kind: 'running',
    tier,
    source: '',
    request: { cpu: 0, memory: 0 },
    memoryLimit: 0,
  };
  const asked = (training: readonly Day[]): { readonly cpu: Asked; readonly memory: Asked } => {
    const measured = measurementsOf(training);
    const wanted = wantedAmounts(subject, measured);
    return {
      cpu: { plain: cpuNeed(subject, measured)?.amount ?? 0, shipped: wanted?.cpu ?? 0 },
      memory: { plain: memoryNeed(subject, measured)?.amount ?? 0, shipped: wanted?.memory ?? 0 },
    };
  };
  return {
    name: tier,
    title: ruleText(tierRules[tier]),
    cpu: (training) => asked(training).cpu,
    memory: (training) => asked(training).memory,
  };
}

function measurementsOf(training: readonly Day[]): Measurements {
  const named = training.map((day) => ({
    ...day,
    day: new Date(day.number * 86_400_000).toISOString().slice(0, 10),
  }));
  const days = named.map(({ day }) => day);
  return {
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    wholeDays: days,
    podDays: named.map(({ day, cpu, memory }) => {
      const sorted = ascending(cpu);
      return {
        day,
        pod: 'pod',
        samples: cpu.length,
        cpu: QUANTILES.map((quantile) => ({ quantile, value: quantileOf(sorted, quantile) })),
        memoryMax: most(memory),
      };
    }),
    memory: [],
  };
}
