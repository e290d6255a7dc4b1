/** Collects the evidence of a whole store and verifies a request of each container, over the window and its last week. */
import { writeSync } from 'node:fs';
import { PrometheusClient } from '../../lib/prometheus';
import {
  collectEvidence,
  lastDays,
  verifyRequests,
  windowBefore,
  type CollectedContainer,
} from '../../lib/rightsize';
import { childArguments } from '../child';

/** What the process says of itself. */
export interface RightsizeReport {
  readonly collectSeconds: number;
  readonly verifySeconds: number;
  readonly maxRssMegabytes: number;
  readonly containers: number;
  readonly podDays: number;
  readonly scrapeSeconds: number;
}

/** The highest daily P95, in steps of about 10 %: as many distinct requests as a real run has. */
function request({ workload, container, measurements }: CollectedContainer): {
  readonly workload: string;
  readonly container: string;
  readonly cores: number;
} {
  const points = measurements.podDays.flatMap(({ cpu }) => cpu);
  const high = points.filter(({ quantile }) => quantile === 0.95).map(({ value }) => value);
  const steps = Math.ceil(Math.log(Math.max(0.01, ...high)) / Math.log(1.1));
  return { workload, container, cores: Number((1.1 ** steps).toPrecision(2)) };
}

async function main(): Promise<void> {
  const argument = childArguments();
  const client = new PrometheusClient({ url: argument(0) });
  const workloads = argument(4)
    .split(',')
    .map((workload) => ({
      ...{ workload, kind: 'web-service' as const },
      ...{ containers: [workload], initContainers: [] },
    }));
  const window = windowBefore(argument(2), Number(argument(3)));
  const ask = { namespace: argument(1), workloads, window };
  const began = performance.now();
  const collected = await collectEvidence(client, ask);
  const between = performance.now();
  const proposals = collected.containers.map(request);
  await verifyRequests(client, ask, collected, proposals);
  await verifyRequests(client, { ...ask, window: lastDays(window, 7) }, collected, proposals);
  const report: RightsizeReport = {
    collectSeconds: (between - began) / 1000,
    verifySeconds: (performance.now() - between) / 1000,
    maxRssMegabytes: process.resourceUsage().maxRSS / 1024,
    containers: collected.pods.all,
    podDays: collected.containers.reduce((sum, one) => sum + one.measurements.podDays.length, 0),
    scrapeSeconds: collected.scrapeSeconds,
  };
  writeSync(1, JSON.stringify(report));
}

void main();
