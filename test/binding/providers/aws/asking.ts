import {
  bucket,
  mysql,
  postgres,
  rabbitmq,
  redis,
  trySupply,
  type Provided,
  type Refusal,
  type ServiceDefinition,
  type ServiceProps,
  type ServiceRequest,
} from '../../../../lib/backing-service';
import { ProblemLog, type BackingServiceModel, type Manifest } from '../../../../lib/foundation';
import { aws, type AwsProps } from '../../../../lib';

/** An account with as little as all kinds need. */
export const account: AwsProps = {
  region: 'eu-central-1',
  accountId: '123456789012',
  providerConfig: { kind: 'ClusterProviderConfig', name: 'default' },
  vpc: {
    cidrs: ['10.20.0.0/16'],
    subnetGroups: { rds: 'databases', elasticache: 'caches' },
    subnetIds: ['subnet-0a1b', 'subnet-0c2d', 'subnet-0e3f'],
    securityGroupIds: ['sg-0a1b'],
  },
};

export const definitions = { postgres, mysql, redis, rabbitmq, bucket };
export type Offered = keyof typeof definitions;
export const kinds = Object.keys(definitions) as readonly Offered[];

/** Props with which each kind works. */
export const props: Readonly<Record<Offered, object>> = {
  postgres: { version: 16 },
  mysql: {},
  redis: {},
  rabbitmq: { queues: { orders: {} } },
  bucket: {},
};

/** The contract of a service called `orders-db`. */
export function modelOf(kind: Offered, own: object = {}, name = 'orders-db'): BackingServiceModel {
  const definition = definitions[kind] as unknown as ServiceDefinition;
  const { size, deletionPolicy = 'retain' } = own as ServiceProps;
  const place = { name, path: `shop/${name}`, size: size?.size ?? 'S', deletionPolicy };
  const log = new ProblemLog(place.path);
  const contract = definition.resolve(place, { ...props[kind], ...own }, log);
  return { ...contract, outputs: definition.outputs(name) };
}

/** What an application `shop` asks for in prod. */
export const requestFor = (service: BackingServiceModel, room = 10): ServiceRequest => ({
  service,
  application: 'shop',
  environment: 'prod',
  stage: 'prod',
  namespace: 'shop-prod',
  labels: { 'app.kubernetes.io/name': service.name },
  instances: (wanted) => Math.min(wanted, room),
  callers: [],
  metrics: [],
  pods: { labels: {}, annotations: {}, pullSecrets: [] },
  scalers: [],
  monitored: false,
});

export type Answer = Provided | { readonly refused: readonly Refusal[] } | undefined;

/** What aws() answers to one kind. */
export const ask = (kind: Offered, own: object = {}, facts = account, room?: number): Answer =>
  trySupply(aws(facts), requestFor(modelOf(kind, own), room));

/** What aws() provides. Fails when it refuses. */
export function provided(
  kind: Offered,
  own: object = {},
  facts = account,
  room?: number,
): Provided {
  const answer = ask(kind, own, facts, room);
  if (!answer || 'refused' in answer) throw new Error(JSON.stringify(answer));
  return answer;
}

/** Why aws() refuses. */
export function refused(
  kind: Offered,
  own: object = {},
  facts = account,
  room?: number,
): readonly Refusal[] {
  const answer = ask(kind, own, facts, room);
  return answer && 'refused' in answer ? answer.refused : [];
}

/** What a managed resource says of the cloud's object. */
export function forProvider({ manifests }: Provided, kind: string): Record<string, unknown> {
  return specOf(manifests, kind).forProvider as Record<string, unknown>;
}

export function specOf(
  manifests: readonly Manifest[],
  kind: string,
  name?: string,
): Record<string, unknown> {
  const found = manifests.find(
    (each) => each.kind === kind && (name === undefined || each.metadata.name === name),
  );
  if (!found) throw new Error(`There is no ${kind} ${name ?? ''}`);
  return found.spec as Record<string, unknown>;
}
