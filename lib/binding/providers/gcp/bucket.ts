import type {
  StorageBucketSpec,
  StorageBucketSpecLifecycleRule,
} from '../../../../imports/storage.cnrm.cloud.google.com';
import type { Provided, Refusal, ServiceRequest, Supply } from '../../../backing-service';
import type { BucketModel, Manifest, Plain, ServiceStatement } from '../../../foundation';
import { externalSecret, keysOfEntry } from '../../made-secret';
import { RELOAD } from '../../settings';
import { externalName } from '../external-name';
import { probeLabels } from '../probe-labels';
import { reachOf } from '../reach';
import { gcpDeletion, gcpMetadata, type GcpProps, type GcpSpec } from './account';

/** How long what was overwritten or removed can be had back. */
const OLD_VERSION_DAYS = 30;
/** How long a bucket's removed objects stay even without versions: the service's own default. */
const SOFT_DELETE_DAYS = 7;
const DAY = 86_400;

const HMAC_KEYS = ['accessKeyId', 'secretAccessKey'] as const;

type Store = NonNullable<ServiceRequest['secretStore']>;

/** A bucket of Cloud Storage by its XML API, which speaks S3 with HMAC keys. */
export const gcpBucket =
  (props: GcpProps): Supply<BucketModel> =>
  (request) => {
    const { secretStore } = request;
    const { apis } = props;
    if (secretStore && apis) return provide({ ...props, apis }, request, secretStore);
    return { refused: missing(props, request) };
  };

/** Config Connector can make HMAC keys, but it writes them nowhere that a workload could read. */
const keysEntry = ({ service }: ServiceRequest): string => `${service.name}-hmac`;

const missing = ({ apis }: GcpProps, request: ServiceRequest): readonly Refusal[] => [
  ...(request.secretStore
    ? []
    : [
        {
          found: `its HMAC keys come from the entry ${request.application}/${keysEntry(request)}, and the environment has no secret store`,
          fix: 'Give the environment a secretStore',
        },
      ]),
  ...(apis
    ? []
    : [
        {
          found: 'it is a bucket, and gcp() does not know where pods reach the APIs of Google',
          fix: "Give gcp() apis, such as ['199.36.153.8/30'] for private.googleapis.com",
        },
      ]),
];

function provide(
  props: GcpProps & Required<Pick<GcpProps, 'apis'>>,
  request: ServiceRequest<BucketModel>,
  store: Store,
): Provided {
  const { service, labels } = request;
  const credentials = `${service.name}-bucket-credentials`;
  const facts = `${service.name}-bucket`;
  const bucket = bucketName(props, request);
  const data = {
    bucket,
    region: props.region,
    endpoint: 'https://storage.googleapis.com',
    forcePathStyle: 'true',
  };
  const metadata = { name: facts, labels, annotations: RELOAD };
  return {
    manifests: [
      storageBucket(props, request, bucket),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
      hmacKeys(request, store, credentials),
    ],
    reach: reachOf(props.apis, [443]),
    gives: {
      [`ConfigMap/${facts}`]: Object.keys(data),
      [`Secret/${credentials}`]: HMAC_KEYS,
    },
    statement: statementOf(request, bucket),
  };
}

function statementOf(request: ServiceRequest<BucketModel>, bucket: string): ServiceStatement {
  const { service } = request;
  return {
    engine: 'Cloud Storage by its S3-compatible XML API',
    // Google answers plain HTTP too; no caller is let out to its port.
    tls: 'offered',
    encryptedAtRest: 'yes',
    backup: service.versioned
      ? `what is overwritten or removed stays for ${OLD_VERSION_DAYS} days`
      : `what is removed stays for ${SOFT_DELETE_DAYS} days`,
    highlyAvailable: true,
    deletion: gcpDeletion(service.deletionPolicy, `the bucket ${bucket}`),
    availability: {
      exporter: 'blackbox exporter',
      metric: 'probe_success',
      labels: probeLabels(request),
      means: 'positive',
    },
  };
}

/** All customers of Google share the names of buckets. */
const bucketName = ({ project }: GcpProps, request: ServiceRequest): string =>
  externalName(request, { longest: 63, account: project });

function storageBucket(
  props: GcpProps,
  request: ServiceRequest<BucketModel>,
  bucket: string,
): Manifest {
  const { service } = request;
  const spec: GcpSpec<StorageBucketSpec> = {
    resourceID: bucket,
    location: props.region,
    storageClass: 'STANDARD',
    uniformBucketLevelAccess: true,
    publicAccessPrevention: 'enforced',
    versioning: { enabled: service.versioned },
    softDeletePolicy: { retentionDurationSeconds: SOFT_DELETE_DAYS * DAY },
    lifecycleRule: [...rulesFor(service)],
  };
  const metadata = gcpMetadata(props, request, {
    // Cloud Storage refuses to remove a bucket that is not empty.
    'cnrm.cloud.google.com/force-destroy': String(service.deletionPolicy === 'delete'),
  });
  return {
    apiVersion: 'storage.cnrm.cloud.google.com/v1beta1',
    kind: 'StorageBucket',
    metadata,
    spec,
  };
}

const rulesFor = ({
  versioned,
  expireDays,
}: BucketModel): readonly Plain<StorageBucketSpecLifecycleRule>[] => [
  { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
  ...(expireDays === undefined
    ? []
    : [{ action: { type: 'Delete' }, condition: { age: expireDays, withState: 'LIVE' } }]),
  ...(versioned
    ? [{ action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: OLD_VERSION_DAYS } }]
    : []),
];

function hmacKeys(request: ServiceRequest, store: Store, name: string): Manifest {
  const { kind, name: storeName, refreshInterval } = store;
  return externalSecret(
    { name, labels: request.labels },
    {
      refreshInterval,
      secretStoreRef: { kind, name: storeName },
      data: keysOfEntry(store.entry(keysEntry(request)), HMAC_KEYS),
    },
  );
}
