import { grouped } from '../foundation';
import { PrometheusError, type PrometheusClient } from '../prometheus';
import type { EvidenceAsk } from './ask';
import { Asker, type CollectOptions } from './asker';
import type { Collected, CollectedContainer } from './collected';
import { dailyCpu } from './cpu';
import { killsOf, type Kills } from './kills';
import { findLives, type Life, type Scraped } from './life';
import { liveHeaps } from './live-heap';
import { measurementsOf, type Answers } from './measurements';
import { memoryOf } from './memory';
import { findOwners, type Owners } from './owners';
import { rateSeconds, scrapeInterval } from './scrape-interval';
import { startupsOf } from './startup';
import { throttlingOf } from './throttling';

/** Asks a server for the evidence of one application in one environment. @throws {PrometheusError} when it does not get all of it */
export async function collectEvidence(
  client: PrometheusClient,
  ask: EvidenceAsk,
  options: CollectOptions = {},
): Promise<Collected> {
  const asker = new Asker(client, ask, options);
  const names = [...new Set(ask.workloads.flatMap(({ containers }) => containers))].sort();
  asker.begin('pods and their owners');
  const [scraped, kills] = await Promise.all([findLives(asker), killsOf(asker, names)]);
  checkClusters(client, ask, scraped);
  const pods = [...new Set([...scraped.lives, ...kills].map(({ pod }) => pod))];
  const owners = await findOwners(asker, pods, ask.workloads);
  const lives = scraped.lives.filter(({ pod }) => owners.workloadOf.has(pod));
  const scrapeSeconds = await scrapeInterval(asker, lives);
  const answers = await answersOf(asker, names, lives, scrapeSeconds);
  return {
    window: ask.window,
    scrapeSeconds,
    rateSeconds: rateSeconds(scrapeSeconds),
    containers: containersOf(ask, { lives, kills, owners }, answers),
    pods: { all: owners.workloadOf.size, byName: owners.byName },
    injected: injectedInto(ask, lives, owners),
  };
}

/** Namespaces of one name in several clusters would pass for one. */
function checkClusters(
  client: PrometheusClient,
  { namespace }: EvidenceAsk,
  { clusters }: Scraped,
): void {
  const [first, second] = clusters;
  if (first === undefined || second === undefined) return;
  const name = second === '' ? first : second;
  throw new PrometheusError(client.address, undefined, {
    fault: 'options',
    found: `holds the namespace ${namespace} of several clusters: ${clusters.map((one) => (one === '' ? 'one without a name' : one)).join(', ')}`,
    fix: `Say which, such as cluster="${name}"`,
  });
}

async function answersOf(
  asker: Asker,
  names: readonly string[],
  lives: readonly Life[],
  scrapeSeconds: number,
): Promise<Answers> {
  const { window } = asker;
  const onDays = window.days.map((day) => lives.filter(({ samples }) => samples.has(day)).length);
  const atOnce = Math.max(1, ...onDays);
  asker.begin('memory, kills and starts');
  const others = Promise.all([
    memoryOf(asker, names, atOnce),
    startupsOf(asker, names, scrapeSeconds),
    throttlingOf(asker, names),
    liveHeaps(asker),
  ]);
  asker.begin('CPU use by day');
  const [cpu, [memory, startups, throttling, heaps]] = await Promise.all([
    dailyCpu(asker, names, rateSeconds(scrapeSeconds), atOnce),
    others,
  ]);
  const scraped = new Set(lives.flatMap(({ samples }) => [...samples.keys()]));
  return { window, scraped, cpu, memory, startups, throttling, liveHeaps: heaps };
}

interface Found {
  readonly lives: readonly Life[];
  readonly kills: readonly Kills[];
  readonly owners: Owners;
}

function containersOf(
  { workloads }: EvidenceAsk,
  { lives, kills, owners }: Found,
  answers: Answers,
): readonly CollectedContainer[] {
  const placeOf = ({ pod, container }: Pick<Life, 'pod' | 'container'>): string =>
    `${owners.workloadOf.get(pod) ?? ''} ${container}`;
  const livesOf = grouped(lives, placeOf);
  const killsAt = grouped(kills, placeOf);
  return workloads.flatMap(({ workload, kind, containers }) =>
    containers.map((container) => {
      const place = `${workload} ${container}`;
      const own = livesOf.get(place) ?? [];
      const killed = killsAt.get(place) ?? [];
      return {
        ...{ workload, kind, container },
        pods: new Set([...own, ...killed].map(({ pod }) => pod)).size,
        measurements: measurementsOf(kind, own, killed, answers),
        lives: own,
      };
    }),
  );
}

/** Containers that the model does not have, and in how many pods they are. */
function injectedInto(
  { workloads }: EvidenceAsk,
  lives: readonly Life[],
  { workloadOf }: Owners,
): Readonly<Record<string, number>> {
  const known = new Map(
    workloads.map(({ workload, containers, initContainers }) => [
      workload,
      new Set([...containers, ...initContainers]),
    ]),
  );
  const others = lives.filter(
    ({ pod, container }) => !known.get(workloadOf.get(pod) ?? '')?.has(container),
  );
  const counts = [...grouped(others, ({ container }) => container)].map(
    ([container, some]) => [container, new Set(some.map(({ pod }) => pod)).size] as const,
  );
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
