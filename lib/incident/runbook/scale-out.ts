import type { EnvironmentModel } from '../../foundation';
import { asked } from './expressions';
import type { WorkloadFacts } from './facts';
import { changing, runner } from './kubectl';
import { listed } from './markdown';
import { automated, type Mitigation, type Step } from './mitigation';
import { missing } from './what-changed';

/** What decides about the number of pods, and the fields that hold its bounds. */
export const scalers = [
  {
    kind: 'HorizontalPodAutoscaler',
    type: 'horizontalpodautoscaler',
    floor: 'minReplicas',
    ceiling: 'maxReplicas',
  },
  {
    kind: 'ScaledObject',
    type: 'scaledobject.keda.sh',
    floor: 'minReplicaCount',
    ceiling: 'maxReplicaCount',
  },
] as const;

/** The floor is raised to the ceiling: a number of replicas that is set by hand the autoscaler takes back. */
export function scaleOut(facts: WorkloadFacts): Mitigation {
  const { isGitOps, kinds } = facts;
  return {
    title: 'Scale out',
    effect: 'there is more load than replicas; of no use when what it calls is slow',
    within: 'the start of a pod',
    undo: `the same with the old number${isGitOps ? '; to keep it, raise `scale.min` in Git' : ''}`,
    automated: automated(facts, 'scale-out'),
    ...(kinds.has('ResourceQuota') && {
      beware: 'a quota may refuse pods: `kubectl -n "$NS" describe resourcequotas`',
    }),
    steps: steps(facts),
    verify: asked(facts, '**Verify**: 0 replicas are still to come:', missing(facts.service)),
  };
}

/** Environments that are scaled in one way, and the command for it. */
interface Way {
  readonly places: readonly string[];
  readonly command: string;
}

function steps(facts: WorkloadFacts): readonly Step[] {
  const { workload, environments } = facts;
  const ways = scalers.flatMap((scaler) => waysBy(scaler, facts));
  const scaled = ways.flatMap(({ places }) => places);
  const fixed = environments.map(({ name }) => name).filter((name) => !scaled.includes(name));
  const by = `scale ${runner({ workload })} --replicas=${ONE_MORE}`;
  const all = [...ways, { places: fixed, command: changing(by) }].filter(
    ({ places }) => places.length > 0,
  );
  return all.map(({ places, command }) => ({
    ...(all.length > 1 && { say: `In ${listed(places)}:` }),
    commands: [command],
  }));
}

const ONE_MORE = '$((${MAX:?} + 1))';

/** Where floor and ceiling are one, both go up by a replica. */
function waysBy(
  { kind, type, floor, ceiling }: (typeof scalers)[number],
  { bound, workload, environments }: WorkloadFacts,
): readonly Way[] {
  const isHere = ({ name }: EnvironmentModel): boolean =>
    bound.some(
      ({ environment, manifest }) =>
        environment === name && manifest.kind === kind && manifest.metadata.name === workload.name,
    );
  const here = environments.filter(isHere);
  const isOne = ({ replicas }: EnvironmentModel): boolean =>
    replicas[workload.name]?.min === replicas[workload.name]?.max;
  const patch = (fields: string): string =>
    changing(`patch ${type}/${workload.name} --type=merge -p '{"spec":{${fields}}}'`);
  const names = (given: readonly EnvironmentModel[]): readonly string[] =>
    given.map(({ name }) => name);
  return [
    {
      places: names(here.filter((each) => !isOne(each))),
      command: patch(`"${floor}":'"\${MAX:?}"'`),
    },
    {
      places: names(here.filter(isOne)),
      command: patch(`"${floor}":'"${ONE_MORE}"',"${ceiling}":'"${ONE_MORE}"'`),
    },
  ];
}
