export * from './cycles';
export * from './reach';
