import { code, joined, listed, sh, table, timeText } from '../../incident';
import { startChecks } from '../checks';
import { toolkitCommand } from '../toolkit/chaos-toolkit';
import { tryWorkflow, wholeSeconds } from '../workflow/workflow';
import { durationText, longOthersText } from './duration';
import { experimentPart, faultText } from './experiment-part';
import { guardPart } from './guard';
import { brake, roles, timeline, words } from './people';
import type { Checked, Planned } from './planned';

/** The names of the files of a plan, from its folder on. */
export const planFiles = {
  plan: 'plan.md',
  workflow: 'workflow.yaml',
  experiment: (id: string): string => `experiments/${id}.json`,
} as const;

/** The page by which a facilitator leads through a game day. */
export const planPage = (planned: Planned): string =>
  `${joined(
    head(planned),
    scope(planned),
    before(planned),
    roles(),
    timeline(planned),
    words(planned),
    start(planned),
    guardPart(planned),
    brake(planned),
    '## Experiments',
    ...planned.experiments.map((each, index) => experimentPart(each, index, planned)),
    after(planned),
  )}\n`;

function head(planned: Planned): string {
  const { place } = planned;
  const { application, owner } = place.model;
  return joined(
    `# Game day of ${application} in ${place.environment.name}`,
    `The objective is to find out whether what the definition of ${application} says is so, and whether those who are paged know what to do. A refuted hypothesis is a good result. ${owner} owns the application.`,
    durationText(planned),
  );
}

function scope(planned: Planned): string {
  const { place, experiments, others, cluster } = planned;
  const { environment, connected, model } = place;
  const callers = connected.filter(({ application }) => application !== model.application);
  return joined(
    '## Scope',
    `Namespace ${code(environment.namespace)} of ${environment.name}, and nothing else${cluster.isRefusing ? ': the cluster refuses faults that reach further' : ''}.`,
    cluster.isRefusing ? '' : UNREFUSED,
    environment.gameDays?.reason === undefined
      ? ''
      : `Game days are allowed here because: ${environment.gameDays.reason}.`,
    callers.length > 0
      ? `Connected with it, and told before: ${listed(callers.map(({ application }) => application))}.`
      : '',
    table(
      ['experiment', 'fault', 'takes, with baseline and recovery'],
      experiments.map(({ experiment }) => [
        experiment.id,
        faultText(experiment.fault, experiment.target),
        timeText(wholeSeconds(experiment)),
      ]),
    ),
    others.length > 0
      ? `Not in this one: ${listed(others.map(code))}. Choose by ${code('--experiment')}.`
      : '',
    longOthersText(planned),
  );
}

/** Said where no policy is rendered. */
export const UNREFUSED =
  "As far as is known here, nothing in the cluster refuses faults elsewhere: new AdmissionPolicies(app) in the platform's repository does.";

/** Said where Prometheus has no metrics of Chaos Mesh. */
export const UNKNOWN_EXPERIMENTS =
  "Whether another experiment runs is not known: Prometheus has no metrics of Chaos Mesh's controller. Ask those who hold game days; the Workflow does not know either.";

/** Said of connected applications of which Prometheus has nothing; empty where there is none. */
export const unseenText = (checked: Checked): string =>
  checked.by === 'prometheus' && checked.unseen
    ? `NO DATA of ${listed(checked.unseen)} there, though connected: whether they page, and what is left of their budgets, is not known. Look by hand, and at whether this Prometheus has their rules.`
    : '';

/** What must be so, and who has looked. */
function before(planned: Planned): string {
  const { checked, place, floors, experiments } = planned;
  const unknown = checked.by === 'prometheus' ? (checked.unknown ?? []) : [];
  const all = new Map(
    experiments.flatMap(({ experiment }) =>
      startChecks(experiment, place, floors)
        .filter(({ name }) => !unknown.includes(name))
        .map((each) => [each.says, each] as const),
    ),
  );
  const said =
    checked.by === 'nobody'
      ? 'None of this was looked at when the plan was written: no Prometheus was named. The Workflow looks before each of its experiments and ends where one is so; before what is done by hand, you do.'
      : `None of this was so at ${checked.at}, says ${checked.address}. The Workflow looks again before each of its experiments; before what is done by hand, you do.`;
  return joined(
    '## What must not be so',
    [...all.keys()].map((each) => `- ${each}`).join('\n'),
    said,
    unknown.includes('experiment') ? UNKNOWN_EXPERIMENTS : '',
    unseenText(checked),
    'A budget is of 30 days. Where its environment has had traffic for less, a fault burns a larger share of what there was: let traffic run for some days before.',
  );
}

function start(planned: Planned): string {
  const { place } = planned;
  const { namespace } = place.environment;
  const isCreated = place.environment.objects.some(({ kind }) => kind === 'Namespace');
  const apply = `kubectl -n ${namespace} create -f ${planFiles.workflow}`;
  const toolkit = joined(
    `Each experiment is in ${code('experiments/')} for Chaos Toolkit too, for those who hold it step by step. It needs kubectl and curl, and ends and takes all back when less of a budget is left than the guard wants; so run it in no other way:`,
    sh(toolkitCommand('experiments/<id>.json')),
  );
  if (!tryWorkflow(planned)) {
    return joined(
      '## To start',
      'Nothing here is done by Chaos Mesh: there is no Workflow.',
      toolkit,
    );
  }
  return joined(
    '## To start',
    isCreated
      ? ''
      : `The namespace is not ours: whoever owns it annotates it with ${code('chaos-mesh.org/inject: enabled')}.`,
    sh(apply, `kubectl -n ${namespace} get workflownodes --watch`),
    toolkit,
  );
}

const after = ({ place }: Planned): string =>
  joined(
    '## After',
    sh(
      `kubectl -n ${place.environment.namespace} delete -f ${planFiles.workflow} --ignore-not-found`,
    ),
    'What went well, what did not, where we were lucky. Each refuted hypothesis becomes a change of the definition, or of the code that it speaks of, with an owner and a day; each inconclusive one is held again.',
  );
