import type { ScaledObjectSpec, TriggerAuthenticationSpec } from '../../imports/keda.sh';
import type { Bounds } from '../environment';
import type { Manifest, Metadata, Plain, WorkloadModel } from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { scaleTrigger, type Scaler } from './scale-trigger';
import { suppliesOf } from './supplied';

/** KEDA's own: a message that wakes a worker waits half a minute at most. From one replica on, Kubernetes asks every 15 seconds. */
const POLLING_SECONDS = 30;
/**
 * KEDA's own. AMQP counts no message that a worker has taken and not yet finished, so a queue may look empty for as long as the last
 * message takes.
 */
const COOLDOWN_SECONDS = 300;
/** A minute and a half without an answer is an outage, and not a restart of the broker. */
const FAILURES = 3;

const apiVersion = 'keda.sh/v1alpha1';

/** KEDA scales the workload. What makes that impossible here is reported. */
export function scaledObject(bound: Bound, workload: WorkloadModel, bounds: Bounds): Binding {
  const on = workload.scale?.on;
  const supplied = suppliesOf(bound).supplied.find(({ service }) => service.name === on?.service);
  // A service without a provider is reported with the services.
  if (!on || !supplied) return { manifests: [] };
  const log = bindingLog(bound, workload);
  const scaler = scaleTrigger(on, supplied, log);
  if (!scaler) return { manifests: [], problems: log.problems };
  const { name } = workload;
  const metadata = { name, labels: workloadLabels(bound, workload) };
  return {
    manifests: [
      ...authentication(metadata, scaler),
      { apiVersion, kind: 'ScaledObject', metadata, spec: specOf(name, bounds, scaler) },
    ],
  };
}

function specOf(name: string, bounds: Bounds, scaler: Scaler): Plain<ScaledObjectSpec> {
  const authenticationRef = { kind: 'TriggerAuthentication', name } as const;
  return {
    scaleTargetRef: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name,
      envSourceContainerName: name,
    },
    minReplicaCount: bounds.min,
    maxReplicaCount: bounds.max,
    pollingInterval: POLLING_SECONDS,
    cooldownPeriod: COOLDOWN_SECONDS,
    fallback: {
      failureThreshold: FAILURES,
      // A broker that KEDA cannot ask may be full of work: somebody has to look, and nobody who works is sent away.
      replicas: Math.max(1, bounds.min),
      behavior: 'currentReplicasIfHigher',
    },
    advanced: {
      // Without KEDA nobody would wake what sleeps.
      restoreToOriginalReplicaCount: true,
    },
    triggers: [
      {
        type: scaler.type,
        metricType: 'AverageValue',
        metadata: scaler.metadata,
        ...(hasSecrets(scaler) && { authenticationRef }),
      },
    ],
  };
}

const hasSecrets = ({ secrets }: Scaler): boolean => secrets.length > 0;

/**
 * The keys of the canonical Secret under KEDA's names for them: whatever variables a team reads them by, KEDA finds them. What is no
 * secret and still no metadata for KEDA stands in a ConfigMap.
 */
function authentication(metadata: Metadata, scaler: Scaler): readonly Manifest[] {
  if (!hasSecrets(scaler)) return [];
  const { secrets, options } = scaler;
  const configMap = `${metadata.name}-trigger`;
  const parameters = Object.keys(options);
  const spec: Plain<TriggerAuthenticationSpec> = {
    secretTargetRef: secrets.map(({ parameter, secret, key }) => ({
      parameter,
      name: secret,
      key,
    })),
    ...(parameters.length > 0 && {
      configMapTargetRef: parameters.map((parameter) => ({
        parameter,
        name: configMap,
        key: parameter,
      })),
    }),
  };
  const given: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: configMap },
    data: options,
  };
  return [
    ...(parameters.length > 0 ? [given] : []),
    { apiVersion, kind: 'TriggerAuthentication', metadata, spec },
  ];
}
