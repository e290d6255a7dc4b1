export * from './bind';
export type { Bound, OnCallHere } from './bound';
export { alertmanagers, credentialSecrets, type WatchedTogether } from './on-call';
export { takesSignals } from './signals';
export * from './providers';
