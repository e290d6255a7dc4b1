export { sloCommand } from './command';
export { renderedRules } from './rendered-rules';
