import {
  shellText,
  type ApplicationModel,
  type EnvironmentModel,
  type WorkloadModel,
} from '../foundation';
import { scalers } from '../incident';
import { selectorText } from '../observability';

/** Something to do, and its commands. */
export interface FirstCommands {
  readonly say: string;
  readonly commands: readonly string[];
}

/** A workload in one environment. */
export interface Standing {
  readonly model: ApplicationModel;
  readonly workload: WorkloadModel;
  readonly environment: EnvironmentModel;
}

/** The autoscaler of a workload; undefined where its number of replicas is its Deployment's. */
export const tryScaler = ({
  workload,
  environment,
}: Standing): (typeof scalers)[number] | undefined =>
  scalers.find(({ kind }) =>
    environment.objects.some((each) => each.kind === kind && each.name === workload.name),
  );

/** Words after `kubectl -n <namespace>` by which it gets all the replicas that it may have; where that is no more than it has, one more. */
export function scaleOutWords(standing: Standing): readonly string[] {
  const { workload, environment } = standing;
  const { min, max } = environment.replicas[workload.name] ?? { min: 1, max: 1 };
  const scaler = tryScaler(standing);
  if (!scaler) return ['scale', `deployment/${workload.name}`, `--replicas=${max + 1}`];
  const { type, floor, ceiling } = scaler;
  const spec = min === max ? { [floor]: max + 1, [ceiling]: max + 1 } : { [floor]: max };
  return ['patch', `${type}/${workload.name}`, '--type=merge', '-p', JSON.stringify({ spec })];
}

/** What helps before the cause is known, in the words of the runbook, with the names filled in; what looks comes first. */
export function firstCommands(standing: Standing): readonly FirstCommands[] {
  const { model, workload, environment } = standing;
  const { name, kind } = workload;
  const kubectl = (...words: readonly string[]): string =>
    shellText(['kubectl', '-n', environment.namespace, ...words]);
  const isJob = kind === 'scheduled-job';
  const pods = isJob ? ['jobs', '--sort-by=.metadata.creationTimestamp'] : ['pods', '-o', 'wide'];
  const look = {
    say: 'look',
    commands: [
      kubectl('get', ...pods, '-l', selectorText(workload)),
      `${kubectl('get', 'events', '--sort-by=.lastTimestamp')} | tail -n 30`,
    ],
  };
  if (isJob) {
    const stop = ['patch', `cronjob/${name}`, '--type=merge', '-p', '{"spec":{"suspend":true}}'];
    return [look, { say: 'stop the schedule', commands: [kubectl(...stop)] }];
  }
  const back =
    model.appliedBy === 'kubectl'
      ? [kubectl('rollout', 'undo', `deployment/${name}`)]
      : [
          'git switch BRANCH && git pull && git log -n 5',
          'git revert --no-edit COMMIT && git push',
        ];
  return [
    look,
    { say: 'scale out', commands: [kubectl(...scaleOutWords(standing))] },
    { say: 'go back to the last release', commands: back },
    {
      say: 'replace all pods',
      commands: [kubectl('rollout', 'restart', `deployment/${name}`)],
    },
  ];
}
