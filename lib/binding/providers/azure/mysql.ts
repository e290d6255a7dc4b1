import type { FlexibleServerSpec } from '../../../../imports/dbformysql.azure.com';
import type { Refusal, Supply } from '../../../backing-service';
import type { MySqlModel, Plain } from '../../../foundation';
import { checkDatabase } from '../system-databases';
import { withoutNetwork, type AzureNetwork, type AzureProps } from './account';
import { flexibleServer, USER, type ServerEngine, type ServerFacts } from './flexible-server';

/** The one that Azure Service Operator's version 2023-12-30 of the API takes and that is not past its end. */
const VERSION = '8.0';

type Switch = 'Enabled' | 'Disabled';
/** The fields of the wire, where the generated types write one name otherwise. */
type Spec = Omit<Plain<FlexibleServerSpec>, 'storage'> & {
  readonly storage: ServerFacts['storage'] & {
    readonly autoGrow: Switch;
    readonly autoIoScaling: Switch;
  };
};

/** MySQL by Azure Database for MySQL flexible server. */
export const azureMySql =
  (props: AzureProps): Supply<MySqlModel> =>
  (request) => {
    const { version = VERSION, database } = request.service;
    const { mysql: network } = props;
    const refused = [
      ...(version === VERSION ? [] : [unknownVersion(version)]),
      ...checkDatabase('azure()', request.service),
      ...(network ? [] : [withoutNetwork('mysql', 'subnet delegated to MySQL')]),
    ];
    if (!network || refused.length > 0) return { refused };
    return flexibleServer(props, request, engineOf(database, network));
  };

const unknownVersion = (version: string): Refusal => ({
  found: `it wants MySQL ${version}, and azure() has ${VERSION}`,
  fix: `Write version: '${VERSION}', or name another provider for mysql`,
});

const engineOf = (database: string, network: AzureNetwork): ServerEngine => ({
  name: `MySQL ${VERSION}`,
  apiVersion: 'dbformysql.azure.com/v1api20231230',
  network,
  port: 3306,
  domain: 'mysql.database.azure.com',
  server: (facts) => serverOf(facts, network),
  database: { charset: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci' },
  configurations: { require_secure_transport: 'ON' },
  keys: (host) => ({
    tls: 'true',
    uri: `mysql://${USER}:{{ .password }}@${host}:3306/${database}`,
  }),
  metric: 'azure_microsoft_dbformysql_flexibleservers_uptime_maximum_seconds',
});

const serverOf = (facts: ServerFacts, { subnet, dnsZone }: AzureNetwork): Spec => ({
  ...facts,
  version: '8.0.21',
  storage: {
    ...facts.storage,
    // Azure lets no server with a standby do without. Else the operator would ask for the smaller disk again and again.
    autoGrow: facts.highAvailability.mode === 'Disabled' ? 'Disabled' : 'Enabled',
    autoIoScaling: 'Enabled',
  },
  network: {
    delegatedSubnetResourceReference: { armId: subnet },
    privateDnsZoneResourceReference: { armId: dnsZone },
    publicNetworkAccess: 'Disabled',
  },
});
