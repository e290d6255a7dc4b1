import {
  checkFacts,
  type Provided,
  type Provider,
  type Refusal,
  type ServiceRequest,
} from '../../backing-service';
import { networkPolicyPeer } from '../../environment';
import {
  serviceKinds,
  type BackingServiceModel,
  type Manifest,
  type SaslMechanism,
  type ServiceOutput,
} from '../../foundation';
import { externalSecret, keysOfEntry } from '../made-secret';
import { RELOAD } from '../settings';
import { probeLabels } from './probe-labels';
import { checkConstraints, checkStore, checkValues } from './existing-refusals';
import { existingShape, type ExistingProps } from './existing-props';

export type { ExistingKey, ExistingProps, ExistingValue } from './existing-props';

/** A backing service that is there already: nothing of it is made or removed here. */
export function existing(props: ExistingProps): Provider {
  const supply = (request: ServiceRequest) => provide(props, request);
  return {
    name: 'existing()',
    supplies: Object.fromEntries(serviceKinds.map((kind) => [kind, supply])),
    check: (path) => checkFacts(existingShape, props, path),
  };
}

function provide(
  props: ExistingProps,
  request: ServiceRequest,
): Provided | { readonly refused: readonly Refusal[] } {
  const refused = [
    ...checkStore(props, request),
    ...checkValues(props, request),
    ...checkConstraints(props, request),
  ];
  if (refused.length > 0) return { refused };
  return {
    manifests: [...secretOf(props, request), ...configMap(props, request)],
    reach: [{ to: props.to.map(networkPolicyPeer), ports: props.ports }],
    gives: keysByObject(props, request.service),
    statement: {
      engine: props.engine,
      tls: props.tls,
      ...(props.saslMechanism && { saslMechanism: props.saslMechanism }),
      encryptedAtRest: 'not known here',
      backup: props.backup ?? 'by whoever made it',
      highlyAvailable: props.highlyAvailable ?? false,
      deletion: 'nothing: it was not made here',
      availability: props.availability ?? {
        exporter: 'blackbox exporter',
        metric: 'probe_success',
        labels: probeLabels(request),
        means: 'positive',
      },
    },
  };
}

/** Whether a key will exist: every required one, the credentials of an entry, and others by name. */
function isGiven(
  { entry, keys = [], saslMechanism, values = {} }: ExistingProps,
  service: BackingServiceModel,
  { from, key, optional }: ServiceOutput,
): boolean {
  if (from === 'ConfigMap') return Object.hasOwn(values, key);
  const isLogin = entry !== undefined && loginOf(service, saslMechanism).includes(key);
  return !optional || isLogin || keys.some((each) => each === key);
}

/** What an entry is there for, of the keys that a contract leaves open. */
function loginOf(service: BackingServiceModel, saslMechanism?: SaslMechanism): readonly string[] {
  const { kind } = service;
  if (kind === 'bucket') return ['accessKeyId', 'secretAccessKey'];
  // Before version 6 there are no users.
  if (kind === 'redis') return service.version < 6 ? ['password'] : ['username', 'password'];
  const isSasl = kind === 'kafka-topic' && saslMechanism !== undefined;
  return isSasl ? ['saslMechanism', 'username', 'password'] : [];
}

/** The keys of each object that will exist. */
function keysByObject(
  props: ExistingProps,
  service: BackingServiceModel,
): Readonly<Record<string, readonly string[]>> {
  const objects: Record<string, string[]> = {};
  for (const output of Object.values(service.outputs)) {
    const keys = (objects[`${output.from}/${output.object}`] ??= []);
    if (isGiven(props, service, output)) keys.push(output.key);
  }
  return objects;
}

/** What the entry holds; an ExternalSecret of nothing would make no Secret. */
function secretOf(
  props: ExistingProps,
  { labels, secretStore, service }: ServiceRequest,
): readonly Manifest[] {
  const { entry } = props;
  const wanted = Object.values(service.outputs).filter(
    (output) => output.from === 'Secret' && isGiven(props, service, output),
  );
  const [first] = wanted;
  if (entry === undefined || !first || !secretStore) return [];
  const { kind, name, refreshInterval } = secretStore;
  const data = keysOfEntry(
    entry,
    wanted.map(({ key }) => key),
  );
  const source = { refreshInterval, secretStoreRef: { kind, name }, data };
  return [externalSecret({ name: first.object, labels }, source)];
}

function configMap(
  { values = {} }: ExistingProps,
  { labels, service }: ServiceRequest,
): readonly Manifest[] {
  const object = Object.values(service.outputs).find(({ from }) => from === 'ConfigMap')?.object;
  if (object === undefined) return [];
  const metadata = { name: object, labels, annotations: RELOAD };
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: values }];
}
