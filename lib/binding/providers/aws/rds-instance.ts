import type { InstanceSpec } from '../../../../imports/rds.aws.m.upbound.io';
import type { Provided, Refusal, ServiceRequest } from '../../../backing-service';
import type {
  Manifest,
  MySqlModel,
  Plain,
  PostgresModel,
  ServiceStatement,
} from '../../../foundation';
import { externalName } from '../external-name';
import { reachOf } from '../reach';
import { wantsStandby } from '../standby';
import { retentionDays, type AwsProps } from './account';
import { cloudWatch } from './availability';
import { canonicalSecrets, present } from './canonical-secret';
import { classOf, GROWTH, STORAGE } from './classes';
import { dataMetadata, deletionOf, managed, tagsOf } from './managed-resource';

/** What differs between the engines of RDS. */
export interface RdsEngine {
  readonly name: 'postgres' | 'mysql';
  /** In statements, such as `PostgreSQL 16 on Amazon RDS`. */
  readonly label: string;
  /** The major version: RDS takes its newest minor one, and follows it. */
  readonly version: string;
  readonly port: number;
  readonly tls: ServiceStatement['tls'];
  /** The keys of the canonical Secret beside those that both have, as templates over host, port, username and password. */
  readonly keys: Readonly<Record<string, string>>;
}

type Request = ServiceRequest<PostgresModel> | ServiceRequest<MySqlModel>;

/** The limit of an identifier of RDS. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const NAME = { longest: 63 };

/** A word that no engine reserves. */
const USER = 'app';

/** What both engines refuse. */
export function checkRds(
  { vpc }: AwsProps,
  { service }: Request,
  reserved: readonly string[],
): readonly Refusal[] {
  const refused: Refusal[] = [];
  if (vpc.subnetGroups?.rds === undefined) {
    const found = 'RDS stands in a DB subnet group, and aws() names none';
    refused.push({ found, fix: 'Give aws() vpc.subnetGroups.rds' });
  }
  if (reserved.includes(service.database)) {
    const found = `its database is ${service.database}, which RDS keeps for itself`;
    refused.push({ found, fix: "Give it another one, such as database: 'app'" });
  }
  return refused;
}

/** An instance of RDS, and the canonical Secret. */
export function rdsInstance(props: AwsProps, request: Request, engine: RdsEngine): Provided {
  const { name } = request.service;
  const identifier = externalName(request, NAME);
  const isMultiAz = wantsStandby(request);
  const object = `${name}-app`;
  const connection = `${name}-connection`;
  const from = Object.fromEntries(
    ['host', 'port', 'username', 'password'].map((key) => [key, { secret: connection, key }]),
  );
  const keys = keysOf(props, request, engine);
  return {
    manifests: [
      instance(props, request, engine, { identifier, isMultiAz, connection }),
      ...canonicalSecrets(request, [{ name: object, from, keys }]),
    ],
    reach: reachOf(props.vpc.cidrs, [engine.port]),
    gives: { [`Secret/${object}`]: Object.keys(keys) },
    statement: {
      engine: engine.label,
      tls: engine.tls,
      encryptedAtRest: 'yes',
      backup: `daily and to any point in time, ${retentionDays(props)} days`,
      highlyAvailable: isMultiAz,
      deletion: deletionOf(request, 'deleted with its backups, without a final snapshot'),
      availability: cloudWatch(
        props,
        'aws_rds_cpuutilization_average',
        'DBInstanceIdentifier',
        identifier,
      ),
    },
  };
}

const keysOf = (
  { rdsCertificates }: AwsProps,
  { service }: Request,
  engine: RdsEngine,
): RdsEngine['keys'] => ({
  host: present('host'),
  port: '{{ .port }}',
  dbname: service.database,
  username: '{{ .username }}',
  password: '{{ .password }}',
  ...engine.keys,
  ...(rdsCertificates !== undefined && { 'ca.crt': rdsCertificates }),
});

interface Names {
  readonly identifier: string;
  readonly isMultiAz: boolean;
  readonly connection: string;
}

function instance(
  props: AwsProps,
  request: Request,
  engine: RdsEngine,
  { identifier, isMultiAz, connection }: Names,
): Manifest {
  const { name, size, database, deletionPolicy } = request.service;
  const spec: Plain<InstanceSpec> = {
    ...managed(props, request),
    forProvider: {
      region: props.region,
      identifier,
      engine: engine.name,
      engineVersion: engine.version,
      autoMinorVersionUpgrade: true,
      instanceClass: classOf(props, 'rds', size),
      multiAz: isMultiAz,
      ...disk(props, STORAGE[size]),
      ...network(props),
      dbName: database,
      username: USER,
      autoGeneratePassword: true,
      passwordSecretRef: { name: `${name}-master`, key: 'password' },
      iamDatabaseAuthenticationEnabled: false,
      backupRetentionPeriod: retentionDays(props),
      copyTagsToSnapshot: true,
      ...deletion(deletionPolicy === 'retain', identifier),
      tags: tagsOf(request),
    },
    writeConnectionSecretToRef: { name: connection },
  };
  return {
    apiVersion: 'rds.aws.m.upbound.io/v1beta1',
    kind: 'Instance',
    metadata: dataMetadata(request, name, identifier),
    spec,
  };
}

type Settings = Partial<Plain<InstanceSpec>['forProvider']>;

const disk = ({ kmsKeyArn }: AwsProps, size: number): Settings => ({
  storageType: 'gp3',
  allocatedStorage: size,
  maxAllocatedStorage: size * GROWTH,
  storageEncrypted: true,
  ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
});

const network = ({ vpc: { subnetGroups, securityGroupIds } }: AwsProps): Settings => ({
  publiclyAccessible: false,
  ...(subnetGroups?.rds !== undefined && { dbSubnetGroupName: subnetGroups.rds }),
  vpcSecurityGroupIds: securityGroupIds,
});

/** Retained, it is also safe from somebody who deletes it in AWS. */
const deletion = (isRetained: boolean, identifier: string): Settings => ({
  deletionProtection: isRetained,
  deleteAutomatedBackups: !isRetained,
  skipFinalSnapshot: !isRetained,
  ...(isRetained && { finalSnapshotIdentifier: `${identifier}-final` }),
});
