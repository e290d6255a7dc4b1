import type { FlexibleServerSpec } from '../../../../imports/dbforpostgresql.azure.com';
import type { Refusal, Supply } from '../../../backing-service';
import type { Plain, PostgresModel } from '../../../foundation';
import { checkExtensions } from '../managed-extensions';
import { checkDatabase } from '../system-databases';
import { withoutNetwork, type AzureNetwork, type AzureProps } from './account';
import { flexibleServer, USER, type ServerEngine, type ServerFacts } from './flexible-server';

/** What Azure Service Operator's version 2024-08-01 of the API takes, without those that are past their end. */
const VERSIONS = ['13', '14', '15', '16'] as const;
const KNOWN = '13 to 16';

type Version = (typeof VERSIONS)[number];
/** The fields of the wire, where the generated types write one name otherwise. */
type Spec = Omit<Plain<FlexibleServerSpec>, 'storage'> & {
  readonly storage: ServerFacts['storage'] & { readonly autoGrow: 'Disabled' };
};

/** PostgreSQL by Azure Database for PostgreSQL flexible server. */
export const azurePostgres =
  (props: AzureProps): Supply<PostgresModel> =>
  (request) => {
    const { service } = request;
    const { postgres: network } = props;
    const version = VERSIONS.find((each) => each === String(service.version));
    const refused = [
      ...(version ? [] : [unknownVersion(service)]),
      ...checkDatabase('azure()', service),
      ...checkExtensions('azure()', service, props.extensions),
      ...(network ? [] : [withoutNetwork('postgres', 'subnet delegated to PostgreSQL')]),
    ];
    if (!version || !network || refused.length > 0) return { refused };
    return flexibleServer(props, request, engineOf(service, version, network));
  };

const unknownVersion = ({ version }: PostgresModel): Refusal => ({
  found: `it wants PostgreSQL ${version}, and azure() has ${KNOWN}`,
  fix: `Write a version of ${KNOWN}, or name another provider for postgres`,
});

const engineOf = (
  { database, extensions }: PostgresModel,
  version: Version,
  network: AzureNetwork,
): ServerEngine => ({
  name: `PostgreSQL ${version}`,
  apiVersion: 'dbforpostgresql.azure.com/v1api20240801',
  network,
  port: 5432,
  domain: 'postgres.database.azure.com',
  server: (facts) => serverOf(facts, version, network),
  database: { charset: 'UTF8', collation: 'en_US.utf8' },
  configurations: {
    require_secure_transport: 'on',
    ...(extensions.length > 0 && {
      'azure.extensions': extensions.map((each) => each.toUpperCase()).join(','),
    }),
  },
  keys: (host) => ({
    // To verify the name too, a client has to be told where the roots of its system are.
    sslmode: 'require',
    uri: `postgresql://${USER}:{{ .password }}@${host}:5432/${database}?sslmode=require`,
    'jdbc-uri': `jdbc:postgresql://${host}:5432/${database}?user=${USER}&password={{ .password }}&sslmode=require`,
  }),
  metric: 'azure_microsoft_dbforpostgresql_flexibleservers_is_db_alive_minimum_count',
});

const serverOf = (
  facts: ServerFacts,
  version: Version,
  { subnet, dnsZone }: AzureNetwork,
): Spec => ({
  ...facts,
  version,
  // Once it had grown, the operator would ask for the smaller disk again and again.
  storage: { ...facts.storage, autoGrow: 'Disabled' },
  network: {
    delegatedSubnetResourceReference: { armId: subnet },
    privateDnsZoneArmResourceReference: { armId: dnsZone },
    publicNetworkAccess: 'Disabled',
  },
});
