export * from './on-call';
