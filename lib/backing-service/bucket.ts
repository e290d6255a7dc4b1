import { custom, fields, integer, optional } from '../foundation';
import {
  configMapOutputs,
  secretOutputs,
  serviceShapes,
  type ServiceDefinition,
  type ServiceProps,
} from './service-definition';

/** A bucket that speaks the protocol of S3. */
export interface BucketProps extends ServiceProps {
  /** Whether overwritten and removed objects can be had back. @default true - the backup of a bucket */
  readonly versioned?: boolean;
  /** After how many days objects are removed. @default never */
  readonly expireDays?: number;
}

export type BucketKey =
  'bucket' | 'region' | 'endpoint' | 'forcePathStyle' | 'accessKeyId' | 'secretAccessKey';

/**
 * Facts in a ConfigMap, keys in a Secret that is not there where the identity of the workload is enough. The variables are those that the
 * AWS SDKs read by themselves.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const bucket: ServiceDefinition<'bucket', BucketProps, BucketKey> = {
  kind: 'bucket',
  port: 443,
  outputs: (id) => ({
    ...configMapOutputs(`${id}-bucket`, ['bucket', 'region'], ['endpoint', 'forcePathStyle']),
    ...secretOutputs(`${id}-bucket-credentials`, [], ['accessKeyId', 'secretAccessKey']),
  }),
  variables: {
    S3_BUCKET: 'bucket',
    AWS_REGION: 'region',
    AWS_ENDPOINT_URL_S3: 'endpoint',
    S3_FORCE_PATH_STYLE: 'forcePathStyle',
    AWS_ACCESS_KEY_ID: 'accessKeyId',
    AWS_SECRET_ACCESS_KEY: 'secretAccessKey',
  },
  shape: fields(
    {
      ...serviceShapes,
      versioned: optional(custom((value) => typeof value === 'boolean', 'true or false')),
      expireDays: optional(integer(1, 36_500, 'whole days from 1')),
    },
    'the props of a Bucket',
  ),
  resolve: (place, { versioned = true, expireDays }) => ({
    kind: 'bucket',
    ...place,
    versioned,
    ...(expireDays !== undefined && { expireDays }),
  }),
};
