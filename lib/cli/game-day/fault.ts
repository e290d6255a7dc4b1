import { isoText, type ApplicationModel } from '../../foundation';
import {
  BASELINE_SECONDS,
  SEEN_SHARE,
  seenShare,
  type Experiment,
  type Gathered,
  type Sample,
} from '../../game-day';
import type { PrometheusClient } from '../../prometheus';

/** Where and when a fault is looked for. */
export interface FaultQuestion {
  readonly model: ApplicationModel;
  readonly environment: string;
  readonly fault: Experiment['fault'];
  /** What has a sample while the fault is there. @default what Chaos Mesh tells of the experiments that run */
  readonly injected: string | undefined;
  readonly began: number;
  readonly ended: number;
  /** How many times as fast time ran. */
  readonly pace: number;
}

type Injected = Gathered['fault'];

/** The objects of Chaos Mesh by which a fault is done; undefined of one that is done by hand. */
const KINDS: Readonly<Record<Experiment['fault']['kind'], string | undefined>> = {
  'kill-pod': 'PodChaos',
  'fail-pods': 'PodChaos',
  'fail-zone': 'PodChaos',
  partition: 'NetworkChaos',
  delay: 'NetworkChaos',
  'block-scrape': 'NetworkChaos',
  cpu: 'StressChaos',
  'suspend-schedule': undefined,
  'shift-clock': undefined,
};

/**
 * Whether something tells that a fault was there, for nearly all of the time.
 * @throws {PrometheusError}
 */
export const faultOf = (client: PrometheusClient, question: FaultQuestion): Promise<Injected> =>
  question.injected === undefined
    ? byChaosMesh(client, question)
    : byExpression(client, question, question.injected);

async function byExpression(
  client: PrometheusClient,
  question: FaultQuestion,
  query: string,
): Promise<Injected> {
  const { share, evidence } = await shareOf(client, question, query);
  if (share === 0) return { isThere: false, found: `It was not: ${NO_SAMPLE}.`, evidence };
  return told(share, `The expression of --injected has samples of ${percent(share)}`, evidence);
}

const NO_SAMPLE = 'the expression of --injected has no sample';

/**
 * Chaos Mesh counts its objects by kind and phase; of its labels, `namespace` is that of the object, and `exported_namespace` where Prometheus
 * keeps the former for itself. Objects that were there before the fault are not it.
 * @see https://github.com/chaos-mesh/chaos-mesh/blob/master/controllers/metrics/metrics.go
 */
async function byChaosMesh(client: PrometheusClient, question: FaultQuestion): Promise<Injected> {
  const { model, environment, fault, began, pace } = question;
  const kind = KINDS[fault.kind];
  if (kind === undefined) {
    return { found: `Nothing tells that it was there: it is done by hand. ${GIVE}`, evidence: [] };
  }
  const { namespace = '' } = model.environments.find(({ name }) => name === environment) ?? {};
  // Who kills a pod has finished at once.
  const phase = fault.kind === 'kill-pod' ? 'phase=~"running|finished"' : 'phase="running"';
  const of = (place: string): string =>
    `chaos_controller_manager_chaos_experiments{kind="${kind}",${phase},${place}}`;
  const query = `sum(${of(`exported_namespace="",namespace="${namespace}"`)} or ${of(`exported_namespace="${namespace}"`)})`;
  const [earlier] = await client.query(query, began - BASELINE_SECONDS / pace);
  const before = earlier?.points[0]?.value ?? 0;
  const { share, evidence } = await shareOf(client, question, query, before);
  if (share === 0) {
    const found = `Nothing tells that it was there: Prometheus has no sample of a ${kind} of Chaos Mesh. ${GIVE}`;
    return { found, evidence };
  }
  return told(share, `Chaos Mesh had a ${kind} over ${percent(share)}`, evidence);
}

const GIVE = 'Give --injected with an expression that has a sample while the fault is there.';

const told = (share: number, found: string, evidence: Injected['evidence']): Injected => ({
  isThere: share >= SEEN_SHARE,
  found: `${found} of its time.`,
  evidence,
});

const percent = (share: number): string => `${Math.floor(Math.min(1, share) * 100)} %`;

const POINTS = 100;

/** The share of the time over which an expression has a sample above a value. */
async function shareOf(
  client: PrometheusClient,
  { began, ended }: FaultQuestion,
  query: string,
  above = -Infinity,
): Promise<{ readonly share: number; readonly evidence: readonly Sample[] }> {
  const step = Math.ceil(((ended - began) * 1000) / POINTS) / 1000;
  const series = await client.queryRange(query, { start: began, end: ended, step });
  const moments = new Map(
    series.flatMap(({ points }) =>
      points.filter(({ value }) => value > above).map((each) => [each.at, each] as const),
    ),
  );
  const points = [...moments.values()].sort((a, b) => a.at - b.at);
  return {
    share: seenShare(points, { from: began, to: ended }, step),
    evidence: points
      .slice(0, 1)
      .map(({ at, value }): Sample => ({ query, at: isoText(at), value })),
  };
}
