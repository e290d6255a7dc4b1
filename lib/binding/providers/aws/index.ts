export type { AwsProps, AwsVpc, InstanceClasses } from './account';
export { aws } from './aws';
