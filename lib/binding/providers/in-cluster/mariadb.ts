import type { MariaDbSpec } from '../../../../imports/k8s.mariadb.com';
import type { PodDemand, ServiceRequest } from '../../../backing-service';
import type { MySqlModel, Plain } from '../../../foundation';
import { STOCK_IMAGES } from './images';
import { classNamed, RESTRICTED_POD } from './made';
import type { Options } from './options';
import { passwordSecret } from './password';
import { apart, imagePullSecrets, metadataAs } from './pods';
import { quantityOf, resourcesOf, rungOf, SMALL } from './sizes';

/** The user of the official image, to whom the operator gives the volume. */
const MYSQL_USER = 999;
/** The user of the exporter's image, `nobody`. */
const EXPORTER_USER = 65534;

/** The operator's type has no seccomp profile for containers: that of the pod holds for all of them. */
export const CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
};
export const POD = {
  ...RESTRICTED_POD,
  runAsUser: MYSQL_USER,
  runAsGroup: MYSQL_USER,
  fsGroup: MYSQL_USER,
};

/** The labels of its pods. */
export const mariaDbPods = (name: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': 'mariadb',
  'app.kubernetes.io/instance': name,
});

/** The labels of the pods that back it up, which have none of the operator's. */
export const mariaDbBackupPods = (name: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': 'mariadb-backup',
  'app.kubernetes.io/instance': name,
});

/** One MariaDB, or three with Galera. The operator sets nothing of what Pod Security `restricted` asks for. */
export function mariaDbSpec(
  request: ServiceRequest<MySqlModel>,
  { sizes, storageClass, images }: Options,
  instances: number,
): Plain<MariaDbSpec> {
  const { name, database, size } = request.service;
  const rung = rungOf(size, sizes);
  return {
    image: images?.mariadb ?? STOCK_IMAGES.mariadb,
    replicas: instances,
    rootPasswordSecretKeyRef: { name: `${name}-root`, key: 'password', generate: true },
    database,
    username: database,
    passwordSecretKeyRef: { name: passwordSecret(request), key: 'password' },
    storage: { size: rung.storage, ...classNamed('storageClassName', storageClass) },
    resources: resourcesOf(rung),
    // Three fifths of the memory; Galera and the connections live in the rest.
    myCnf: `[mariadb]\ninnodb_buffer_pool_size=${quantityOf(rung, 0.6).replace('i', '')}\n`,
    ...metadataAs('podMetadata', request),
    // Its exporter and its backups take them over.
    ...imagePullSecrets(request),
    podSecurityContext: POD,
    securityContext: CONTAINER,
    tls: { enabled: true, required: false },
    metrics: {
      enabled: true,
      exporter: {
        resources: SMALL,
        ...metadataAs('podMetadata', request),
        podSecurityContext: { ...RESTRICTED_POD, runAsUser: EXPORTER_USER },
        securityContext: CONTAINER,
      },
    },
    updateStrategy: { type: 'ReplicasFirstPrimaryLast' },
    ...(instances > 1 && replicated(name, images?.mariadbOperator ?? STOCK_IMAGES.mariadbOperator)),
  };
}

/**
 * What its pods take: the instances, each with an agent where there are several, the exporter, and the Jobs by which the operator sets up
 * and mends several, of which nobody says what they take.
 */
export const mariaDbDemand = (
  { service }: Pick<ServiceRequest<MySqlModel>, 'service'>,
  { sizes }: Options,
  instances: number,
): readonly PodDemand[] => {
  const resources = resourcesOf(rungOf(service.size, sizes));
  const agent = [{ resources: SMALL }];
  const isReplicated = instances > 1;
  return [
    {
      pods: instances,
      containers: [{ resources }, ...(isReplicated ? agent : [])],
      ...(isReplicated && { initContainers: agent }),
    },
    { pods: 1, more: 1, containers: [{ resources: SMALL }] },
    ...(isReplicated ? [{ pods: 0, more: instances, containers: [{ resources: {} }] }] : []),
  ];
};

/** Its agent and its init container are the operator's own image, and as bare of security as the rest. */
const replicated = (
  name: string,
  image: string,
): Pick<Plain<MariaDbSpec>, 'galera' | 'affinity' | 'podDisruptionBudget'> => ({
  galera: {
    enabled: true,
    primary: { autoFailover: true },
    agent: { image, securityContext: CONTAINER, resources: SMALL },
    initContainer: { image, securityContext: CONTAINER, resources: SMALL },
  },
  affinity: apart(mariaDbPods(name)),
  podDisruptionBudget: { maxUnavailable: 1 },
});
