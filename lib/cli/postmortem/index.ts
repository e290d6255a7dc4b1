export { postmortemCommand } from './command';
