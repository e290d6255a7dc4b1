export * from './synthesis';
export { providerChecks, type ProviderCheck } from './provider-checks';
export type { AskedProps, CheckFacts, RequestFacts } from './provider-requests';
