import { isReachedHere, type PodDemand, type Provided } from '../backing-service';
import { cores, isBag, mebibytes, type Manifest } from '../foundation';
import { podAmount, type Side } from '../guardrail';

/** Where an object says what some of its pods take. */
interface PodPlace {
  /** The path of what must be there for these pods to be made. */
  readonly at: string;
  /** How many they are: the path of a number, one without. */
  readonly count?: string;
  /** The paths of what its containers take together; the place itself where requests and limits stand right in it. */
  readonly resources: readonly string[];
}

const instances = { at: 'spec', count: 'spec.replicas', resources: ['spec.resources'] } as const;
const component = (name: string): PodPlace => ({
  at: `spec.${name}`,
  count: `spec.${name}.replicas`,
  resources: [`spec.${name}`],
});

/** Kinds of operators. Of what is not here nothing is known. */
const PLACES: Readonly<Record<string, readonly PodPlace[]>> = {
  'postgresql.cnpg.io/Cluster': [{ ...instances, count: 'spec.instances' }],
  'k8s.mariadb.com/MariaDB': [
    { ...instances, resources: ['spec.resources', 'spec.galera.agent.resources'] },
    { at: 'spec.metrics.exporter', resources: ['spec.metrics.exporter.resources'] },
  ],
  'k8s.mariadb.com/PhysicalBackup': [{ at: 'spec', resources: ['spec.resources'] }],
  'rabbitmq.com/RabbitmqCluster': [instances],
  'kafka.strimzi.io/KafkaNodePool': [instances],
  'kafka.strimzi.io/Kafka': [
    {
      at: 'spec.entityOperator',
      resources: [
        'spec.entityOperator.topicOperator.resources',
        'spec.entityOperator.userOperator.resources',
      ],
    },
    { at: 'spec.kafkaExporter', resources: ['spec.kafkaExporter.resources'] },
  ],
  'seaweed.seaweedfs.com/Seaweed': ['master', 'volume', 'filer', 's3'].map(component),
};

/** Kinds of Kubernetes' own, and where their pods are described. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'apps/Deployment': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'batch/Job': 'spec.template.spec',
  'batch/CronJob': 'spec.jobTemplate.spec.template.spec',
};

/** Objects whose pods take more than the provider states: a quota that counts on it would refuse some of them. */
export function demandFindings(provided: Provided): readonly string[] {
  const { manifests, shared = [], demand, sharedDemand } = provided;
  const made = [...shared, ...manifests].flatMap(demandOf);
  const isStated = demand !== undefined || sharedDemand !== undefined;
  if (!isStated) {
    const hasPods = made.length > 0 || isReachedHere(provided);
    return hasPods ? ['makes pods and does not state their demand'] : [];
  }
  const stated = [...(sharedDemand ?? []), ...(demand ?? [])];
  return AMOUNTS.flatMap(({ name, of, text }) => {
    const [needed, said] = [total(made, of), total(stated, of)];
    return needed <= said
      ? []
      : [`states ${name} ${text(said)}, and its objects take ${text(needed)}`];
  });
}

interface Amount {
  readonly name: string;
  readonly of: (pod: PodDemand) => bigint;
  readonly text: (amount: bigint) => string;
}

const NANOS = 1_000_000_000n;
const resource = (side: Side, name: 'cpu' | 'memory', text: (units: number) => string): Amount => ({
  name: `${side}.${name}`,
  of: (pod) => podAmount({ ...pod }, side, name),
  text: (amount) => text(Number(amount) / Number(NANOS)),
});

const AMOUNTS: readonly Amount[] = [
  { name: 'pods', of: () => 1n, text: String },
  resource('requests', 'cpu', cores),
  resource('requests', 'memory', mebibytes),
  resource('limits', 'cpu', cores),
  resource('limits', 'memory', mebibytes),
];

const total = (pods: readonly PodDemand[], of: Amount['of']): bigint =>
  pods.reduce((sum, pod) => sum + of(pod) * BigInt(pod.pods + (pod.more ?? 0)), 0n);

function demandOf(manifest: Manifest): readonly PodDemand[] {
  const kind = `${manifest.apiVersion.split('/')[0] ?? ''}/${manifest.kind}`;
  const template = TEMPLATES[kind];
  if (template !== undefined) {
    const podSpec = tryAt(manifest, template);
    const pods = countAt(manifest, 'spec.replicas');
    return isBag(podSpec) ? [{ ...(podSpec as Omit<PodDemand, 'pods'>), pods }] : [];
  }
  return (PLACES[kind] ?? [])
    .filter(({ at }) => tryAt(manifest, at) !== undefined)
    .map(({ count, resources }) => ({
      pods: count === undefined ? 1 : countAt(manifest, count),
      containers: resources.map((path) => ({ resources: resourcesAt(manifest, path) })),
    }));
}

function resourcesAt(
  manifest: Manifest,
  path: string,
): PodDemand['containers'][number]['resources'] {
  const found = tryAt(manifest, path);
  if (!isBag(found)) return {};
  const { requests, limits } = found as PodDemand['containers'][number]['resources'];
  return { ...(requests && { requests }), ...(limits && { limits }) };
}

function countAt(manifest: Manifest, path: string): number {
  const found = tryAt(manifest, path);
  return typeof found === 'number' ? found : 1;
}

const tryAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((place, key) => (isBag(place) ? place[key] : undefined), value);
