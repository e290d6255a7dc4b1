export * from './synthesis';
export { providerChecks, type ProviderCheck } from './provider-checks';
export type { RequestFacts } from './provider-requests';
