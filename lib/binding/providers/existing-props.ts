import {
  bucket,
  kafkaTopic,
  mysql,
  postgres,
  rabbitmq,
  redis,
  type BucketKey,
  type KafkaTopicKey,
  type MySqlKey,
  type PostgresKey,
  type RabbitMqKey,
  type RedisKey,
} from '../../backing-service';
import { placesShape, type Peer } from '../../environment';
import {
  custom,
  describe,
  fields,
  integer,
  list,
  nearest,
  optional,
  saslMechanisms,
  some,
  table,
  text,
  type AvailabilitySignal,
  type SaslMechanism,
  type ServiceOutput,
  type Shape,
} from '../../foundation';

/** A key of the Secret of some kind of backing service. */
export type ExistingKey =
  | PostgresKey
  | MySqlKey
  | RedisKey
  | RabbitMqKey
  | KafkaTopicKey
  | Exclude<BucketKey, ExistingValue>;

/** A key of the ConfigMap of some kind of backing service. */
export type ExistingValue = 'bucket' | 'region' | 'endpoint' | 'forcePathStyle';

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
  /**
   * The entry of the environment's secret store that holds its keys: those that every provider gives, the credentials, and `keys`.
   * @default none - its Secret is in the namespace already
   */
  readonly entry?: string;
  /** Keys of its Secret beside those that every provider gives, and the credentials of an `entry`: `['ca.crt']`. @default none */
  readonly keys?: readonly ExistingKey[];
  /** How clients of Kafka log in with a username and password, for KEDA. @default they do not */
  readonly saslMechanism?: SaslMechanism;
  /** What is no secret, for its ConfigMap: `{ bucket: 'invoices', region: 'eu-central-1' }`. @default none */
  readonly values?: Readonly<Partial<Record<ExistingValue, string>>>;
  /** @default 'by whoever made it' */
  readonly backup?: string;
  /** @default false - nothing is promised that is not known */
  readonly highlyAvailable?: boolean;
  /** The series that tells whether it can be used. @default probe_success of the blackbox exporter, by the labels `application`, `environment` and `service` of its target */
  readonly availability?: AvailabilitySignal;
}

const outputs: readonly ServiceOutput[] = [
  postgres,
  mysql,
  redis,
  rabbitmq,
  kafkaTopic,
  bucket,
].flatMap((definition) => Object.values(definition.outputs('any')));
const keysFrom = (from: ServiceOutput['from']): readonly string[] => [
  ...new Set(outputs.filter((output) => output.from === from).map(({ key }) => key)),
];
const secretKeys = keysFrom('Secret');

/** A key that some contract has. One that none has would be left out without a word. */
const secretKey: Shape = {
  give: "a key of its Secret, such as 'ca.crt'",
  check: (value, path, log) => {
    if (secretKeys.some((key) => key === value)) return;
    const near = typeof value === 'string' ? nearest(value, secretKeys) : undefined;
    const fix = near === undefined ? `Known are ${secretKeys.join(', ')}` : `Write ${near}`;
    log.error('PropInvalid', `${path} is ${describe(value)}, which is a key of no contract`, fix);
  },
};

const version = custom(
  (value) => Number.isInteger(value) || (typeof value === 'string' && value !== ''),
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

/** The shape of what is told of a backing service that somebody else made. */
export const existingShape = fields(
  {
    engine: text('what it is'),
    to: placesShape,
    ports: some(integer(1, 65_535, 'a port from 1 to 65535', 'PortInvalid'), 'at least one port'),
    tls: custom(
      (value) => (['none', 'offered', 'required'] as unknown[]).includes(value),
      "'none', 'offered' or 'required'",
    ),
    versions: optional(list(version, 'a list of versions')),
    extensions: optional(list(text('the name of an extension'), 'a list of extensions')),
    entry: optional(text('the name of an entry')),
    keys: optional(list(secretKey, "a list of keys, such as ['ca.crt']")),
    saslMechanism: optional(
      custom(
        (value) => saslMechanisms.some((mechanism) => mechanism === value),
        saslMechanisms.join(' or '),
      ),
    ),
    values: optional(
      fields(
        Object.fromEntries(keysFrom('ConfigMap').map((key) => [key, optional(text('text'))])),
        "values by key, such as { bucket: 'invoices', region: 'eu-central-1' }",
      ),
    ),
    backup: optional(text('how often and for how long')),
    highlyAvailable: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    availability: optional(signalShape),
  },
  '{ engine, to, ports, tls }',
);
