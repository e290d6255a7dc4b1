export { aws, type AwsProps, type AwsVpc, type InstanceClasses } from './aws';
export { existing, type ExistingProps } from './existing';
export * from './in-cluster';
