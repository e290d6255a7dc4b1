export * from './exposure';
export * from './exposure-shape';
export * from './match-text';
export * from './policy';
export * from './route-rule';
export * from './route-shape';
