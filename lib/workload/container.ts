import type {
  Container,
  ContainerPort,
  EnvVar,
  MeasuredModel,
  ResourceRequirements,
  Runtime,
  VolumeMount,
} from '../foundation';
import type { Probes } from './probes';
import { scratchMount, type ResolvedScratch } from './scratch';
import { secretMounts, type SecretFile } from './secret-files';
import { containerSecurityContext, type User } from './security-context';

/** Everything that a container consists of, defaults filled in. */
export interface ContainerFacts {
  readonly name: string;
  readonly role: 'main' | 'init' | 'sidecar';
  readonly image: string;
  readonly runtime?: Runtime;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly EnvVar[];
  readonly ports: readonly ContainerPort[];
  readonly probes: Probes;
  readonly resources: ResourceRequirements;
  /** Absent where the size is written down. */
  readonly measured?: MeasuredModel;
  readonly scratch: readonly ResolvedScratch[];
  readonly files: readonly SecretFile[];
  /** Seconds between being told to stop and the signal, so that load balancers stop sending first. */
  readonly preStopSeconds?: number;
}

export function container(facts: ContainerFacts, user: User): Container {
  const { probes } = facts;
  return {
    name: facts.name,
    image: facts.image,
    // A version stays what it is, so a node pulls it once; a registry that is away must not stop a restart.
    imagePullPolicy: 'IfNotPresent',
    ...(facts.command && { command: facts.command }),
    ...(facts.args && { args: facts.args }),
    env: facts.env,
    ...(facts.ports.length > 0 && { ports: facts.ports }),
    ...(probes.startup && { startupProbe: probes.startup }),
    ...(probes.readiness && { readinessProbe: probes.readiness }),
    ...(probes.liveness && { livenessProbe: probes.liveness }),
    ...(facts.preStopSeconds !== undefined && {
      lifecycle: { preStop: { sleep: { seconds: facts.preStopSeconds } } },
    }),
    resources: facts.resources,
    securityContext: containerSecurityContext(user),
    volumeMounts: mounts(facts),
    // A native sidecar starts before, and ends after, the container it serves (Kubernetes 1.29).
    ...(facts.role === 'sidecar' && { restartPolicy: 'Always' }),
  };
}

const mounts = (facts: ContainerFacts): readonly VolumeMount[] => [
  ...facts.scratch.map(scratchMount),
  ...secretMounts(facts.name, facts.files),
];
