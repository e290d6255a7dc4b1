import type {
  BackingServiceModel,
  KafkaTopicModel,
  ProblemLog,
  SaslMechanism,
  TriggerModel,
} from '../foundation';
import type { Supplied } from './supplied';

/** A trigger of KEDA, and what it logs in by. */
export interface Scaler {
  readonly type: 'rabbitmq' | 'kafka';
  readonly metadata: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretParameter[];
  /** Parameters that KEDA takes from an authentication alone, though they are no secrets. */
  readonly options: Readonly<Record<string, string>>;
}

interface SecretParameter {
  /** The name that KEDA has for it. */
  readonly parameter: string;
  readonly secret: string;
  readonly key: string;
}

/** A trigger as KEDA writes it; undefined when the environment does not give what it needs, which is reported. */
export function scaleTrigger(
  on: TriggerModel,
  supplied: Supplied,
  log: ProblemLog,
): Scaler | undefined {
  const { service } = supplied;
  if (on.kind === 'queue-length') return queueLength(on, supplied, log);
  return service.kind === 'kafka-topic' ? consumerLag(on, service, supplied, log) : undefined;
}

/**
 * The length of a queue over AMQP, which needs no management plugin and no second port.
 * @see https://keda.sh/docs/latest/scalers/rabbitmq-queue/
 */
function queueLength(
  { queue, perReplica }: TriggerModel & { readonly kind: 'queue-length' },
  supplied: Supplied,
  log: ProblemLog,
): Scaler | undefined {
  if (!checkGiven('connection_string', supplied, log)) return undefined;
  const ca = parameters(supplied, { ca: 'ca.crt' });
  return {
    type: 'rabbitmq',
    metadata: {
      protocol: 'amqp',
      mode: 'QueueLength',
      queueName: queue,
      value: String(perReplica),
    },
    secrets: [...parameters(supplied, { host: 'connection_string' }), ...ca],
    // KEDA trusts a certificate authority of one's own only when it is told so here.
    options: ca.length > 0 ? { tls: 'enable' } : {},
  };
}

/** The oldest that Kafka 4 talks to. KEDA's own default is 1.0.0, which it refuses. */
const PROTOCOL_VERSION = '2.1.0';

/**
 * The lag of a consumer group. KEDA reads the addresses of brokers from the workload's variables alone, and the rest from its Secret.
 * @see https://keda.sh/docs/latest/scalers/apache-kafka/
 */
function consumerLag(
  { group, perReplica, offsetReset, variables }: TriggerModel & { readonly kind: 'consumer-lag' },
  { topic }: KafkaTopicModel,
  supplied: Supplied,
  log: ProblemLog,
): Scaler | undefined {
  const { statement } = supplied.provided;
  const login = parameters(supplied, { username: 'username', password: 'password' });
  const ca = parameters(supplied, { ca: 'ssl.truststore.crt' });
  const certificate = parameters(supplied, { cert: 'ssl.keystore.crt', key: 'ssl.keystore.key' });
  const isEncrypted = statement.tls === 'required' || ca.length > 0;
  const given = checkGiven('bootstrapServers', supplied, log);
  if (!given || !checkLogin(login, supplied, log)) return undefined;
  return {
    type: 'kafka',
    metadata: {
      bootstrapServersFromEnv: variables.bootstrapServers,
      consumerGroup: group,
      ...(variables.topic === undefined ? { topic } : { topicFromEnv: variables.topic }),
      lagThreshold: String(perReplica),
      offsetResetPolicy: offsetReset,
      version: PROTOCOL_VERSION,
      tls: isEncrypted ? 'enable' : 'disable',
      sasl: login.length > 0 && statement.saslMechanism ? SASL[statement.saslMechanism] : 'none',
    },
    secrets: [...login, ...ca, ...certificate],
    options: {},
  };
}

/** KEDA's names for the mechanisms of Kafka. */
const SASL: Readonly<Record<SaslMechanism, string>> = {
  PLAIN: 'plaintext',
  'SCRAM-SHA-256': 'scram_sha256',
  'SCRAM-SHA-512': 'scram_sha512',
};

/** The parameters whose keys will exist, when all of them will. */
function parameters(
  supplied: Supplied,
  keys: Readonly<Record<string, string>>,
): readonly SecretParameter[] {
  const entries = Object.entries(keys);
  if (!entries.every(([, key]) => secretOf(supplied, key) !== undefined)) return [];
  return entries.flatMap(([parameter, key]) => {
    const secret = secretOf(supplied, key);
    return secret === undefined ? [] : { parameter, secret, key };
  });
}

/** The Secret that will hold a key of a service; undefined where none will. */
function secretOf({ service, provided }: Supplied, key: string): string | undefined {
  const { outputs }: Pick<BackingServiceModel, 'outputs'> = service;
  const object = Object.hasOwn(outputs, key) ? outputs[key]?.object : undefined;
  return object !== undefined && provided.gives[`Secret/${object}`]?.includes(key)
    ? object
    : undefined;
}

function checkGiven(key: string, supplied: Supplied, log: ProblemLog): boolean {
  if (secretOf(supplied, key) !== undefined) return true;
  const { service, provider } = supplied;
  const found = `it scales on messages of ${service.name}, and ${provider} gives no Secret with ${key}`;
  log.error('TriggerSecretMissing', found, `Let the provider give ${key} of ${service.name}`);
  return false;
}

/** A password is of no use to KEDA without the way to prove it. */
function checkLogin(
  login: readonly SecretParameter[],
  { service, provider, provided }: Supplied,
  log: ProblemLog,
): boolean {
  const { saslMechanism } = provided.statement;
  if (login.length > 0 === (saslMechanism !== undefined)) return true;
  const [found, fix] = saslMechanism
    ? [
        `${provider} says that clients of ${service.name} log in by ${saslMechanism}, and gives no username and password`,
        'Let the provider give username and password',
      ]
    : [
        `${provider} gives a username and password of ${service.name}, and does not say how clients log in`,
        'Let the provider state saslMechanism',
      ];
  log.error('TriggerSecretMissing', found, fix);
  return false;
}
