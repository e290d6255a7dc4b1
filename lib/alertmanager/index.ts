export { AlertmanagerClient, type AlertFilter } from './client';
export { AlertmanagerError } from './error';
export type { AlertmanagerOptions } from './options';
export type {
  AlertmanagerStatus,
  AlertState,
  AlertStatus,
  ReceivedAlert,
  Silence,
  SilenceMatcher,
  SilenceState,
} from './shapes';
