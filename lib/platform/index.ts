export { AdmissionPolicies, type AdmissionPoliciesProps } from './admission-policies';
export { AlertRouting, type AlertRoutingProps } from './alert-routing';
export type { CatalogOptions } from './catalog';
export { CLUSTER } from './check-platform';
export * from './platform';
export type { Prices } from './prices';
export type * from './rendering';
export type { UnclaimedSizes } from './unclaimed-sizes';
