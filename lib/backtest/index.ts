export { RangeAsker } from './ask';
export { Inliner, type Inlined, type InlineFault, type InlineOptions, type RawSelector } from './inline';
export type { Measured } from './measured';
export { replay, type Firing, type ReplayedAlert, type ReplayOptions } from './replay';
export { rulesOf, tryPromSeconds, type RenderedRule } from './rules';
export { runsOf, secondsIn, type Run } from './runs';
