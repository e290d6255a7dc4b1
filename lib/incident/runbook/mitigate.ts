import { podPattern } from '../../observability';
import { asked, wellness } from './expressions';
import type { WorkloadFacts } from './facts';
import { kubectl, ofPods, runner, specField } from './kubectl';
import { joined, listed, timeText } from './markdown';
import { renderMitigation, type Mitigation } from './mitigation';
import { missing } from './what-changed';

/** What helps before the cause is known, what is easiest to take back first. */
export function mitigate(facts: WorkloadFacts): string {
  const { kind } = facts.workload;
  const all =
    kind === 'scheduled-job'
      ? [runNow(facts), suspend(facts), revert(facts)]
      : [...scaleOut(facts), cordon(facts), replacePod(facts), revert(facts), restart(facts)];
  return joined(
    '## Mitigate',
    'What is easiest to take back stands first. A release just before the incident: begin with the one that takes it back.',
    facts.isGitOps
      ? 'Argo CD and Flux put back what Git has: what is changed by hand below may hold for minutes only.'
      : '',
    ...all.map(renderMitigation),
  );
}

const better = (facts: WorkloadFacts): string => wellness(facts, 'It helped when this is');

/** The kinds by which it is scaled, with the environments that do it so. */
function scaleOut(facts: WorkloadFacts): readonly Mitigation[] {
  const { bound, workload, environments, kinds, isGitOps } = facts;
  const by = (kind: string): readonly string[] =>
    bound
      .filter(
        ({ manifest: { kind: found, metadata } }) =>
          found === kind && metadata.name === workload.name,
      )
      .map(({ environment }) => environment);
  const scalers = [
    { kind: 'HorizontalPodAutoscaler', type: 'horizontalpodautoscaler', field: 'minReplicas' },
    { kind: 'ScaledObject', type: 'scaledobject.keda.sh', field: 'minReplicaCount' },
  ].flatMap((each) => (by(each.kind).length > 0 ? [{ ...each, in: by(each.kind) }] : []));
  const scaled = scalers.flatMap((each) => each.in);
  const fixed = environments.map(({ name }) => name).filter((name) => !scaled.includes(name));
  const patch = (of: (typeof scalers)[number], to: string): string =>
    kubectl(
      `patch ${of.type}/${workload.name} --type=merge -p '{"spec":{"${of.field}":'"$${to}"'}}'`,
    );
  const verify = asked(facts, 'The replicas that are still to come:', missing(workload.name));
  const quota = kinds.has('ResourceQuota')
    ? 'a quota may refuse pods: `kubectl -n "$NS" describe resourcequotas`'
    : undefined;
  const patched: readonly Mitigation[] = scalers.map((each) => ({
    title: `Scale out to the ceiling${scalers.length > 1 || fixed.length > 0 ? `, in ${listed(each.in)}` : ''}`,
    effect: 'More replicas share the load; of no use when what it calls is the bottleneck',
    within: '15 s, the pace of the autoscaler, and the start of a pod',
    undo: `the same with \`$MIN\` for \`$MAX\`${isGitOps ? '; to keep it, raise `scale.min` in Git' : ''}`,
    ...(quota !== undefined && { beware: quota }),
    commands: [patch(each, 'MAX')],
    verify,
  }));
  if (fixed.length === 0) return patched;
  return [
    ...patched,
    {
      title: `Add a replica${scaled.length > 0 ? `, in ${listed(fixed)}` : ''}`,
      effect: 'No autoscaler is there, so one more shares the load',
      within: 'the start of a pod',
      undo: 'the same with `$MAX`; nothing else sets it back',
      ...(quota !== undefined && { beware: quota }),
      commands: [kubectl(`scale ${runner(facts)} --replicas=$((MAX + 1))`)],
      verify,
    },
  ];
}

const NODES = 'kubectl get nodes -o wide';

