import { ServerError } from '../prometheus';

/** Thrown when an Alertmanager gave no answer. It names no credentials. */
export class AlertmanagerError extends ServerError {
  public override readonly name = 'AlertmanagerError';
}
