export { celJs } from './cel-js';
export type { CelContext, CelEngine, CelProgram, CelRequest, Compiled } from './engine';
export { celList, celText } from './literal';
