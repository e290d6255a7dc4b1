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
  type ServiceSize,
} from '../../../foundation';
import { imagesShape, type Images } from './images';
import { sizesShape, type Rung } from './sizes';

/** Backups to an object store that speaks S3, by the Barman Cloud plugin of CloudNativePG and by the MariaDB operator. */
export interface ObjectStoreBackup {
  /** A bucket and a path in it, such as `s3://backups/dev`. Each database gets a folder of its own. */
  readonly destinationPath: string;
  /** Such as `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpointUrl: string;
  /** A Secret of the namespace with the keys `accessKeyId` and `secretAccessKey`. */
  readonly credentials: string;
  /** For how many days they are kept. @default 7 */
  readonly days?: number;
}

/** Backups by snapshots of the volumes. */
export interface SnapshotBackup {
  readonly volumeSnapshotClass: string;
}

/** A SeaweedFS that the platform runs, for the buckets of every application. */
export interface SharedSeaweed {
  /** The name of the `Seaweed`. */
  readonly cluster: string;
  /** Where it is. A ResourceReferenceGrant there must let the namespaces of applications in. */
  readonly namespace: string;
  /** Whether it survives the loss of a node. @default false - nothing is promised that is not known */
  readonly highlyAvailable?: boolean;
  /** @default 'by whoever runs it' */
  readonly backup?: string;
}

/** The namespaces of the operators: they must reach what they run. */
export interface OperatorNamespaces {
  /** @default 'cnpg-system' */
  readonly cloudNativePg?: string;
  /** @default 'mariadb-operator' */
  readonly mariadb?: string;
  /** The cluster operator and the messaging topology operator. @default 'rabbitmq-system' */
  readonly rabbitmq?: string;
  /** @default 'strimzi' */
  readonly strimzi?: string;
  /** @default 'seaweedfs-operator-system' */
  readonly seaweedfs?: string;
}

/** What an environment says about the backing services that it runs itself. */
export interface InClusterProps {
  /** The class of all volumes. @default the cluster's own */
  readonly storageClass?: string;
  /** Where databases are backed up to. @default none - then databases of the sizes L and XL are refused */
  readonly backup?: ObjectStoreBackup | SnapshotBackup;
  /** @default one SeaweedFS for each application */
  readonly s3?: SharedSeaweed;
  /** Where the operators run. @default the namespaces of their own installation guides */
  readonly operators?: OperatorNamespaces;
  /** Images other than the stock ones, such as those of a mirror. */
  readonly images?: Images;
  /** What a size is made of, where it is not the stock one. */
  readonly sizes?: Readonly<Partial<Record<ServiceSize, Rung>>>;
}

/** The same with every default filled in. */
export interface Options extends Omit<InClusterProps, 'operators'> {
  readonly operators: Required<OperatorNamespaces>;
}

/** Fills in the defaults. */
export const resolveOptions = (props: InClusterProps): Options => ({
  ...props,
  operators: {
    cloudNativePg: props.operators?.cloudNativePg ?? 'cnpg-system',
    mariadb: props.operators?.mariadb ?? 'mariadb-operator',
    rabbitmq: props.operators?.rabbitmq ?? 'rabbitmq-system',
    strimzi: props.operators?.strimzi ?? 'strimzi',
    seaweedfs: props.operators?.seaweedfs ?? 'seaweedfs-operator-system',
  },
});

/** How long backups are kept, where it is not said: a week, in which a mistake is noticed. */
export const backupDays = ({ days = 7 }: ObjectStoreBackup): number => days;

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
