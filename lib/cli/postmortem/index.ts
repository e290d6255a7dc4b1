export { postmortemCommand } from './command';
export { checkFree, write } from './write';
export { paceOf } from './gathered';
