import { PrometheusClient, PrometheusError } from '../prometheus';
import { UsageError } from './exit-code';
import { prometheusOf, serverText, type PrometheusArguments } from './prometheus-options';

/** The client of the server that the command line names. @throws UsageError */
export function clientOf(options: PrometheusArguments): PrometheusClient {
  try {
    return new PrometheusClient(prometheusOf(options));
  } catch (error) {
    if (error instanceof PrometheusError) throw new UsageError(serverText(error));
    throw error;
  }
}
