import { checkFacts, type Refusal } from '../../../backing-service';
import {
  custom,
  either,
  fields,
  integer,
  isBag,
  isDnsLabel,
  isObjectName,
  optional,
  text,
} from '../../../foundation';
import { imagesShape } from './images';
import type { InClusterProps } from './options';
import { sizesShape } from './sizes';

const object = (give: string) => text(give, isObjectName);
const namespace = text('the name of a namespace', isDnsLabel, 'NamespaceInvalid');

const storeShape = fields(
  {
    destinationPath: text("a bucket and a path such as 's3://backups/dev'", (value) =>
      /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*$/.test(value),
    ),
    endpointUrl: text("an address such as 'https://s3.eu-central-1.amazonaws.com'", (value) =>
      /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(value),
    ),
    credentials: object('the name of a Secret'),
    entry: optional(text("an entry of the secretStore, such as 'platform/backup'")),
    generation: optional(integer(1, 9999, 'a whole number from 1, such as 2')),
    days: optional(integer(1, 3650, 'whole days, at most ten years')),
  },
  '{ destinationPath, endpointUrl, credentials }',
);
const snapshotShape = fields(
  { volumeSnapshotClass: object('the name of a VolumeSnapshotClass') },
  '{ volumeSnapshotClass }',
);
const backupShape = either(
  (value) => (isBag(value) && 'volumeSnapshotClass' in value ? snapshotShape : storeShape),
  `${storeShape.give} or ${snapshotShape.give}`,
);
const seaweedShape = fields(
  {
    cluster: text('the name of a Seaweed', isDnsLabel),
    namespace,
    highlyAvailable: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    backup: optional(text('how often and for how long')),
  },
  '{ cluster, namespace }',
);
const operatorsShape = fields(
  {
    cloudNativePg: optional(namespace),
    mariadb: optional(namespace),
    rabbitmq: optional(namespace),
    strimzi: optional(namespace),
    seaweedfs: optional(namespace),
  },
  "namespaces, such as { cloudNativePg: 'cnpg-system' }",
);
const shape = fields(
  {
    storageClass: optional(object('the name of a StorageClass')),
    backup: optional(backupShape),
    s3: optional(seaweedShape),
    operators: optional(operatorsShape),
    images: optional(imagesShape),
    sizes: optional(sizesShape),
  },
  'the facts of inCluster()',
);

/** What is missing or wrong in the facts. */
export const checkOptions = (props: InClusterProps, path: string): readonly Refusal[] =>
  checkFacts(shape, props, path);
