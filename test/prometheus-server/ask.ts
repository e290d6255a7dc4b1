import type { WorkloadKind } from '../../lib';
import { PrometheusClient, type Matcher } from '../../lib/prometheus';
import {
  collectEvidence,
  windowBefore,
  type Collected,
  type EvidenceAsk,
} from '../../lib/rightsize';
import type { Measurements } from '../../lib/sizing';
import { DAYS } from './store';

/** The day after the last one of the store. */
export const TODAY = '2026-11-20';

export function client(): PrometheusClient {
  const url = process.env.GOLDEN_PATH_PROMETHEUS;
  if (url === undefined) throw new Error('Run npm run test:prometheus: it starts the server.');
  return new PrometheusClient({ url });
}

/** A workload with its containers; of its own name where none are given. */
export const asked = (
  workload: string,
  kind: WorkloadKind = 'web-service',
  containers: readonly string[] = [workload],
): EvidenceAsk['workloads'][number] => ({ workload, kind, containers, initContainers: [] });

export const askIn = (
  namespace: string,
  workloads: EvidenceAsk['workloads'],
  matchers: readonly Matcher[] = [],
): EvidenceAsk => ({ namespace, workloads, window: windowBefore(TODAY, DAYS), matchers });

export const collect = (
  namespace: string,
  ...workloads: EvidenceAsk['workloads']
): Promise<Collected> => collectEvidence(client(), askIn(namespace, workloads));

/** What was measured of the only container of a workload. */
export async function measured(namespace: string, workload: string): Promise<Measurements> {
  const { containers } = await collect(namespace, asked(workload));
  return containers[0]!.measurements;
}

/** The value of a quantile on each day of each pod, sorted. */
export const daily = ({ podDays }: Measurements, quantile: number): readonly number[] =>
  podDays
    .flatMap(({ cpu }) => cpu.filter((point) => point.quantile === quantile))
    .map(({ value }) => value)
    .sort((a, b) => a - b);

/** The least and the most of some values, at nine digits. */
export const span = (values: readonly number[]): readonly number[] =>
  [Math.min(...values), Math.max(...values)].map((value) => Number(value.toPrecision(9)));

export const MEBIBYTE = 2 ** 20;
