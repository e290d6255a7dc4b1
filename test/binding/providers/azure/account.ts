import { azure, type AzureProps } from '../../../../lib';
import type { CloudKind, Wanted } from '../cloud-request';

export const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop-prod';
const network = `${group}/providers/Microsoft.Network`;
const place = (kind: string) => ({
  subnet: `${network}/virtualNetworks/main/subnets/${kind}`,
  dnsZone: `${network}/privateDnsZones/${kind}.private`,
  cidr: '10.20.0.0/24',
});
export const account = {
  subscription: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'shop-prod',
  location: 'westeurope',
} as const satisfies AzureProps;
export const facts = {
  ...account,
  postgres: place('postgres'),
  mysql: place('mysql'),
  redis: place('redis'),
} satisfies AzureProps;
export const here = azure(facts);
/** The one version of Redis that Azure has. */
export const six: Wanted = { props: { version: 6 } };
export const wantedOf = (kind: CloudKind): Wanted => (kind === 'redis' ? six : {});
