export { dayNumber, dayOfNumber } from './days';
export { judgeDrift } from './drift';
export * from './measurements';
export { cpuNeed, memoryNeed, type Need } from './need';
export { heldOut, share, type HeldOut } from './observed';
export * from './proposal';
export { mixtureQuantile, part, type Part } from './quantiles';
export { recommend, wantedAmounts } from './recommend';
