import type {
  SqlDatabaseSpec,
  SqlInstanceSpec,
  SqlInstanceSpecSettingsBackupConfiguration,
  SqlUserSpec,
} from '../../../../imports/sql.cnrm.cloud.google.com';
import type { Provided, ServiceRequest } from '../../../backing-service';
import type {
  Manifest,
  MySqlModel,
  Plain,
  PostgresModel,
  ServiceSize,
  ServiceStatement,
} from '../../../foundation';
import { externalName } from '../external-name';
import { generatedPassword, PASSWORD_KEY } from '../generated-password';
import { namespaceStore } from '../namespace-store';
import { reachOf } from '../reach';
import { retention } from '../retention';
import { wantsStandby } from '../standby';
import { gcpDeletion, gcpMetadata, type GcpProps, type GcpSpec } from './account';
import { connectionSecret, type Fetched } from './connection-secret';
import { statusStore, statusStoreName } from './status-store';

/** The group of Config Connector for Cloud SQL. */
const GROUP = 'sql.cnrm.cloud.google.com';
const API = `${GROUP}/v1beta1`;

/**
 * Machines of the edition Enterprise: shared cores, then 1, 2, 4 and 8 cores with 3.75 GB each.
 * @see https://cloud.google.com/sql/docs/postgres/instance-settings
 */
const TIERS: Readonly<Record<ServiceSize, string>> = {
  XS: 'db-g1-small',
  S: 'db-custom-1-3840',
  M: 'db-custom-2-7680',
  L: 'db-custom-4-15360',
  XL: 'db-custom-8-30720',
};

/** The longest that a name may be whatever the project: both together have 98 characters. */
const NAME = { longest: 63 };

/** The one user, who owns the database. */
export const USER = 'app';
const BACKUPS = 14;
const LOG_DAYS = 7;

type SqlModel = PostgresModel | MySqlModel;

/** What sets the engines apart. */
export interface SqlEngine {
  /** Such as `PostgreSQL 16`. */
  readonly name: string;
  /** Such as `POSTGRES_16`. */
  readonly version: string;
  readonly port: number;
  readonly charset: string;
  /** What makes any moment of the last days recoverable. */
  readonly log: Plain<SqlInstanceSpecSettingsBackupConfiguration>;
  readonly user: Plain<Pick<SqlUserSpec, 'host'>>;
  /** The keys of the Secret beside those that both have; `{{ .host }}` and `{{ .password }}` are fetched. */
  readonly keys: Readonly<Record<string, string>>;
}

/** An instance of Cloud SQL with a database and a user, reached by its private address. */
export function cloudSql<M extends SqlModel>(
  props: GcpProps,
  request: ServiceRequest<M>,
  engine: SqlEngine,
): Provided {
  const { service, labels } = request;
  const passwordSecret = `${service.name}-password`;
  const keys = {
    host: '{{ .host }}',
    port: String(engine.port),
    dbname: service.database,
    username: USER,
    password: '{{ .password }}',
    'ca.crt': '{{ .ca }}',
    ...engine.keys,
  };
  const name = `${service.name}-app`;
  return {
    manifests: [
      ...generatedPassword({ name: passwordSecret, labels, ...retention(service.deletionPolicy) }),
      sqlInstance(props, request, engine),
      ...databaseAndUser(props, request, engine, passwordSecret),
      ...statusStore(request, { group: GROUP, version: 'v1beta1', plural: 'sqlinstances' }),
      ...namespaceStore(passwordSecret, request, [passwordSecret]),
      connectionSecret({ name, labels, fetched: fetchedFor(request, passwordSecret), keys }),
    ],
    reach: reachOf(props.services, [engine.port]),
    gives: { [`Secret/${name}`]: Object.keys(keys) },
    statement: statementOf(props, request, engine),
  };
}

function statementOf(
  { project }: GcpProps,
  request: ServiceRequest,
  engine: SqlEngine,
): ServiceStatement {
  const instance = externalName(request, NAME);
  return {
    engine: `${engine.name} by Cloud SQL`,
    tls: 'required',
    encryptedAtRest: 'yes',
    backup: `daily, the last ${BACKUPS}; and any moment of the last ${LOG_DAYS} days`,
    highlyAvailable: wantsStandby(request),
    deletion: gcpDeletion(request.service.deletionPolicy, `the instance ${instance}`),
    availability: {
      exporter: 'stackdriver_exporter',
      metric: 'stackdriver_cloudsql_database_cloudsql_googleapis_com_database_up',
      labels: { database_id: `${project}:${instance}` },
      means: 'positive',
    },
  };
}

const fetchedFor = (request: ServiceRequest, password: string): readonly Fetched[] => {
  const status = statusStoreName(request);
  return [
    { name: 'host', store: status, key: 'privateIpAddress' },
    { name: 'ca', store: status, key: 'serverCaCert.cert' },
    { name: 'password', store: password, key: password, property: PASSWORD_KEY },
  ];
};

function sqlInstance(props: GcpProps, request: ServiceRequest, engine: SqlEngine): Manifest {
  const { service } = request;
  const spec: GcpSpec<SqlInstanceSpec> = {
    resourceID: externalName(request, NAME),
    databaseVersion: engine.version,
    region: props.region,
    settings: {
      // PostgreSQL 16 and newer would be Enterprise Plus, which has other machines.
      edition: 'ENTERPRISE',
      tier: TIERS[service.size],
      availabilityType: wantsStandby(request) ? 'REGIONAL' : 'ZONAL',
      diskType: 'PD_SSD',
      // No diskSize: a disk that grew cannot be made smaller again.
      diskAutoresize: true,
      deletionProtectionEnabled: service.deletionPolicy === 'retain',
      ipConfiguration: {
        ipv4Enabled: false,
        privateNetworkRef: { external: props.network },
        sslMode: 'ENCRYPTED_ONLY',
      },
      backupConfiguration: {
        enabled: true,
        startTime: '03:00',
        transactionLogRetentionDays: LOG_DAYS,
        backupRetentionSettings: { retainedBackups: BACKUPS, retentionUnit: 'COUNT' },
        ...engine.log,
      },
    },
  };
  return { apiVersion: API, kind: 'SQLInstance', metadata: gcpMetadata(props, request), spec };
}

function databaseAndUser(
  props: GcpProps,
  request: ServiceRequest<SqlModel>,
  engine: SqlEngine,
  passwordSecret: string,
): readonly Manifest[] {
  const { service } = request;
  const metadata = gcpMetadata(props, request, {}, false);
  const instanceRef = { name: service.name };
  const database: GcpSpec<SqlDatabaseSpec> = {
    resourceID: service.database,
    instanceRef,
    charset: engine.charset,
  };
  const user: GcpSpec<SqlUserSpec> = {
    resourceID: USER,
    instanceRef,
    ...engine.user,
    password: { valueFrom: { secretKeyRef: { name: passwordSecret, key: PASSWORD_KEY } } },
  };
  return [
    { apiVersion: API, kind: 'SQLDatabase', metadata, spec: database },
    { apiVersion: API, kind: 'SQLUser', metadata, spec: user },
  ];
}
