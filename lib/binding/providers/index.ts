export { existing, type ExistingProps } from './existing';
export { azure, type AzureNetwork, type AzureProps } from './azure';
export { gcp, type GcpProps } from './gcp';
