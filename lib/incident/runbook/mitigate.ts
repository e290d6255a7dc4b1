import { podPattern, selectSeries } from '../../observability';
import { asked } from './expressions';
import type { WorkloadFacts } from './facts';
import { changing, kubectl, ofPods, runner, specField } from './kubectl';
import { joined, timeText } from './markdown';
import { automated, renderMitigations, type Mitigation } from './mitigation';
import { scaleOut } from './scale-out';

/** What helps before the cause is known, what is easiest to take back first. */
export function mitigate(facts: WorkloadFacts): string {
  const isJob = facts.workload.kind === 'scheduled-job';
  return joined(
    '## Mitigate',
    facts.isGitOps
      ? 'Argo CD and Flux put back what Git has: what is changed by hand may hold for minutes only.'
      : '',
    renderMitigations(
      isJob
        ? [suspend(facts), revert(facts), runNow(facts)]
        : [scaleOut(facts), cordon(facts), revert(facts), replacePod(facts), restart(facts)],
    ),
  );
}

/** The one question whether it works again stands where the incident ends. */
const RECOVERED = '**Verify**: [it recovers](#recovery).';

const cordon = (facts: WorkloadFacts): Mitigation => ({
  title: 'Keep new pods off a node',
  effect: 'only the pods of one node fail: no more come there, those that are there stay',
  within: 'at once',
  undo: '`kubectl uncordon`',
  steps: [
    { commands: [ofPods('get pods -o wide'), 'kubectl get nodes -o wide'] },
    { say: 'With the node that you found:', commands: ['NODE=', 'kubectl cordon "${NODE:?}"'] },
  ],
  verify: asked(
    facts,
    '**Verify**: nothing new is listed of its pods that are not ready:',
    `max by (namespace, pod) (${selectSeries('kube_pod_status_ready', { pod: podPattern(facts.workload), condition: 'false' })}) > 0`,
  ),
});

const replacePod = (facts: WorkloadFacts): Mitigation => ({
  title: 'Replace one pod',
  effect: 'one pod is worse than the others: a new one takes its place',
  within: 'the start of a pod',
  undo: 'not possible: keep its log first',
  automated: automated(facts, 'restart-pod'),
  steps: [
    { commands: [ofPods('get pods --sort-by=.metadata.creationTimestamp')] },
    {
      say: 'With the pod that you found:',
      commands: [
        'POD=',
        kubectl('logs "${POD:?}" --all-containers --tail=-1 > "$POD.log"'),
        changing('delete pod "${POD:?}"'),
      ],
    },
  ],
  verify: RECOVERED,
});

function revert(facts: WorkloadFacts): Mitigation {
  const { isGitOps, manifest, workload, migrations } = facts;
  const deadline = specField(manifest, 'progressDeadlineSeconds');
  const seconds = typeof deadline === 'number' ? deadline : 600;
  const isJob = workload.kind === 'scheduled-job';
  const at = isJob ? 'the next run' : `a rollout, at most ${timeText(seconds)}`;
  const inGit = isGitOps || isJob;
  return {
    title: 'Go back to the last release',
    effect: 'a release came just before: the old version is there again',
    within: isGitOps ? `a sync and ${at}` : at,
    undo: inGit ? 'revert the revert' : 'the same again',
    automated: automated(facts, 'roll-back'),
    ...(migrations.length > 0 && {
      beware: 'its migration is not undone: the old version must be able to read the new schema',
    }),
    steps: [
      ...(inGit
        ? [
            {
              say: 'In the repository of the manifests, on the branch that the environment follows, such as `env/prod`:',
              commands: ['BRANCH=', 'git switch "${BRANCH:?}" && git pull && git log -n 5'],
            },
            {
              say: `With the commit that you found${isGitOps && !isJob ? '; what \`kubectl rollout undo\` does, the next sync undoes' : ''}:`,
              commands: ['COMMIT=', 'git revert --no-edit "${COMMIT:?}" && git push'],
            },
          ]
        : [{ commands: [changing(`rollout undo ${runner(facts)}`)] }]),
      ...(isJob
        ? []
        : [{ commands: [kubectl(`rollout status ${runner(facts)} --timeout=${seconds}s`)] }]),
    ],
    verify: RECOVERED,
  };
}

const restart = (facts: WorkloadFacts): Mitigation => ({
  title: 'Replace all pods',
  effect: 'all are bad in the same way, as with a leak: they are replaced one after the other',
  within: 'a rollout',
  undo: 'not possible: [keep the evidence](#after) first',
  steps: [
    {
      commands: [
        changing(`rollout restart ${runner(facts)}`),
        kubectl(`rollout status ${runner(facts)}`),
      ],
    },
  ],
  verify: RECOVERED,
});

function runNow(facts: WorkloadFacts): Mitigation {
  const { service, workload } = facts;
  const job = `${service.slice(0, 50).replace(/-$/, '')}-by-hand`;
  return {
    title: 'Run it now',
    effect: 'a run was missed or failed for a reason that is gone',
    within: `a run, at most ${timeText(workload.schedule?.deadlineSeconds ?? 3600)}`,
    undo: 'not possible: it does what each run does',
    beware: 'it does not wait for a run that goes on',
    steps: [
      {
        commands: [
          changing(`create job ${job} --from=${runner(facts)}`),
          kubectl(`logs -f job/${job}`),
        ],
      },
    ],
    verify: RECOVERED,
  };
}

function suspend(facts: WorkloadFacts): Mitigation {
  const { service } = facts;
  const to = (value: boolean): string =>
    changing(
      `patch ${runner(facts)} --type=merge -p '{"spec":{"suspend":${value ? 'true' : 'false'}}}'`,
    );
  return {
    title: 'Stop the schedule',
    effect: `runs do harm: no more begin, and one that goes on is not stopped`,
    within: 'at once',
    undo: `with \`false\`; missed runs are not made up for`,
    steps: [{ commands: [to(true)] }],
    verify: asked(
      facts,
      '**Verify**: 1 means that it stands still:',
      `max by (namespace) (${selectSeries('kube_cronjob_spec_suspend', { cronjob: service })})`,
    ),
  };
}
