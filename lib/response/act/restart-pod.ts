import type { ActFacts, Decision, PodFacts } from './facts';

/** A pod that began anew this often is worse than one that never did. */
const RESTARTS = 3;

/** The phases of a pod that is to serve: `Failed` and `Succeeded` ones are gone but for their name. */
const LIVE: readonly string[] = ['Running', 'Pending'];

/** Replaces the one pod that is worse than the others. */
export function restartPod({ cluster, standing, now }: ActFacts): Decision {
  if (!cluster) {
    const reasons = ["which pod is the worst is the cluster's to say: give --context"];
    return refusal(reasons, []);
  }
  const pods = cluster.pods.filter(
    ({ isTerminating, phase }) => !isTerminating && LIVE.includes(phase),
  );
  const old = pods.filter(({ createdAt, graceSeconds }) => now - createdAt > graceSeconds);
  const worst = worstOf(old, pods);
  const wellCount = pods.filter(({ isReady, name }) => isReady && name !== worst?.name).length;
  const bad = old.filter(({ isReady }) => !isReady).length;
  if (!worst) {
    return refusal(
      [`none of its ${pods.length} pods is worse than the others`],
      [
        `kubectl -n ${standing.environment.namespace} rollout restart deployment/${standing.workload.name}`,
      ],
    );
  }
  const reasons = [
    ...(bad > 1 ? [`${bad} of its ${pods.length} pods are not ready: it is not one pod`] : []),
    ...(wellCount === 0 ? ['no other pod is ready: nobody would serve'] : []),
  ];
  if (reasons.length > 0) return refusal(reasons, []);
  const why = worst.reason === undefined ? '' : `, ${worst.reason}`;
  return {
    kind: 'plan',
    because: [
      `pod ${worst.name} ${worst.isReady ? `began anew ${worst.restarts} times` : 'is not ready'}${why}; ${wellCount} others are`,
    ],
    against: [],
    commands: [['delete', 'pod', worst.name]],
    notes: [
      `Its log goes with it. Keep it first: kubectl -n ${standing.environment.namespace} logs ${worst.name} --all-containers --tail=-1 > ${worst.name}.log`,
    ],
  };
}

const refusal = (reasons: readonly string[], byHand: readonly string[]): Decision => ({
  ...{ kind: 'refusal', because: [], against: [], reasons, byHand },
});

/** Of those that are old enough to be judged the one that is not ready, else one that began anew again and again while the others did not. */
function worstOf(old: readonly PodFacts[], all: readonly PodFacts[]): PodFacts | undefined {
  if (all.length < 2) return undefined;
  const unready = old.find(({ isReady }) => !isReady);
  if (unready) return unready;
  const [first] = [...old].sort((a, b) => b.restarts - a.restarts);
  if (!first || first.restarts < RESTARTS) return undefined;
  const others = all.filter(({ name }) => name !== first.name);
  return others.every(({ restarts }) => first.restarts >= 2 * restarts) ? first : undefined;
}
