export { existing, type ExistingProps } from './existing';
