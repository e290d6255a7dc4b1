export { aws, type AwsProps, type AwsVpc, type InstanceClasses } from './aws';
export { azure, type AzureNetwork, type AzureProps } from './azure';
export { existing, type ExistingKey, type ExistingProps, type ExistingValue } from './existing';
export { gcp, type GcpProps } from './gcp';
export * from './in-cluster';
