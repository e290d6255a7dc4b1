import type { AwsProps, AzureProps, GcpProps } from '../lib';

/** An account of AWS with as little as all kinds need. */
export const awsAccount: AwsProps = {
  region: 'eu-central-1',
  accountId: '123456789012',
  providerConfig: { kind: 'ClusterProviderConfig', name: 'default' },
  vpc: {
    cidrs: ['10.20.0.0/16'],
    subnetGroups: { rds: 'databases', elasticache: 'caches' },
    subnetIds: ['subnet-0a1b', 'subnet-0c2d', 'subnet-0e3f'],
    securityGroupIds: ['sg-0a1b'],
  },
};

/** The same with everything in it. */
export const wholeAwsAccount: AwsProps = {
  ...awsAccount,
  vpc: { ...awsAccount.vpc, s3Cidrs: ['3.5.136.0/22'] },
  kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1',
  backup: { retentionDays: 14 },
  rdsCertificates: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
};

/** A project of Google Cloud with all that its kinds need. */
export const googleProject = {
  project: 'shop-prod',
  region: 'europe-west3',
  network: 'projects/shop-net/global/networks/main',
  services: ['10.120.0.0/16'],
  apis: ['199.36.153.8/30'],
} as const satisfies GcpProps;

/** A resource group of Azure without a network. */
export const azureGroup = {
  subscription: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'shop-prod',
  location: 'westeurope',
} as const satisfies AzureProps;

/** Its resource id. */
export const azureGroupId = `/subscriptions/${azureGroup.subscription}/resourceGroups/${azureGroup.resourceGroup}`;

const network = `${azureGroupId}/providers/Microsoft.Network`;
const place = (kind: string) => ({
  subnet: `${network}/virtualNetworks/main/subnets/${kind}`,
  dnsZone: `${network}/privateDnsZones/${kind}.private`,
  cidr: '10.20.0.0/24',
});

/** The same with all that its kinds need. */
export const azureAccount = {
  ...azureGroup,
  postgres: place('postgres'),
  mysql: place('mysql'),
  redis: place('redis'),
} satisfies AzureProps;
