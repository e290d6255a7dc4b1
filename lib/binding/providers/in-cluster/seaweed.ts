import type { SeaweedSpec } from '../../../../imports/seaweed.seaweedfs.com';
import type { PodDemand, ServiceRequest } from '../../../backing-service';
import {
  applicationLabels,
  type Manifest,
  type NetworkPolicyPeer,
  type Plain,
} from '../../../foundation';
import { podSecurityContext, stockUser } from '../../../workload';
import { STOCK_IMAGES } from './images';
import { classNamed, ingressPolicy, kept, made, podsIn, podsOf, RESTRICTED } from './made';
import type { Options } from './options';
import { imagePullSecrets, podMetadata } from './pods';
import { resourcesOf, rungOf } from './sizes';

export const SEAWEED_API = 'seaweed.seaweedfs.com/v1';
/** The name of the one SeaweedFS of an application. */
export const SEAWEED = 'seaweedfs';
export const S3_PORT = 8333;
/** Masters, volume servers and filers, each with HTTP and gRPC. */
const OPERATOR_PORTS = [8333, 8444, 8888, 9333, 18_444, 18_888, 19_333];
/** It is there for all buckets of the application, whatever their sizes. */
const SIZE = 'M';

/** Where S3 is spoken: in this namespace, or in another. */
export interface Gateway {
  readonly cluster: string;
  readonly namespace?: string;
}

const clusterPods = (cluster: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/name': 'seaweedfs',
  'app.kubernetes.io/instance': cluster,
});

/** The labels of the pods that speak S3. */
export const gatewayLabels = (cluster: string): Readonly<Record<string, string>> => ({
  ...clusterPods(cluster),
  'app.kubernetes.io/component': 's3',
});

/** The pods of the gateway. */
export function gatewayPods({ cluster, namespace }: Gateway): NetworkPolicyPeer {
  const pods = gatewayLabels(cluster);
  return namespace === undefined ? podsOf(pods) : podsIn(namespace, pods);
}

/** The SeaweedFS of the application. It is kept whatever becomes of its buckets. */
export function seaweedCluster(
  request: Pick<ServiceRequest, 'application' | 'pods'>,
  options: Options,
): readonly Manifest[] {
  const labels = {
    ...applicationLabels(request.application),
    'app.kubernetes.io/component': 'bucket',
  };
  const pods = clusterPods(SEAWEED);
  return [
    kept(made(SEAWEED_API, 'Seaweed', SEAWEED, labels, seaweedSpec(request, options))),
    // Not `-ingress`, which a bucket named as the SeaweedFS has.
    kept(
      ingressPolicy(`${SEAWEED}-cluster`, labels, pods, [
        { from: [podsOf(pods)] },
        { from: [podsIn(options.operators.seaweedfs)], ports: OPERATOR_PORTS },
      ]),
    ),
  ];
}

/** Its image runs as root unless it is told otherwise. */
const COMPONENT = {
  podSecurityContext: podSecurityContext(stockUser),
  containerSecurityContext: RESTRICTED,
};

/** What each component takes but the one that holds the data. */
const PART = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } };

/** What all of them take: a master, a filer, the data, and the gateway, which is a Deployment. */
export const seaweedDemand = ({ sizes }: Options): readonly PodDemand[] => [
  { pods: 2, containers: [{ resources: PART }] },
  { pods: 1, containers: [{ resources: resourcesOf(rungOf(SIZE, sizes)) }] },
  { pods: 1, more: 1, containers: [{ resources: PART }] },
];

function seaweedSpec(
  request: Pick<ServiceRequest, 'pods'>,
  { sizes, storageClass, images }: Options,
): Plain<SeaweedSpec> {
  const rung = rungOf(SIZE, sizes);
  const { requests, limits } = resourcesOf(rung);
  return {
    image: images?.seaweedfs ?? STOCK_IMAGES.seaweedfs,
    // Of the pods of all components.
    ...podMetadata(request),
    ...imagePullSecrets(request),
    volumeServerDiskCount: 1,
    master: { ...COMPONENT, ...PART, replicas: 1, defaultReplication: '000' },
    volume: {
      ...COMPONENT,
      replicas: 1,
      requests: { ...requests, storage: rung.storage },
      limits,
      ...classNamed('storageClassName', storageClass),
    },
    filer: {
      ...COMPONENT,
      ...PART,
      replicas: 1,
      persistence: {
        enabled: true,
        mountPath: '/data',
        subPath: '',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '4Gi' } },
        ...classNamed('storageClassName', storageClass),
      },
    },
    // A deployment of its own: S3 inside the filer is on its way out.
    s3: { ...COMPONENT, ...PART, replicas: 1, port: S3_PORT, iam: true },
  };
}
