import { tryScaler } from '../commands';
import type { ActFacts, Decision } from './facts';
import { gitOpsOf } from './firing';

/** All the replicas that it may have. The floor is raised, since a number that is set by hand an autoscaler takes back. */
export function scaleOut(facts: ActFacts): Decision {
  const { standing, cluster, incident } = facts;
  const { workload, environment } = standing;
  const declared = environment.replicas[workload.name] ?? { min: 1, max: 1 };
  const scaler = tryScaler(standing);
  const floor = cluster && !scaler ? cluster.replicas : (cluster?.bounds?.min ?? declared.min);
  const max = scaler ? (cluster?.bounds?.max ?? declared.max) : declared.max;
  const hasAll = floor >= max;
  const below = incident.failing.map(({ service }) => service);
  const against = below.map((service) => `${service} fails: more replicas load it more`);
  const because =
    cluster && cluster.replicas < max ? [`${cluster.replicas} of ${max} replicas run`] : [];
  if (hasAll) {
    const reasons = [
      `it has its ${max} replicas: for more, raise scale.max of its definition and release`,
    ];
    return { kind: 'refusal', because, against, reasons, byHand: [] };
  }
  const to = (replicas: number): readonly string[] =>
    scaler
      ? [
          ...['patch', `${scaler.type}/${workload.name}`, '--type=merge', '-p'],
          JSON.stringify({ spec: { [scaler.floor]: replicas } }),
        ]
      : ['scale', `deployment/${workload.name}`, `--replicas=${replicas}`];
  return {
    ...{ kind: 'plan', because, commands: [to(max)], undo: to(floor) },
    against: [
      ...against,
      ...(cluster && cluster.replicas >= max
        ? ['all replicas run already: it only keeps them']
        : []),
    ],
    notes: notes(facts),
  };
}

const notes = (facts: ActFacts): readonly string[] => {
  const { environment } = facts.standing;
  const owner = gitOpsOf(facts);
  return [
    ...(owner === undefined
      ? ['The next release takes it back.']
      : [
          `${owner} may put back what Git has within minutes: to keep it, raise scale.min of the definition and release.`,
        ]),
    ...(environment.objects.some(({ kind }) => kind === 'ResourceQuota')
      ? ['A ResourceQuota may refuse pods.']
      : []),
  ];
};
