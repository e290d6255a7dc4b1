import type { KafkaNodePoolSpec, KafkaSpec } from '../../../../imports/kafka.strimzi.io';
import type { PodDemand, ServiceRequest } from '../../../backing-service';
import {
  applicationLabels,
  type KafkaTopicModel,
  type Manifest,
  type Plain,
} from '../../../foundation';
import { podMonitor } from '../../../observability';
import { classNamed, ingressPolicy, kept, podsIn, podsOf, RESTRICTED } from './made';
import type { Options } from './options';
import { apart, podTemplate } from './pods';
import { resourcesOf, rungOf, SMALL } from './sizes';

type Request = ServiceRequest<KafkaTopicModel>;

export const KAFKA_API = 'kafka.strimzi.io/v1';
/** The name of the one Kafka: topics carry it as a label, so it must be the same everywhere. */
export const KAFKA = 'kafka';
/** TLS, with a user and a password. There is no other way in. */
export const KAFKA_PORT = 9093;
export const KAFKA_PODS: Readonly<Record<string, string>> = { 'strimzi.io/name': `${KAFKA}-kafka` };

/** Everything that Strimzi runs for it. */
const ALL_PODS = { 'strimzi.io/cluster': KAFKA };
const EXPORTER_PODS = { 'strimzi.io/name': `${KAFKA}-kafka-exporter` };
const CONTROL_PORT = 9090;
const REPLICATION_PORT = 9091;
/** By which the operator asks a node how it is. */
const AGENT_PORT = 8443;
/** It is there for all topics of the application, whatever their sizes. */
const SIZE = 'M';

/** Three, or one where there is no room for them: two would stop when one does. */
export const brokersIn = ({ instances }: Pick<Request, 'instances'>): number =>
  instances(3) < 3 ? 1 : 3;

/** The Kafka of the application: KRaft, each node both a broker and a controller. It is kept whatever becomes of its topics. */
export function kafkaCluster(
  request: Request,
  options: Options,
  brokers: number,
): readonly Manifest[] {
  const { application, monitored } = request;
  const labels = { ...applicationLabels(application), 'app.kubernetes.io/component': 'kafka' };
  const object = (kind: string, spec: object, more = {}): Manifest =>
    kept({
      apiVersion: KAFKA_API,
      kind,
      metadata: { name: KAFKA, labels: { ...labels, ...more } },
      spec,
    });
  const exporter = { portName: 'tcp-prometheus', path: '/metrics', interval: '30s' };
  return [
    object('KafkaNodePool', nodePool(request, options, brokers), ALL_PODS),
    object('Kafka', kafka(request, brokers)),
    kept(policy(labels, options)),
    ...(monitored
      ? [podMonitor({ name: `${KAFKA}-exporter`, labels, selector: EXPORTER_PODS, ...exporter })]
      : []),
  ];
}

/** What all of them take. Strimzi rolls the two Deployments out with one pod more. */
export const kafkaDemand = ({ sizes }: Options, brokers: number): readonly PodDemand[] => [
  { pods: brokers, containers: [{ resources: resourcesOf(rungOf(SIZE, sizes)) }] },
  { pods: 1, more: 1, containers: [{ resources: OPERATOR }, { resources: OPERATOR }] },
  { pods: 1, more: 1, containers: [{ resources: SMALL }] },
];

/** Its profile for pods is `baseline` unless the operator is told otherwise, so the containers say it. */
function nodePool(
  request: Request,
  { sizes, storageClass }: Options,
  brokers: number,
): Plain<KafkaNodePoolSpec> {
  const rung = rungOf(SIZE, sizes);
  return {
    replicas: brokers,
    roles: ['broker', 'controller'],
    storage: {
      type: 'jbod',
      volumes: [
        {
          id: 0,
          type: 'persistent-claim',
          kraftMetadata: 'shared',
          size: rung.storage,
          deleteClaim: false,
          ...classNamed('class', storageClass),
        },
      ],
    },
    resources: resourcesOf(rung),
    template: {
      ...(brokers > 1
        ? { pod: { ...podTemplate(request).pod, affinity: apart(KAFKA_PODS) } }
        : podTemplate(request)),
      kafkaContainer: { securityContext: RESTRICTED },
      initContainer: { securityContext: RESTRICTED },
    },
  };
}

/** Strimzi makes a policy for the listener too, which lets in the Kafka alone; each topic lets in those who use it. */
function kafka(request: Request, brokers: number): Plain<KafkaSpec> {
  const pods = podTemplate(request);
  return {
    kafka: {
      listeners: [
        {
          name: 'tls',
          port: KAFKA_PORT,
          type: 'internal',
          tls: true,
          authentication: { type: 'scram-sha-512' },
          networkPolicyPeers: [podsOf(ALL_PODS)],
        },
      ],
      authorization: { type: 'simple' },
      config: replication(brokers),
    },
    entityOperator: {
      topicOperator: { resources: OPERATOR },
      userOperator: { resources: OPERATOR },
      template: {
        ...pods,
        topicOperatorContainer: { securityContext: RESTRICTED },
        userOperatorContainer: { securityContext: RESTRICTED },
      },
    },
    kafkaExporter: {
      topicRegex: '.*',
      groupRegex: '.*',
      resources: SMALL,
      template: { ...pods, container: { securityContext: RESTRICTED } },
    },
  };
}

function replication(brokers: number): Readonly<Record<string, number | boolean>> {
  const quorum = brokers > 1 ? 2 : 1;
  return {
    'auto.create.topics.enable': false,
    'default.replication.factor': brokers,
    'min.insync.replicas': quorum,
    'offsets.topic.replication.factor': brokers,
    'transaction.state.log.replication.factor': brokers,
    'transaction.state.log.min.isr': quorum,
  };
}

/** Java, for a handful of topics. */
const OPERATOR = { requests: { cpu: '50m', memory: '384Mi' }, limits: { memory: '384Mi' } };

// Not `-ingress`, which a topic named as the Kafka has.
const policy = (labels: Readonly<Record<string, string>>, { operators }: Options): Manifest =>
  ingressPolicy(`${KAFKA}-cluster`, labels, KAFKA_PODS, [
    { from: [podsOf(ALL_PODS)], ports: [CONTROL_PORT, REPLICATION_PORT, KAFKA_PORT] },
    { from: [podsIn(operators.strimzi)], ports: [CONTROL_PORT, REPLICATION_PORT, AGENT_PORT] },
  ]);
