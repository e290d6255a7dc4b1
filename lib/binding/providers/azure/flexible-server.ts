import type { Provided, ServiceRequest } from '../../../backing-service';
import type {
  Manifest,
  MySqlModel,
  PostgresModel,
  ServiceSize,
  ServiceStatement,
} from '../../../foundation';
import { generatedPassword, PASSWORD_KEY } from '../generated-password';
import { mappedSecrets } from '../mapped-secrets';
import { reachOf } from '../reach';
import { retention } from '../retention';
import { wantsStandby } from '../standby';
import {
  azureDeletion,
  azureMetadata,
  azureName,
  groupOf,
  type AzureNetwork,
  type AzureProps,
} from './account';

/**
 * Machines, and gigabytes of disk. The burstable ones have no standby; a disk cannot be made smaller again.
 * @see https://learn.microsoft.com/azure/postgresql/compute-storage/concepts-compute
 */
const SIZES = {
  XS: { name: 'Standard_B1ms', tier: 'Burstable', storageSizeGB: 32 },
  S: { name: 'Standard_B2s', tier: 'Burstable', storageSizeGB: 64 },
  M: { name: 'Standard_D2ads_v5', tier: 'GeneralPurpose', storageSizeGB: 128 },
  L: { name: 'Standard_D4ads_v5', tier: 'GeneralPurpose', storageSizeGB: 256 },
  XL: { name: 'Standard_D8ads_v5', tier: 'GeneralPurpose', storageSizeGB: 512 },
} as const satisfies Readonly<Record<ServiceSize, object>>;

/** The administrator whom Azure makes with the server: the one user. */
export const USER = 'app';
const BACKUP_DAYS = 14;

type ServerModel = PostgresModel | MySqlModel;

/** A server as both engines have it. */
export interface ServerFacts {
  readonly azureName: string;
  readonly location: string;
  readonly owner: { readonly armId: string };
  readonly administratorLogin: string;
  readonly administratorLoginPassword: { readonly name: string; readonly key: string };
  readonly sku: { readonly name: string; readonly tier: 'Burstable' | 'GeneralPurpose' };
  readonly storage: { readonly storageSizeGB: number };
  readonly backup: {
    readonly backupRetentionDays: number;
    readonly geoRedundantBackup: 'Enabled' | 'Disabled';
  };
  readonly highAvailability: { readonly mode: 'ZoneRedundant' | 'Disabled' };
}

/** What sets the engines apart. */
export interface ServerEngine {
  /** Such as `PostgreSQL 16`. */
  readonly name: string;
  /** Such as `dbforpostgresql.azure.com/v1api20240801`. */
  readonly apiVersion: string;
  readonly network: AzureNetwork;
  readonly port: number;
  /** The domain of its servers, such as `postgres.database.azure.com`. */
  readonly domain: string;
  readonly server: (facts: ServerFacts) => object;
  readonly database: { readonly charset: string; readonly collation: string };
  /** Settings of the server by name. */
  readonly configurations: Readonly<Record<string, string>>;
  /** The keys of the Secret beside those that both have; `{{ .password }}` is fetched. */
  readonly keys: (host: string) => Readonly<Record<string, string>>;
  readonly metric: string;
}

/** A flexible server with a database, in a subnet of its own and with no public address. */
export function flexibleServer(
  props: AzureProps,
  request: ServiceRequest<ServerModel>,
  engine: ServerEngine,
): Provided {
  const { service, labels } = request;
  const host = `${azureName(props, request)}.${engine.domain}`;
  const password = `${service.name}-password`;
  const name = `${service.name}-app`;
  const keys = {
    host,
    port: String(engine.port),
    dbname: service.database,
    username: USER,
    password: '{{ .password }}',
    ...engine.keys(host),
  };
  const from = { password: { secret: password, key: PASSWORD_KEY } };
  return {
    manifests: [
      ...generatedPassword({ name: password, labels, ...retention(service.deletionPolicy) }),
      ...serverObjects(props, request, engine, password),
      ...mappedSecrets(password, request, [{ name, from, keys }]),
    ],
    reach: reachOf([engine.network.cidr], [engine.port]),
    gives: { [`Secret/${name}`]: Object.keys(keys) },
    statement: statementOf(props, request, engine),
  };
}

function statementOf(
  props: AzureProps,
  request: ServiceRequest,
  engine: ServerEngine,
): ServiceStatement {
  const server = azureName(props, request);
  const copies = props.geoRedundantBackup === true ? '; copied to the paired region' : '';
  return {
    engine: `${engine.name} by Azure flexible server`,
    tls: 'required',
    encryptedAtRest: 'yes',
    backup: `daily, and any moment of the last ${BACKUP_DAYS} days${copies}`,
    highlyAvailable: wantsStandby(request),
    deletion: azureDeletion(request.service.deletionPolicy, `the server ${server}`),
    availability: {
      exporter: 'azure_exporter of Grafana Alloy',
      metric: engine.metric,
      labels: { resourceName: server },
      means: 'positive',
    },
  };
}

function serverObjects(
  props: AzureProps,
  request: ServiceRequest<ServerModel>,
  engine: ServerEngine,
  password: string,
): readonly Manifest[] {
  const { service } = request;
  const { apiVersion } = engine;
  const owner = { name: service.name };
  const facts = serverFacts(props, request, password);
  const metadata = azureMetadata(request);
  return [
    { apiVersion, kind: 'FlexibleServer', metadata, spec: engine.server(facts) },
    {
      apiVersion,
      kind: 'FlexibleServersDatabase',
      metadata,
      spec: { azureName: service.database, owner, ...engine.database },
    },
    ...Object.entries(engine.configurations).map(([setting, value]) => ({
      apiVersion,
      kind: 'FlexibleServersConfiguration',
      metadata: azureMetadata(request, `${service.name}-${setting.replace(/[._]/g, '-')}`),
      spec: { azureName: setting, owner, source: 'user-override', value },
    })),
  ];
}

function serverFacts(props: AzureProps, request: ServiceRequest, password: string): ServerFacts {
  const { storageSizeGB, ...sku } = SIZES[request.service.size];
  return {
    azureName: azureName(props, request),
    location: props.location,
    owner: { armId: groupOf(props) },
    administratorLogin: USER,
    administratorLoginPassword: { name: password, key: PASSWORD_KEY },
    sku,
    storage: { storageSizeGB },
    backup: {
      backupRetentionDays: BACKUP_DAYS,
      geoRedundantBackup: props.geoRedundantBackup === true ? 'Enabled' : 'Disabled',
    },
    highAvailability: { mode: wantsStandby(request) ? 'ZoneRedundant' : 'Disabled' },
  };
}
