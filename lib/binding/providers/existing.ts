import {
  checkFacts,
  type Provided,
  type Provider,
  type Refusal,
  type ServiceRequest,
} from '../../backing-service';
import { networkPolicyPeer, peersShape, type Peer } from '../../environment';
import {
  custom,
  fields,
  integer,
  list,
  optional,
  saslMechanisms,
  serviceKinds,
  some,
  table,
  text,
  type AvailabilitySignal,
  type Manifest,
  type SaslMechanism,
  type ServiceOutput,
} from '../../foundation';
import { externalSecret, keysOfEntry } from '../made-secret';
import { RELOAD } from '../settings';

/** A backing service that somebody else made. */
export interface ExistingProps {
  /** What it is, such as `PostgreSQL 16 of the database team`. */
  readonly engine: string;
  /** Where it is reached: pods, or address blocks. */
  readonly to: readonly Peer[];
  /** The ports there, after Service translation. */
  readonly ports: readonly number[];
  /** Whether connections are encrypted: never, when the client asks for it, or always. */
  readonly tls: 'none' | 'offered' | 'required';
  /** The versions that it has: a contract that asks for another is refused. @default any, which nothing here can check */
  readonly versions?: readonly (number | string)[];
  /** The extensions of PostgreSQL that it has. @default any, which nothing here can check */
  readonly extensions?: readonly string[];
  /** The entry of the environment's secret store that holds its keys. @default none - its Secret is in the namespace already */
  readonly entry?: string;
  /** Keys of its Secret beside those that every provider gives: `['ca.crt']`. @default none */
  readonly keys?: readonly string[];
  /** How clients of Kafka log in with a username and password, for KEDA. @default they do not */
  readonly saslMechanism?: SaslMechanism;
  /** What is no secret, for its ConfigMap: `{ bucket: 'invoices', region: 'eu-central-1' }`. @default none */
  readonly values?: Readonly<Record<string, string>>;
  /** @default 'by whoever made it' */
  readonly backup?: string;
  /** @default false - nothing is promised that is not known */
  readonly highlyAvailable?: boolean;
  /** The series that tells whether it can be used. @default probe_success of the blackbox exporter, by the label `service` */
  readonly availability?: AvailabilitySignal;
}

const version = custom(
  (value) => Number.isInteger(value) || typeof value === 'string',
  "a version, such as 16 or '8.4'",
);
const signalShape = fields(
  {
    exporter: text('who offers the series'),
    metric: text('the name of a metric'),
    labels: table(text('the value of a label'), 'labels'),
    means: custom(
      (value) => value === 'positive' || value === 'present',
      "'positive' or 'present'",
    ),
  },
  '{ exporter, metric, labels, means }',
);

const shape = fields(
  {
    engine: text('what it is'),
    to: peersShape,
    ports: some(integer(1, 65_535, 'a port from 1 to 65535', 'PortInvalid'), 'at least one port'),
    tls: custom(
      (value) => (['none', 'offered', 'required'] as unknown[]).includes(value),
      "'none', 'offered' or 'required'",
    ),
    versions: optional(list(version, 'a list of versions')),
    extensions: optional(list(text('the name of an extension'), 'a list of extensions')),
    entry: optional(text('the name of an entry')),
    keys: optional(list(text('a key'), 'a list of keys')),
    saslMechanism: optional(
      custom(
        (value) => saslMechanisms.some((mechanism) => mechanism === value),
        saslMechanisms.join(' or '),
      ),
    ),
    values: optional(table(text('text'), 'values by key')),
    backup: optional(text('how often and for how long')),
    highlyAvailable: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    availability: optional(signalShape),
  },
  '{ engine, to, ports, tls }',
);

/** A backing service that is there already: nothing of it is made or removed here. */
export function existing(props: ExistingProps): Provider {
  const supply = (request: ServiceRequest) => provide(props, request);
  return {
    name: 'existing()',
    supplies: Object.fromEntries(serviceKinds.map((kind) => [kind, supply])),
    check: (path) => checkFacts(shape, props, path),
  };
}

