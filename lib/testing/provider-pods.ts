import type { Provided, ServicePods } from '../backing-service';
import { isBag, type Manifest } from '../foundation';
import type { Asked } from './provider-requests';

/** Where an object says what its pods are like: paths from the place that must be there for pods to be made at all. */
interface PodTemplate {
  readonly at: string;
  /** Of labels and annotations. @default the place itself */
  readonly metadata?: string;
  /** Of the pull secrets; undefined where they are those of another template. */
  readonly secrets?: string;
}

const template = (at: string): PodTemplate => ({
  at,
  metadata: 'metadata',
  secrets: 'spec.imagePullSecrets',
});
const strimzi = (at: string): PodTemplate => ({
  at,
  metadata: 'template.pod.metadata',
  secrets: 'template.pod.imagePullSecrets',
});

/** Kinds that lead to pods. Of what is not here nothing is known. */
const TEMPLATES: Readonly<Record<string, readonly PodTemplate[]>> = {
  'apps/StatefulSet': [template('spec.template')],
  'apps/Deployment': [template('spec.template')],
  'batch/Job': [template('spec.template')],
  'batch/CronJob': [template('spec.jobTemplate.spec.template')],
  'postgresql.cnpg.io/Cluster': [
    { at: 'spec', metadata: 'inheritedMetadata', secrets: 'imagePullSecrets' },
  ],
  'postgresql.cnpg.io/Pooler': [template('spec.template')],
  'k8s.mariadb.com/MariaDB': [
    { at: 'spec', metadata: 'podMetadata', secrets: 'imagePullSecrets' },
    { at: 'spec.metrics.exporter', metadata: 'podMetadata' },
  ],
  'k8s.mariadb.com/PhysicalBackup': [{ at: 'spec', metadata: 'podMetadata' }],
  'rabbitmq.com/RabbitmqCluster': [
    {
      at: 'spec',
      metadata: 'override.statefulSet.spec.template.metadata',
      secrets: 'imagePullSecrets',
    },
  ],
  'kafka.strimzi.io/KafkaNodePool': [strimzi('spec')],
  'kafka.strimzi.io/Kafka': [strimzi('spec.entityOperator'), strimzi('spec.kafkaExporter')],
  'seaweed.seaweedfs.com/Seaweed': [{ at: 'spec', secrets: 'imagePullSecrets' }],
};

/** Pods that lack a label, an annotation or a pull secret which the environment asks for. */
export const podFindings = (
  { manifests, shared = [] }: Provided,
  { request }: Asked,
): readonly string[] =>
  [...shared, ...manifests].flatMap((manifest) =>
    templatesOf(manifest).flatMap((each) => lacking(manifest, each, request.pods)),
  );

const templatesOf = ({ apiVersion, kind }: Manifest): readonly PodTemplate[] =>
  TEMPLATES[`${apiVersion.split('/')[0] ?? ''}/${kind}`] ?? [];

function lacking(
  manifest: Manifest,
  { at, metadata, secrets }: PodTemplate,
  pods: ServicePods,
): readonly string[] {
  const place = tryAt(manifest, at);
  if (place === undefined) return [];
  const found = metadata === undefined ? place : tryAt(place, metadata);
  const texts = (['labels', 'annotations'] as const).flatMap((kind) =>
    Object.entries(pods[kind])
      .filter(([key, value]) => bagAt(found, kind)[key] !== value)
      .map(([key, value]) => `${key}: ${value} among the ${kind}`),
  );
  const named = JSON.stringify((secrets !== undefined && tryAt(place, secrets)) ?? []);
  const pulls = pods.pullSecrets
    .filter((name) => secrets !== undefined && !named.includes(JSON.stringify({ name })))
    .map((name) => `the pull secret ${name}`);
  const object = `${manifest.kind}/${manifest.metadata.name}`;
  return [...texts, ...pulls].map((what) => `${object} lacks ${what} of its pods (${at})`);
}

const bagAt = (value: unknown, key: string): Readonly<Record<string, unknown>> => {
  const found = tryAt(value, key);
  return isBag(found) ? found : {};
};

const tryAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((place, key) => (isBag(place) ? place[key] : undefined), value);
