import { telemetryVariables } from '../observability';
import { imageTag } from '../workload';
import type { ApplicationDefaults } from './defaults';
import type { MainContainer } from './resolve-containers';
import type { ResolvedMetrics } from './resolve-metrics';

/** What is told of a workload to whoever gets its telemetry. */
interface TelemetryFacts {
  readonly application: string;
  readonly name: string;
  readonly image: string;
  readonly defaults: ApplicationDefaults;
}

/** The container that a workload is for. */
export const mainContainer = (
  own: Pick<MainContainer, 'port' | 'preStopSeconds'> & {
    readonly health?: MainContainer['health'];
  },
  metrics: ResolvedMetrics | undefined,
  { application, name, image, defaults: { telemetry } }: TelemetryFacts,
): MainContainer => ({
  name,
  ...(telemetry && {
    telemetry: telemetryVariables(telemetry, {
      ...{ application, name, container: name },
      version: imageTag(image),
    }),
  }),
  ...(own.port && { port: own.port }),
  ...(metrics && { metricsPort: metrics.port }),
  ...(own.health !== undefined && { health: own.health }),
  ...(own.preStopSeconds !== undefined && { preStopSeconds: own.preStopSeconds }),
});
