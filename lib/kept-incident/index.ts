export { incidentText } from './file-text';
export { gatherSeries, MOST_SAMPLES, type Gathered, type TooMuch } from './gather';
export type { KeptIncident, KeptPage } from './kept';
export { KeptAnswers } from './kept-answers';
export { Noting, type Noted } from './noting';
export { readIncident, type Unreadable } from './read';
export { served } from './served';
