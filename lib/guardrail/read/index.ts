export type { ReadProblem } from './document';
export { readManifests, type Manifests, type ReadObject } from './read';
export { filesOf, synthesizedIn, type Synthesized } from './synthesized';
export { MOST_BYTES } from './text';
