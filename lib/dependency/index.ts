export * from './ceiling';
export * from './components';
export * from './cycles';
export * from './hard-path';
export * from './reach';
export * from './retries';
