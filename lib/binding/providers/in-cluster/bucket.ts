import type {
  BucketLifecyclePolicySpec,
  BucketSpec,
  S3CredentialsSpec,
  S3IdentitySpec,
  S3PolicyBindingSpec,
  S3PolicySpec,
} from '../../../../imports/seaweed.seaweedfs.com';
import type { Provided, Refusal, ServiceRequest, Supply } from '../../../backing-service';
import type { BucketModel, Manifest, Plain, ServiceStatement } from '../../../foundation';
import { RELOAD } from '../../settings';
import { externalName } from '../external-name';
import { bucketClaims, seaweedClaims } from './claims';
import { callersPolicies, hostOf, keptBy, made } from './made';
import type { Options } from './options';
import {
  gatewayLabels,
  gatewayPods,
  S3_PORT,
  SEAWEED,
  SEAWEED_API,
  seaweedCluster,
  seaweedDemand,
  type Gateway,
} from './seaweed';

type Request = ServiceRequest<BucketModel>;

/** SeaweedFS has no regions; clients sign with one all the same. */
const REGION = 'us-east-1';
/** Several applications may share one SeaweedFS. */
const NAME = { longest: 63 };

/**
 * A bucket of SeaweedFS by its operator, and an identity that may use it and no other.
 * @see https://github.com/seaweedfs/seaweedfs-operator
 */
export const bucketIn =
  (options: Options): Supply<BucketModel> =>
  (request) => {
    const refused = checkSize(request.service, options);
    return refused.length > 0 ? { refused } : provide(request, options);
  };

function checkSize({ size }: BucketModel, { s3 }: Options): readonly Refusal[] {
  if (s3 || (size !== 'L' && size !== 'XL')) return [];
  return [
    {
      found: `it is of size ${size}, and inCluster() has one SeaweedFS without replicas, of sizes XS to M`,
      fix: 'Give inCluster() s3, a SeaweedFS that the platform runs, or give it another provider',
    },
  ];
}

/** Where the bucket is. */
const gatewayOf = ({ s3 }: Options): Gateway =>
  s3 ? { cluster: s3.cluster, namespace: s3.namespace } : { cluster: SEAWEED };

function provide(request: Request, options: Options): Provided {
  const { service } = request;
  const { name } = service;
  const gateway = gatewayOf(options);
  const bucket = externalName(request, NAME);
  return {
    ...(!options.s3 && {
      shared: seaweedCluster(request, options),
      sharedClaims: seaweedClaims(SEAWEED),
      sharedDemand: seaweedDemand(options),
    }),
    claims: bucketClaims(name),
    manifests: [
      ...keptBy(service.deletionPolicy, [bucketObject(request, gateway, bucket)]),
      ...lifecycle(request),
      ...access(request, gateway, bucket),
      configMap(request, gateway, bucket),
      ...(options.s3 ? [] : callersPolicies(request, gatewayLabels(gateway.cluster), S3_PORT)),
    ],
    reach: [{ to: [gatewayPods(gateway)], ports: [S3_PORT] }],
    gives: {
      [`ConfigMap/${name}-bucket`]: ['bucket', 'endpoint', 'forcePathStyle', 'region'],
      [`Secret/${name}-bucket-credentials`]: ['accessKeyId', 'secretAccessKey'],
    },
    statement: statement(request, options),
  };
}

const refOf = ({
  cluster,
  namespace,
}: Gateway): { readonly name: string; readonly namespace?: string } => ({
  name: cluster,
  ...(namespace !== undefined && { namespace }),
});

function bucketObject({ service, labels }: Request, gateway: Gateway, name: string): Manifest {
  const isKept = service.deletionPolicy === 'retain';
  const spec: Plain<BucketSpec> = {
    name,
    clusterRef: refOf(gateway),
    reclaimPolicy: isKept ? 'Retain' : 'Delete',
    // What was kept is taken up again when the service comes back.
    adoptExisting: isKept,
    versioning: service.versioned ? 'Enabled' : 'Off',
  };
  return made(SEAWEED_API, 'Bucket', service.name, labels, spec);
}

function lifecycle({ service, labels }: Request): readonly Manifest[] {
  const { name, expireDays: days, versioned } = service;
  if (days === undefined) return [];
  const spec: Plain<BucketLifecyclePolicySpec> = {
    bucketRef: { name },
    rules: [
      {
        id: 'expire',
        status: 'Enabled',
        expiration: { days },
        // Or what was removed would stay as a version for ever.
        ...(versioned && { noncurrentVersionExpiration: { noncurrentDays: days } }),
      },
    ],
  };
  return [made(SEAWEED_API, 'BucketLifecyclePolicy', name, labels, spec)];
}

const ON_BUCKET = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
const ON_OBJECTS = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:GetObject',
  's3:ListMultipartUploadParts',
  's3:PutObject',
];

/** Identities and policies have names of the whole SeaweedFS; objects those of the namespace. */
function access(request: Request, gateway: Gateway, bucket: string): readonly Manifest[] {
  const { service, labels } = request;
  const { name } = service;
  const seaweedRef = refOf(gateway);
  const object = (kind: string, spec: object): Manifest =>
    made(SEAWEED_API, kind, name, labels, spec);
  const identity: Plain<S3IdentitySpec> = { seaweedRef, name: bucket };
  const policy: Plain<S3PolicySpec> = {
    seaweedRef,
    name: bucket,
    statements: [
      { effect: 'Allow', actions: ON_BUCKET, resources: [bucket] },
      { effect: 'Allow', actions: ON_OBJECTS, resources: [`${bucket}/*`] },
    ],
  };
  const binding: Plain<S3PolicyBindingSpec> = {
    seaweedRef,
    policyRef: { name },
    subjects: [{ kind: 'S3Identity', name }],
  };
  const credentials: Plain<S3CredentialsSpec> = {
    seaweedRef,
    identityRef: { name },
    secretRef: {
      name: `${name}-bucket-credentials`,
      accessKeyField: 'accessKeyId',
      secretKeyField: 'secretAccessKey',
    },
  };
  return [
    object('S3Identity', identity),
    object('S3Policy', policy),
    object('S3PolicyBinding', binding),
    object('S3Credentials', credentials),
  ];
}

function configMap(request: Request, gateway: Gateway, bucket: string): Manifest {
  const { service, labels } = request;
  const { cluster, namespace = request.namespace } = gateway;
  const host = hostOf(`${cluster}-s3`, { namespace });
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${service.name}-bucket`, labels, annotations: RELOAD },
    data: {
      bucket,
      region: REGION,
      endpoint: `http://${host}:${S3_PORT}`,
      forcePathStyle: 'true',
    },
  };
}

function statement({ service, namespace }: Request, { s3 }: Options): ServiceStatement {
  const versions = service.versioned ? 'none but older versions of each object' : 'none';
  return {
    engine: s3 ? `SeaweedFS ${s3.cluster} of the platform` : 'SeaweedFS, one for the application',
    tls: 'none',
    encryptedAtRest: 'by the storage class',
    backup: s3?.backup ?? (s3 ? 'by whoever runs it' : versions),
    highlyAvailable: s3?.highlyAvailable ?? false,
    deletion:
      service.deletionPolicy === 'delete'
        ? 'the bucket and all in it go'
        : 'nothing: the bucket stays, and is taken up again by the same name',
    availability: {
      exporter: 'kube-state-metrics',
      metric: 'kube_deployment_status_replicas_available',
      labels: { namespace: s3?.namespace ?? namespace, deployment: `${s3?.cluster ?? SEAWEED}-s3` },
      means: 'positive',
    },
  };
}
