/**
 * What operators make by themselves, as far as it is named after what we make: nobody else may have these names.
 * Names of pods, volumes and of what comes and goes are left out.
 */

const RBAC = 'rbac.authorization.k8s.io';

/** `Service/orders-db-rw` for each ending. */
const named = (kind: string, name: string, endings: readonly string[]): readonly string[] =>
  endings.map((ending) => `${kind}/${name}${ending}`);

/**
 * CloudNativePG and its Barman Cloud plugin.
 * @see https://cloudnative-pg.io/documentation/current/applications/
 */
export const cnpgClaims = (
  name: string,
  { isReplicated, isArchived }: { readonly isReplicated: boolean; readonly isArchived: boolean },
): readonly string[] => [
  ...named('Service', name, ['-rw', '-r', '-ro']),
  ...named('Secret', name, ['-app', '-ca', '-server', '-replication']),
  ...named('ServiceAccount', name, ['']),
  ...['Role', 'RoleBinding'].flatMap((kind) =>
    named(`${kind}.${RBAC}`, name, ['', ...(isArchived ? ['-barman-cloud'] : [])]),
  ),
  ...(isReplicated ? named('PodDisruptionBudget.policy', name, ['', '-primary']) : []),
];

/**
 * The MariaDB operator, with TLS, the exporter, and Galera where there is more than one.
 * @see https://github.com/mariadb-operator/mariadb-operator/blob/main/api/v1alpha1/mariadb_keys.go
 */
export const mariaDbClaims = (name: string, isReplicated: boolean): readonly string[] => [
  ...named('Service', name, [
    ...['', '-internal', '-metrics'],
    ...(isReplicated ? ['-primary', '-secondary'] : []),
  ]),
  ...named('Secret', name, [
    ...['-app', '-password', '-root', '-metrics-password', '-metrics-config'],
    ...['-ca', '-ca-bundle', '-server-cert', '-client-cert'],
    ...(isReplicated ? ['-agent-auth'] : []),
  ]),
  ...named('ConfigMap', name, ['-config', '-config-default', '-config-tls']),
  ...named('ServiceAccount', name, ['']),
  ...named('StatefulSet.apps', name, ['']),
  ...named('Deployment.apps', name, ['-metrics']),
  ...(isReplicated
    ? ['PodDisruptionBudget.policy', `Role.${RBAC}`, `RoleBinding.${RBAC}`].flatMap((kind) =>
        named(kind, name, ['']),
      )
    : []),
];

/**
 * The cluster operator, and the messaging topology operator for the user.
 * @see https://github.com/rabbitmq/cluster-operator/tree/main/internal/resource
 */
export const rabbitmqClaims = (name: string, cluster: string): readonly string[] => [
  ...named('Secret', name, ['-default-user', '-password', '-user-credentials']),
  ...named('Service', cluster, ['', '-nodes']),
  ...named('Secret', cluster, ['-default-user', '-erlang-cookie']),
  ...named('ConfigMap', cluster, ['-server-conf', '-plugins-conf']),
  ...named('ServiceAccount', cluster, ['-server']),
  ...named('StatefulSet.apps', cluster, ['-server']),
  ...named(`Role.${RBAC}`, cluster, ['-peer-discovery']),
  ...named(`RoleBinding.${RBAC}`, cluster, ['-server']),
];

/** What External Secrets writes around Valkey. */
export const valkeyClaims = (name: string): readonly string[] =>
  named('Secret', name, ['-password', '-redis']);

/** What Strimzi's user operator and External Secrets write for a topic. */
export const kafkaTopicClaims = (name: string): readonly string[] =>
  named('Secret', name, ['-kafka', '-user']);

/**
 * Strimzi, for a Kafka with an entity operator and an exporter.
 * @see https://github.com/strimzi/strimzi-kafka-operator/blob/main/api/src/main/java/io/strimzi/api/kafka/model/kafka/KafkaResources.java
 */
export const kafkaClaims = (cluster: string, brokers: number): readonly string[] => {
  const pods = Array.from({ length: brokers }, (_, index) => `-${cluster}-${index}`);
  const programs = ['-entity-operator', '-kafka-exporter'];
  return [
    ...named('Service', cluster, ['-kafka-bootstrap', '-kafka-brokers']),
    ...named('ServiceAccount', cluster, ['-kafka', ...programs]),
    ...named('Secret', cluster, [
      ...['-cluster-ca', '-cluster-ca-cert', '-clients-ca', '-clients-ca-cert'],
      ...['-cluster-operator-certs', '-kafka-exporter-certs'],
      ...['-entity-topic-operator-certs', '-entity-user-operator-certs', ...pods],
    ]),
    ...named('ConfigMap', cluster, [
      ...['-entity-topic-operator-config', '-entity-user-operator-config', ...pods],
    ]),
    ...named('Deployment.apps', cluster, programs),
    ...named('PodDisruptionBudget.policy', cluster, ['-kafka']),
    ...named('NetworkPolicy.networking.k8s.io', cluster, ['-network-policy-kafka', ...programs]),
    ...named(`Role.${RBAC}`, cluster, ['-entity-operator']),
    ...named(`RoleBinding.${RBAC}`, cluster, [
      ...['-entity-topic-operator-role', '-entity-user-operator-role'],
    ]),
  ];
};

/** What the SeaweedFS operator writes for a bucket. */
export const bucketClaims = (name: string): readonly string[] =>
  named('Secret', name, ['-bucket-credentials']);

/**
 * The SeaweedFS operator, for a cluster with a master, a volume server, a filer and a gateway.
 * @see https://github.com/seaweedfs/seaweedfs-operator
 */
export const seaweedClaims = (cluster: string): readonly string[] => [
  ...named('Service', cluster, [
    ...['-master', '-master-peer', '-volume-peer', '-volume-0'],
    ...['-filer', '-filer-peer', '-s3'],
  ]),
  ...named('ConfigMap', cluster, ['-master', '-filer']),
  ...named('StatefulSet.apps', cluster, ['-master', '-volume', '-filer']),
  ...named('Deployment.apps', cluster, ['-s3']),
];
