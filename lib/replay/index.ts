export { RangeAsker } from './ask';
export { inlined } from './inline';
export type { Measured } from './measured';
export { Recordings, type RawSelector, type RuleFault } from './recordings';
export { replay, type Firing, type ReplayedAlert, type ReplayOptions } from './replay';
export { rulesOf, tryPromSeconds, type RenderedRule } from './rules';
export { runsOf, secondsIn, type Run } from './runs';
