import type { Refusal, ServiceRequest } from '../../../backing-service';
import { declaredBlockShape } from '../../../environment';
import {
  custom,
  fields,
  optional,
  text,
  type DeletionPolicy,
  type Metadata,
} from '../../../foundation';
import { externalName } from '../external-name';
import { extensionsShape } from '../managed-extensions';
import { retention } from '../retention';

/** The part of a network where the services of one kind get their addresses. */
export interface AzureNetwork {
  /** The resource id of the subnet. For servers it is delegated to their kind, and holds nothing else. */
  readonly subnet: string;
  /** The resource id of the private DNS zone, linked to the network of the cluster. */
  readonly dnsZone: string;
  /** The address block of the subnet. */
  readonly cidr: string;
}

/** Where Azure services are made. */
export interface AzureProps {
  /** The id of the subscription. */
  readonly subscription: string;
  /** The resource group that owns what is made; it is there already. */
  readonly resourceGroup: string;
  /** The region, such as `westeurope`. */
  readonly location: string;
  /** The subnet delegated to `Microsoft.DBforPostgreSQL/flexibleServers`. @default none - no PostgreSQL */
  readonly postgres?: AzureNetwork;
  /** The subnet delegated to `Microsoft.DBforMySQL/flexibleServers`. @default none - no MySQL */
  readonly mysql?: AzureNetwork;
  /** The subnet of private endpoints, with the zone `privatelink.redis.cache.windows.net`. @default none - no Redis */
  readonly redis?: AzureNetwork;
  /** Whether backups of databases are copied to the paired region too; it cannot be changed later. @default false - not every region has one */
  readonly geoRedundantBackup?: boolean;
  /** Extensions of PostgreSQL that its servers have beside the known ones. @default none */
  readonly extensions?: readonly string[];
}

const resource = (type: string) =>
  text(`the resource id of a ${type}, such as '/subscriptions/…'`, (value) =>
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/\S+$/i.test(value),
  );
const network = optional(
  fields(
    {
      subnet: resource('subnet'),
      dnsZone: resource('private DNS zone'),
      cidr: declaredBlockShape('10.20.0.0/24'),
    },
    '{ subnet, dnsZone, cidr }',
  ),
);

export const azureShape = fields(
  {
    subscription: text('the id of a subscription', (value) =>
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
    ),
    resourceGroup: text('the name of a resource group', (value) => /^[-\w.()]{1,90}$/.test(value)),
    location: text("a region such as 'westeurope'", (value) => /^[a-z0-9]+$/.test(value)),
    postgres: network,
    mysql: network,
    redis: network,
    geoRedundantBackup: optional(custom((value) => typeof value === 'boolean', 'true or false')),
    extensions: optional(extensionsShape),
  },
  '{ subscription, resourceGroup, location }',
);

/** The resource id of the resource group. */
export const groupOf = ({ subscription, resourceGroup }: AzureProps): string =>
  `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;

/** The name of a server: all customers of Azure share them. */
export const azureName = (props: AzureProps, request: ServiceRequest): string =>
  externalName(request, { longest: 63, account: groupOf(props) });

/**
 * The metadata of an object of Azure Service Operator.
 * @see https://azure.github.io/azure-service-operator/guide/annotations/
 */
export const azureMetadata = (
  { service, labels }: ServiceRequest,
  name: string = service.name,
): Metadata => ({
  name,
  labels,
  annotations: {
    'serviceoperator.azure.com/reconcile-policy':
      service.deletionPolicy === 'retain' ? 'detach-on-delete' : 'manage',
    ...retention(service.deletionPolicy).annotations,
  },
});

/** What happens to the data of a service. */
export const azureDeletion = (policy: DeletionPolicy, what: string): string =>
  policy === 'retain'
    ? `${what} stays in its resource group`
    : `${what} is deleted with all its data`;

/** A fact of the account that is missing. */
export const withoutNetwork = (kind: 'postgres' | 'mysql' | 'redis', what: string): Refusal => ({
  found: `it is a ${kind}, and azure() has no ${what}`,
  fix: `Give azure() ${kind}: { subnet, dnsZone, cidr }`,
});
