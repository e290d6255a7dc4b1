import type { ServiceSize } from '../../../foundation';

/** What an environment says about the backing services that it runs itself. */
export interface InClusterProps {
  /** The class of all volumes. @default the cluster's own */
  readonly storageClass?: string;
  /**
   * Where databases are backed up to: an object store that speaks S3, by the Barman Cloud plugin of CloudNativePG and by the MariaDB
   * operator, or snapshots of the volumes.
   * @default none - then databases of the sizes L and XL are refused
   */
  readonly backup?:
    | {
        /** A bucket and a path in it, such as `s3://backups/dev`. Each database gets a folder of its own. */
        readonly destinationPath: string;
        /** Such as `https://s3.eu-central-1.amazonaws.com`. */
        readonly endpointUrl: string;
        /** A Secret of the namespace with the keys `accessKeyId` and `secretAccessKey`. */
        readonly credentials: string;
        /**
         * The entry of the environment's secretStore with both keys, such as `platform/backup`: External Secrets writes that Secret from it.
         * @default none - somebody else puts the Secret there
         */
        readonly entry?: string;
        /**
         * The folder of a PostgreSQL is `<id>`, or `<id>-2` in generation 2. A `Cluster` that was deleted and is made anew needs another
         * generation: CloudNativePG archives into no folder that another has written to.
         * @default 1
         */
        readonly generation?: number;
        /** For how many days they are kept. @default 7 */
        readonly days?: number;
      }
    | { readonly volumeSnapshotClass: string };
  /** A SeaweedFS that the platform runs, for the buckets of every application. @default one SeaweedFS for each application */
  readonly s3?: {
    /** The name of the `Seaweed`. */
    readonly cluster: string;
    /** Where it is. A ResourceReferenceGrant there must let the namespaces of applications in. */
    readonly namespace: string;
    /** Whether it survives the loss of a node. @default false - nothing is promised that is not known */
    readonly highlyAvailable?: boolean;
    /** @default 'by whoever runs it' */
    readonly backup?: string;
  };
  /** The namespaces of the operators: they must reach what they run. */
  readonly operators?: {
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
  };
  /** Images other than the stock ones, such as those of a mirror. */
  readonly images?: {
    /** PostgreSQL by major version, such as `{ 16: 'registry.example.com/postgresql:16.10' }`. CloudNativePG reads the version from the tag. */
    readonly postgres?: Readonly<Record<number, string>>;
    readonly mariadb?: string;
    /** The MariaDB operator itself: it runs beside each instance of a replicated MariaDB. */
    readonly mariadbOperator?: string;
    readonly valkey?: string;
    /** @default the operator's own */
    readonly rabbitmq?: string;
    readonly seaweedfs?: string;
  };
  /** What one instance of a size gets, where it is not the stock one. Volumes grow and never shrink. */
  readonly sizes?: Readonly<
    Partial<
      Record<
        ServiceSize,
        { readonly cpu: string; readonly memory: string; readonly storage: string }
      >
    >
  >;
}

/** Backups to an object store. */
export type ObjectStoreBackup = Extract<
  InClusterProps['backup'],
  { readonly destinationPath: string }
>;

/** The same with every default filled in. */
export interface Options extends Omit<InClusterProps, 'operators'> {
  readonly operators: Required<NonNullable<InClusterProps['operators']>>;
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
