export * from './synthesis';
