import { shellWord } from '../../foundation';
import { guardChecks, queryUrl, refusing, startChecks, type Check } from '../checks';
import type { ExpectedAlert } from '../experiment';
import { BASELINE_SECONDS } from '../judge-premises';
import type { Planned, PlannedExperiment } from '../plan/planned';
import { workflowName } from '../workflow/workflow';

/** Where an experiment of Chaos Toolkit finds its Prometheus: a variable of whoever runs it. */
const SERVER = '${prometheus_url}';
const TIMEOUT_SECONDS = 10;
/** Chaos Toolkit stops between the parts of a method, so a wait is cut into parts of this many seconds, or into the most parts. */
const PART_SECONDS = 15;
const MOST_PARTS = 60;
/** Chaos Toolkit puts in what whoever runs it says, and runs nothing without. */
const KUBECTL = 'kubectl --context "${kube_context}"';

/** How a plan's experiment is run so that a budget that is too low ends it, and all is taken back. */
export const toolkitCommand = (file: string): string =>
  `KUBE_CONTEXT=<context> PROMETHEUS_URL=<url> chaos run --hypothesis-strategy continuously --hypothesis-frequency 10 --fail-fast --rollback-strategy always ${file}`;

/** A question to Prometheus; with a tolerance it has to be answered with status 200. */
const probe = (name: string, checks: readonly Check[], tolerance?: number): object => ({
  ...{ type: 'probe', name },
  ...(tolerance !== undefined && { tolerance }),
  provider: {
    ...{ type: 'http', timeout: TIMEOUT_SECONDS },
    url: queryUrl(SERVER, refusing(checks)),
  },
});

/** Answered with status 200 where an alert fires, and with 422 where it does not. */
const alertProbe = (
  { alertname, service, severity, withinSeconds }: ExpectedAlert,
  { model, environment }: Planned['place'],
): object => {
  const labels = `alertname="${alertname}",alertstate="firing",application="${model.application}",environment="${environment.name}",service="${service}",severity="${severity}"`;
  return probe(`${alertname} of ${service} fires within ${Math.round(withinSeconds)} s`, [
    { name: 'page', says: 'it does not fire', expression: `absent(ALERTS{${labels}})` },
  ]);
};

/** One line of a shell, in the context of whoever runs it. */
const shell = (name: string, line: string): object => ({
  ...{ type: 'action', name },
  provider: {
    type: 'process',
    path: 'sh',
    arguments: ['-c', line.replace(/(^|&& |\$\(|\| )kubectl /g, `$1${KUBECTL} `)],
  },
});

/** Waits, and may be ended meanwhile. */
function waits(name: string, seconds: number): readonly object[] {
  const count = Math.min(MOST_PARTS, Math.ceil(seconds / PART_SECONDS));
  const provider = {
    ...{ type: 'process', path: 'sleep' },
    arguments: [`${Math.ceil(seconds / count)}`],
  };
  return Array.from({ length: count }, (_, index) => ({
    ...{ type: 'action', name: `${name} (${index + 1} of ${count})`, provider },
  }));
}

/** Ends the experiment where something is in its way: what Chaos Toolkit asks meanwhile may not fail by the page that is wanted. */
const gate = (name: string, checks: readonly Check[]): object => {
  const url = queryUrl(SERVER, refusing(checks)).replaceAll("'", '%27');
  return shell(
    name,
    `curl -fsS -o /dev/null --max-time ${TIMEOUT_SECONDS} '${url}' || { kill -USR1 $PPID; sleep 5; }`,
  );
};

/** The field of a step that holds its fault: `podChaos` of `PodChaos`. */
const fieldOf = (kind: string): string => `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;

/** The fault as an object of its own, which ends by itself after its time. */
function faultObject({ experiment, injection }: PlannedExperiment, planned: Planned): object {
  const { template } = injection;
  const spec = template
    ? (template as Readonly<Record<string, object | string>>)[fieldOf(template.templateType)]
    : {};
  const { namespace } = planned.place.environment;
  const name = `${workflowName(planned.place.model.application)}-${experiment.id}`;
  return {
    ...{ apiVersion: 'chaos-mesh.org/v1alpha1', kind: template?.templateType },
    metadata: { name: name.slice(0, 63).replace(/-+$/, ''), namespace },
    spec: { ...(spec as object), duration: `${experiment.seconds}s` },
  };
}

/** What is done, and taken back. */
function commandsOf(
  planned: PlannedExperiment,
  all: Planned,
): { readonly inject: readonly string[]; readonly undo: readonly string[] } {
  const { experiment, injection } = planned;
  const { namespace } = all.place.environment;
  const { commands = [], undo = [] } = injection.byHand ?? {};
  if (!injection.template) {
    return commands.length > 0
      ? { inject: commands, undo }
      : { inject: [`echo ${shellWord(`By hand: ${injection.byHand?.why ?? ''}`)}`], undo };
  }
  if (experiment.fault.kind === 'kill-pod') {
    const labels = Object.entries(injection.template.podChaos?.selector.labelSelectors ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const one = `$(kubectl -n ${namespace} get pod -l ${labels} --field-selector=status.phase=Running -o name | head -n 1)`;
    return { inject: [`kubectl -n ${namespace} delete --now "${one}"`], undo: [] };
  }
  const object = shellWord(JSON.stringify(faultObject(planned, all)));
  return {
    inject: [...commands, `printf %s ${object} | kubectl apply -f -`],
    undo: [`printf %s ${object} | kubectl delete --ignore-not-found -f -`, ...undo],
  };
}

/**
 * An experiment in the form of Chaos Toolkit: the same hypothesis, probes and time for whoever holds game days by another tool. Killing a pod and
 * suspending a schedule need kubectl alone; for other faults it applies the object of Chaos Mesh, in whose place one may put that of another
 * tool.
 * @see https://chaostoolkit.org/reference/api/experiment/
 */
export function chaosToolkit(planned: PlannedExperiment, all: Planned): object {
  const { experiment } = planned;
  const { place, floors, cluster } = all;
  const { inject, undo } = commandsOf(planned, all);
  const checks = startChecks(experiment, place, floors);
  const recovers = experiment.expects.recoversWithinSeconds;
  const taken = undo.length > 0 ? undo.join(' && ') : 'true';
  return {
    version: '1.0.0',
    title: `${experiment.id} in ${place.environment.name}`,
    description: experiment.hypothesis,
    tags: [place.model.application, place.environment.name, experiment.claim.kind],
    configuration: {
      kube_context: { type: 'env', key: 'KUBE_CONTEXT' },
      prometheus_url: { type: 'env', key: 'PROMETHEUS_URL', default: cluster.prometheus },
    },
    'steady-state-hypothesis': {
      title: 'enough of the budgets is left',
      probes: [probe('enough is left', guardChecks(place, floors), 200)],
    },
    method: [
      gate('all is well, or it ends here', checks),
      ...waits('the baseline', BASELINE_SECONDS),
      gate('all was well, or it ends here', checks),
      ...inject.map((line, index) =>
        shell(index === inject.length - 1 ? 'the fault' : `before the fault (${index + 1})`, line),
      ),
      ...waits('the fault lasts', experiment.seconds),
      ...experiment.expects.alerts.map((alert) => alertProbe(alert, place)),
      shell('the fault is taken back', taken),
      ...waits('it recovers', recovers),
    ],
    rollbacks: undo.map((line, index) => shell(`take it back (${index + 1})`, line)),
  };
}
