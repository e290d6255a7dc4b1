import type { RuleGroup } from '../observability';
import type { OpenMetricsFile, Sample } from './open-metrics';

/** What recordings say while all is well. */
const VALUES: Readonly<Record<string, 'rate' | 'zero'>> = {
  'slo:sli_events:rate5m': 'rate',
  'slo:sli_errors:rate5m': 'zero',
  'slo:sli_stale:bool': 'zero',
  'slo:sli_down:bool': 'zero',
};

/** Where and how much is recorded. */
export interface RecordedPast {
  readonly namespace: string;
  readonly environment: string;
  readonly perSecond: number;
  /** Seconds since 1970. */
  readonly end: number;
  readonly seconds: number;
  readonly step: number;
}

/** What the rules would have recorded over the past: long windows look back at these, and without them every burn looks short. */
export function writeRecorded(
  file: OpenMetricsFile,
  groups: readonly RuleGroup[],
  { namespace, environment, perSecond, end, seconds, step }: RecordedPast,
): void {
  for (const { record, labels } of groups.flatMap(({ rules }) => rules)) {
    const kind = record === undefined ? undefined : VALUES[record];
    if (record === undefined || kind === undefined) continue;
    const value = kind === 'rate' ? perSecond : 0;
    const samples = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index): Sample => [
      end - seconds + index * step,
      value,
    ]);
    file.series(record, { ...labels, namespace, environment }, samples);
  }
}
