import type { ApplicationModel, ResponseAction } from '../../foundation';
import type { Answering, Matcher } from '../../prometheus';
import { connectedTo } from '../neighbourhood';
import type { Incident } from '../incident';
import { lookAt, readLog, type Unseen } from './cluster';
import { measured } from './measure';
import type { ActFacts, ClusterFacts } from './facts';
import type { Kubectl } from './kubectl';
import type { LogObject } from './log';
import { watchedPods } from './watched';

/** What is to be acted on. */
export interface ActAsking {
  readonly models: readonly ApplicationModel[];
  readonly incident: Incident;
  readonly action: ResponseAction;
  readonly now: number;
  readonly prometheus: Answering;
  readonly matchers: readonly Matcher[];
  /** By namespace; absent where nobody said which cluster. */
  readonly kubectl?: (namespace: string) => Kubectl;
}

/** The facts, and the log as it was read. */
export interface Gathered {
  readonly facts: ActFacts;
  readonly log: LogObject;
  /** The other namespaces in which something is connected with it. */
  readonly elsewhere: readonly string[];
}

/** Looks at all that a decision rests on; undefined for what is no Deployment of the application. */
export async function gatherFacts(asking: ActAsking): Promise<Gathered | Unseen> {
  const { models, incident, action, now, kubectl } = asking;
  const model = models.find(({ application }) => application === incident.application);
  const workload = model?.workloads.find(({ name }) => name === incident.service);
  const environment = model?.environments.find(({ name }) => name === incident.environment);
  if (!model || !workload || !environment || workload.kind === 'scheduled-job') {
    return { unseen: `${incident.service} is no workload whose pods stay` };
  }
  const standing = { model, workload, environment };
  const allowed = workload.runbook?.responses?.find((each) => each.action === action);
  const connected = connectedTo(models, incident);
  const facts = {
    ...{ standing, action, incident, now, connected },
    ...(allowed && { allowed }),
  };
  if (!kubectl) return { facts, log: { entries: new Map() }, elsewhere: [] };
  const elsewhere = namespacesOf(models, connected, incident);
  const seen = await clusterFacts({ ...asking, kubectl }, standing, elsewhere);
  if ('unseen' in seen) return seen;
  const { cluster, log } = seen;
  return { facts: { ...facts, cluster }, log, elsewhere };
}

async function clusterFacts(
  asking: ActAsking & Required<Pick<ActAsking, 'kubectl'>>,
  standing: ActFacts['standing'],
  elsewhere: readonly string[],
): Promise<{ readonly cluster: ClusterFacts; readonly log: LogObject } | Unseen> {
  const { kubectl, incident, prometheus, now, matchers } = asking;
  const own = kubectl(incident.namespace);
  const [seen, log, ...others] = await Promise.all([
    lookAt(own, standing),
    readLog(own),
    ...elsewhere.map((namespace) => readLog(kubectl(namespace))),
  ]);
  if ('unseen' in seen) return seen;
  const logs: LogObject[] = [];
  for (const each of [log, ...others]) {
    if ('unseen' in each) return each;
    logs.push(each);
  }
  const [revisions, watched] = await Promise.all([
    measured(prometheus, incident, seen.revisions, now, matchers),
    watchedPods(prometheus, incident, now, matchers),
  ]);
  return {
    cluster: {
      ...seen.facts,
      ...{ revisions, watched },
      log: logs.flatMap(({ entries }) => [...entries.values()]),
    },
    log: logs[0] ?? { entries: new Map() },
  };
}

/** Where else in this environment something is connected with it. */
function namespacesOf(
  models: readonly ApplicationModel[],
  connected: ReadonlySet<string>,
  { namespace, environment }: Incident,
): readonly string[] {
  const found = models
    .filter(({ application, workloads }) =>
      workloads.some(({ name }) => connected.has(`${application}/${name}`)),
    )
    .flatMap(({ environments }) => environments.filter(({ name }) => name === environment));
  return [...new Set(found.map((each) => each.namespace))].filter((name) => name !== namespace);
}
