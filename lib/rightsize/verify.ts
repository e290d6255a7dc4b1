import { grouped } from '../foundation';
import { oneOf, type PrometheusClient } from '../prometheus';
import type { EvidenceAsk } from './ask';
import { Asker, once, type CollectOptions } from './asker';
import type { Collected } from './collected';
import { CPU, keyOf, keyOfLife, type Life } from './life';
import { samplesIn } from './measurements';

/** A request of CPU whose fit is asked for. */
export interface ProposedCpu {
  readonly workload: string;
  readonly container: string;
  readonly cores: number;
}

/** How a request would have served. */
export interface ProposedShare extends ProposedCpu {
  /** The share of the samples of CPU use that are above it. */
  readonly above: number;
}

/** Pods whose names stand in one question. */
const MOST_PODS = 500;

/**
 * Asks for the share of CPU samples above some requests, by the samples themselves and not by their quantiles: over the window of `ask`,
 * which may be a part of the one that was collected. Containers of one request share a question. What has no samples there is left out.
 */
export async function verifyRequests(
  client: PrometheusClient,
  ask: EvidenceAsk,
  { containers, rateSeconds }: Collected,
  proposals: readonly ProposedCpu[],
  options: CollectOptions = {},
): Promise<readonly ProposedShare[]> {
  const asker = new Asker(client, ask, options);
  const wanted = proposals.map((proposal) => ({
    proposal,
    lives: (
      containers.find(
        ({ workload, container }) =>
          workload === proposal.workload && container === proposal.container,
      )?.lives ?? []
    ).filter((life) => samplesIn(life, ask.window) > 0),
  }));
  asker.begin('the fit of what is proposed');
  const shares = new Map<string, number>();
  const questions = [...grouped(wanted, ({ proposal }) => proposal.cores)].flatMap(
    ([cores, group]) =>
      inParts(group.flatMap(({ lives }) => lives)).map(async (lives) => {
        for (const { labels, value } of await asker.atEnd(above(asker, lives, cores, rateSeconds)))
          shares.set(`${cores} ${keyOf(labels)}`, value);
      }),
  );
  await Promise.all(questions);
  return wanted.flatMap(({ proposal, lives }) => {
    let [samples, weighted] = [0, 0];
    for (const life of lives) {
      const share = shares.get(`${proposal.cores} ${keyOfLife(life)}`);
      if (share === undefined) continue;
      const weight = samplesIn(life, ask.window);
      samples += weight;
      weighted += share * weight;
    }
    return samples === 0 ? [] : [{ ...proposal, above: weighted / samples }];
  });
}

function above(asker: Asker, lives: readonly Life[], cores: number, rate: number): string {
  const names = [...new Set(lives.map(({ container }) => container))].sort();
  const pods = [...new Set(lives.map(({ pod }) => pod))].sort();
  const use = `rate(${asker.select(CPU, oneOf('container', names), oneOf('pod', pods))}[${rate}s])`;
  return once(`avg_over_time((${use} > bool ${cores})[${asker.wholeWindow}:${rate}s])`);
}

const inParts = (lives: readonly Life[]): readonly (readonly Life[])[] =>
  Array.from({ length: Math.ceil(lives.length / MOST_PODS) }, (_, index) =>
    lives.slice(index * MOST_PODS, (index + 1) * MOST_PODS),
  );