function cordon(facts: WorkloadFacts): Mitigation {
  return {
    title: 'Keep new pods off a bad node',
    effect: 'When only the pods of one node fail, no more come there; those that are there stay',
    within: 'at once, for new pods',
    undo: '`kubectl uncordon "$NODE"`',
    commands: [ofPods('get pods -o wide', facts), NODES, 'NODE=', 'kubectl cordon "$NODE"'],
    verify: asked(
      facts,
      'Its pods that are not ready:',
      `max by (namespace, pod) (kube_pod_status_ready{pod=~"${podPattern(facts.workload).source}",condition="false"}) > 0`,
    ),
  };
}

function replacePod(facts: WorkloadFacts): Mitigation {
  return {
    title: 'Replace one pod',
    effect: 'When one pod is worse than the others: a new one takes its place',
    within: 'the start of a pod',
    undo: 'none: what the pod had in memory is gone, so keep its log',
    commands: [
      ofPods('get pods --sort-by=.metadata.creationTimestamp', facts),
      'POD=',
      kubectl('logs "$POD" --all-containers --tail=-1 > "$POD.log"'),
      kubectl('delete "pod/$POD"'),
    ],
    verify: better(facts),
  };
}

function revert(facts: WorkloadFacts): Mitigation {
  const { isGitOps, manifest, workload, migrations } = facts;
  const deadline = specField(manifest, 'progressDeadlineSeconds');
  const rolled = kubectl(
    `rollout status ${runner(facts)} --timeout=${typeof deadline === 'number' ? deadline : 600}s`,
  );
  const isJob = workload.kind === 'scheduled-job';
  const at = isJob
    ? 'the next run'
    : `a rollout: at most ${timeText(typeof deadline === 'number' ? deadline : 600)}, else it is stuck`;
  return {
    title: 'Go back to the last release',
    effect: isJob ? 'The next run is the old version' : 'The old version serves again',
    within: isGitOps ? `a sync and ${at}` : at,
    undo: isGitOps ? 'revert the revert' : 'the same again',
    ...(migrations.length > 0 && {
      beware: 'its migration is not undone: the old version must be able to read the new schema',
    }),
    commands: [
      ...(isGitOps || isJob
        ? [
            '# in the repository of the manifests',
            'git log -n 5',
            'COMMIT=',
            'git revert --no-edit "$COMMIT" && git push',
          ]
        : [kubectl(`rollout undo ${runner(facts)}`)]),
      ...(isJob ? [] : [rolled]),
    ],
    verify: better(facts),
  };
}

function restart(facts: WorkloadFacts): Mitigation {
  return {
    title: 'Replace all pods',
    effect:
      'When all are bad in the same way, as with a leak or a stale connection; pods go one after the other',
    within: 'a rollout',
    undo: 'none: the evidence is gone with the pods, so [keep it first](#after)',
    commands: [
      kubectl(`rollout restart ${runner(facts)}`),
      kubectl(`rollout status ${runner(facts)}`),
    ],
    verify: better(facts),
  };
}

function runNow(facts: WorkloadFacts): Mitigation {
  return {
    title: 'Run it now',
    effect: 'What it should have done is done, if a run succeeds at all',
    within: `a run: at most ${timeText(facts.workload.schedule?.deadlineSeconds ?? 3600)}`,
    undo: 'none: it does what each run does',
    beware: 'a run that goes on is not waited for',
    commands: [
      kubectl(`create job --from=${runner(facts)} ${facts.service.slice(0, 40)}-by-hand`),
      kubectl(`logs -f job/${facts.service.slice(0, 40)}-by-hand`),
    ],
    verify: better(facts),
  };
}

function suspend(facts: WorkloadFacts): Mitigation {
  const to = (value: boolean): string =>
    kubectl(`patch ${runner(facts)} --type=merge -p '{"spec":{"suspend":${String(value)}}}'`);
  return {
    title: 'Stop the schedule',
    effect: 'No run does more harm; one that goes on is not stopped',
    within: 'at once',
    undo: 'the same with `false`; runs that were missed are not made up for',
    commands: [to(true)],
    verify: asked(
      facts,
      'It is suspended when this is 1:',
      `max by (namespace) (kube_cronjob_spec_suspend{cronjob="${facts.service}"})`,
    ),
  };
}
