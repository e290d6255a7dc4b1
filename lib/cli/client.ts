import { AlertmanagerClient } from '../alertmanager';
import { PrometheusClient, ServerError, type PrometheusOptions } from '../prometheus';
import { UsageError } from './exit-code';
import { prometheusOf, serverText, type PrometheusArguments } from './prometheus-options';

/** How a command asks, which is not for whoever calls it to say. */
type Manner = Pick<PrometheusOptions, 'concurrency' | 'retries'>;

/** The client of the server that the command line names. @throws UsageError */
export function clientOf(options: PrometheusArguments, manner: Manner = {}): PrometheusClient {
  checkNamed('--prometheus', options.prometheus, 'http://localhost:9090');
  return made(() => new PrometheusClient({ ...prometheusOf(options), ...manner }));
}

/** A variable that is not set leaves nothing. @throws UsageError */
function checkNamed(option: string, url: string, example: string): void {
  if (url.trim() !== '') return;
  throw new UsageError(
    `${option} is empty. If it comes from a variable, that is not set: give an address, such as ${example}.`,
  );
}

/** An Alertmanager beside the Prometheus: whoever may ask one may ask the other. */
export interface AlertmanagerArguments extends PrometheusArguments {
  readonly alertmanager?: string;
}

/** The client of the Alertmanager that the command line names, asked as the Prometheus is. @throws UsageError */
export const alertmanagerOf = (
  options: AlertmanagerArguments,
  manner: Manner = {},
): AlertmanagerClient | undefined => {
  const { alertmanager } = options;
  if (alertmanager === undefined) return undefined;
  checkNamed('--alertmanager', alertmanager, 'http://localhost:9093');
  const asked = prometheusOf({ ...options, prometheus: alertmanager });
  return made(() => new AlertmanagerClient({ ...asked, ...manner }));
};

function made<Client>(make: () => Client): Client {
  try {
    return make();
  } catch (error) {
    if (error instanceof ServerError) throw new UsageError(serverText(error));
    throw error;
  }
}
