import type {
  BucketLifecycleConfigurationSpec,
  BucketPublicAccessBlockSpec,
  BucketServerSideEncryptionConfigurationSpec,
  BucketSpec,
  BucketVersioningSpec,
} from '../../../../imports/s3.aws.m.upbound.io';
import type { Provided, Reach, ServiceRequest } from '../../../backing-service';
import type { BucketModel, Manifest, Plain } from '../../../foundation';
import { RELOAD } from '../../settings';
import { externalName } from '../external-name';
import { reachOf } from '../reach';
import type { AwsProps, AwsVpc } from './account';
import { cloudWatch } from './availability';
import { dataMetadata, deletionOf, managed, tagsOf } from './managed-resource';

type Request = ServiceRequest<BucketModel>;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const NAME = { longest: 63 };

/** Where EKS Pod Identity gives pods their credentials. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY = { cidr: '169.254.170.23/32', port: 80 };

/** A private bucket of S3. It has no keys: the identity of the workload is enough. */
export function bucketOnAws(props: AwsProps, request: Request): Provided {
  const { name, versioned, expireDays } = request.service;
  const bucket = externalName(request, { ...NAME, account: props.accountId });
  const object = `${name}-bucket`;
  const data = { bucket, region: props.region };
  const { labels } = request;
  return {
    manifests: [
      ...bucketManifests(props, request, bucket),
      ...(expireDays === undefined ? [] : [lifecycle(props, request, expireDays)]),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: object, labels, annotations: RELOAD },
        data,
      },
    ],
    reach: reachOfS3(props.vpc),
    gives: { [`ConfigMap/${object}`]: Object.keys(data) },
    statement: {
      engine: 'Amazon S3',
      tls: 'offered',
      encryptedAtRest: 'yes',
      backup: versioned ? 'versions of objects are kept' : 'none: it keeps no versions',
      highlyAvailable: true,
      deletion: deletionOf(request, 'deleted with all objects'),
      availability: cloudWatch(props, 'aws_s3_number_of_objects_average', 'BucketName', bucket),
    },
  };
}

/** S3 and the token service of AWS, and the agent that gives pods their identity. */
const reachOfS3 = ({ cidrs, s3Cidrs = [] }: AwsVpc): readonly Reach[] => [
  ...reachOf([...cidrs, ...s3Cidrs], [443]),
  ...reachOf([POD_IDENTITY.cidr], [POD_IDENTITY.port]),
];

/** The bucket; nothing public, encrypted, and versions as the contract wants. */
function bucketManifests(props: AwsProps, request: Request, name: string): readonly Manifest[] {
  const { service } = request;
  const spec: Plain<BucketSpec> = {
    ...managed(props, request),
    forProvider: {
      region: props.region,
      // Deleting is asked for, so what is in it goes too.
      forceDestroy: service.deletionPolicy === 'delete',
      tags: tagsOf(request),
    },
  };
  const versioning: SettingOf<BucketVersioningSpec> = {
    versioningConfiguration: { status: service.versioned ? 'Enabled' : 'Suspended' },
  };
  return [
    {
      apiVersion: 's3.aws.m.upbound.io/v1beta1',
      kind: 'Bucket',
      metadata: dataMetadata(request, service.name, name),
      spec,
    },
    setting(props, request, 'BucketPublicAccessBlock', NOTHING_PUBLIC),
    setting(props, request, 'BucketServerSideEncryptionConfiguration', encryption(props)),
    setting(props, request, 'BucketVersioning', versioning),
  ];
}

/** What a setting of a bucket says beside the bucket. */
type SettingOf<S extends { readonly forProvider: object }> = Omit<
  Plain<S>['forProvider'],
  'region' | 'bucketRef'
>;

const NOTHING_PUBLIC: SettingOf<BucketPublicAccessBlockSpec> = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

/** A bucket key keeps the calls of KMS, and their price, few. */
const encryption = ({
  kmsKeyArn,
}: AwsProps): SettingOf<BucketServerSideEncryptionConfigurationSpec> => ({
  rule: [
    kmsKeyArn === undefined
      ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
      : {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: 'aws:kms',
            kmsMasterKeyId: kmsKeyArn,
          },
          bucketKeyEnabled: true,
        },
  ],
});

/** Objects go after their days, and versions that were overwritten or removed as many days later. */
function lifecycle(props: AwsProps, request: Request, days: number): Manifest {
  const rules: SettingOf<BucketLifecycleConfigurationSpec> = {
    rule: [
      {
        id: 'expire',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        expiration: [{ days }],
        noncurrentVersionExpiration: [{ noncurrentDays: days }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    ],
  };
  return setting(props, request, 'BucketLifecycleConfiguration', rules);
}

/** A setting of the bucket, which stays as long as the bucket does. */
function setting(props: AwsProps, request: Request, kind: string, rest: object): Manifest {
  const { name } = request.service;
  const forProvider = { region: props.region, bucketRef: { name }, ...rest };
  return {
    apiVersion: 's3.aws.m.upbound.io/v1beta1',
    kind,
    metadata: dataMetadata(request, name),
    spec: { ...managed(props, request), forProvider },
  };
}
