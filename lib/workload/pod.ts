import type { Affinity, PodTemplateSpec, TopologySpreadConstraint } from '../foundation';
import { container, type ContainerFacts } from './container';
import { scratchVolumes } from './scratch';
import { secretVolumes } from './secret-files';
import { podSecurityContext, type User } from './security-context';

/** Everything that a pod consists of, defaults filled in. */
export interface PodFacts {
  readonly serviceAccount: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly user: User;
  readonly main: ContainerFacts;
  /** Init containers and sidecars, in the order in which they start. */
  readonly before: readonly ContainerFacts[];
  readonly graceSeconds: number;
  readonly restartPolicy: 'Always' | 'Never';
  readonly spread?: Spread;
}

/** How replicas keep away from each other. */
export interface Spread {
  readonly constraints: readonly TopologySpreadConstraint[];
  readonly affinity: Affinity;
}

/** The pod template: the one place where the golden path meets the kubelet. */
export function podTemplate(pod: PodFacts): PodTemplateSpec {
  const containers = [...pod.before, pod.main];
  return {
    metadata: {
      labels: pod.labels,
      annotations: {
        'kubectl.kubernetes.io/default-container': pod.main.name,
        ...pod.annotations,
      },
    },
    spec: {
      serviceAccountName: pod.serviceAccount,
      // A token that nobody asked for is a token that can be stolen.
      automountServiceAccountToken: false,
      // Otherwise each Service of the namespace becomes variables, and they collide with the team's.
      enableServiceLinks: false,
      securityContext: podSecurityContext(pod.user),
      restartPolicy: pod.restartPolicy,
      terminationGracePeriodSeconds: pod.graceSeconds,
      ...(pod.before.length > 0 && {
        initContainers: pod.before.map((facts) => container(facts, pod.user)),
      }),
      containers: [container(pod.main, pod.user)],
      ...(pod.spread && {
        affinity: pod.spread.affinity,
        topologySpreadConstraints: pod.spread.constraints,
      }),
      volumes: [
        ...scratchVolumes(containers.flatMap(({ scratch }) => scratch)),
        ...containers.flatMap(({ name, files }) => secretVolumes(name, files)),
      ],
    },
  };
}
