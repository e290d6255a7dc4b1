export { incidentCommand } from './command';