function provide(
  props: ExistingProps,
  request: ServiceRequest,
): Provided | { readonly refused: readonly Refusal[] } {
  const outputs = Object.values(request.service.outputs);
  const refused = [
    ...checkStore(props, request),
    ...checkValues(props, request),
    ...checkConstraints(props, request),
  ];
  if (refused.length > 0) return { refused };
  const secrets = outputs.filter(({ from }) => from === 'Secret');
  return {
    manifests: [...secretOf(props, request, secrets), ...configMap(props, request)],
    reach: [{ to: props.to.map(networkPolicyPeer), ports: props.ports }],
    gives: Object.fromEntries(
      objectsOf(props, outputs).map(([object, { from, keys }]) => [
        `${from}/${object}`,
        from === 'Secret' ? keys : Object.keys(props.values ?? {}),
      ]),
    ),
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
        labels: { service: request.service.name },
        means: 'positive',
      },
    },
  };
}

function checkStore({ entry }: ExistingProps, { secretStore }: ServiceRequest): readonly Refusal[] {
  if (entry === undefined || secretStore) return [];
  return [
    {
      found: `existing() takes its keys from the entry ${entry}, and the environment has no secret store`,
      fix: 'Give the environment a secretStore',
    },
  ];
}

/** What the ConfigMap must hold: nobody else fills it. */
function checkValues({ values = {} }: ExistingProps, request: ServiceRequest): readonly Refusal[] {
  const { kind, outputs } = request.service;
  const missing = Object.values(outputs)
    .filter(({ from, optional: isOptional, key }) => {
      return from === 'ConfigMap' && !isOptional && !Object.hasOwn(values, key);
    })
    .map(({ key }) => key);
  if (missing.length === 0) return [];
  return [
    {
      found: `a ${kind} has ${missing.join(', ')}, and existing() gives no values for them`,
      fix: `Give existing() values: { ${missing.map((key) => `${key}: '…'`).join(', ')} }`,
    },
  ];
}

function checkConstraints(
  { engine, versions, extensions }: ExistingProps,
  { service }: ServiceRequest,
): readonly Refusal[] {
  const wanted = 'version' in service ? service.version : undefined;
  const needed = 'extensions' in service ? service.extensions : [];
  const missing = needed.filter((each) => extensions?.includes(each) === false);
  const fix = 'Name a provider that has it, or ask for what there is';
  return [
    ...(wanted !== undefined && versions?.includes(wanted) === false
      ? [{ found: `it wants version ${wanted}, and ${engine} has ${listed(versions)}`, fix }]
      : []),
    ...missing.map((each) => ({
      found: `it wants the extension ${each}, and ${engine} has ${listed(extensions ?? [])}`,
      fix,
    })),
  ];
}

const listed = (values: readonly unknown[]): string => values.join(', ') || 'none';

interface Keys {
  readonly from: ServiceOutput['from'];
  readonly keys: string[];
}

/** Whether a key will exist: every required one, and others by name. */
const isGiven = (
  { keys = [] }: ExistingProps,
  { key, optional: isOptional }: ServiceOutput,
): boolean => !isOptional || keys.includes(key);

/** The keys of each object that will exist. */
function objectsOf(
  props: ExistingProps,
  outputs: readonly ServiceOutput[],
): readonly (readonly [string, Keys])[] {
  const objects = new Map<string, Keys>();
  for (const output of outputs) {
    const { from, object, key } = output;
    const known = objects.get(object) ?? { from, keys: [] };
    if (isGiven(props, output)) known.keys.push(key);
    objects.set(object, known);
  }
  return [...objects];
}

function secretOf(
  props: ExistingProps,
  { labels, secretStore }: ServiceRequest,
  outputs: readonly ServiceOutput[],
): readonly Manifest[] {
  const { entry } = props;
  const name = outputs[0]?.object;
  if (entry === undefined || name === undefined || !secretStore) return [];
  const { kind, name: store, refreshInterval } = secretStore;
  const keys = outputs.filter((output) => isGiven(props, output)).map(({ key }) => key);
  const source = { refreshInterval, secretStoreRef: { kind, name: store } };
  return [externalSecret({ name, labels }, { ...source, data: keysOfEntry(entry, keys) })];
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
