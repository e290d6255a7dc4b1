export { sloCommand } from './command';
