import { code, joined, listed, promql, sh, table, timeText } from '../../incident';
import { BURN_ALERTS, dashboardUid, ROLE_ALERTS, selectSeries } from '../../observability';
import { requestsText, shareText, trafficOf } from '../checks';
import type { ExpectedAlert, Experiment, Fault } from '../experiment';
import { secondsText } from '../judge-alert';
import { workflowName } from '../workflow/workflow';
import { unguarded } from './guard';
import type { Planned, PlannedExperiment } from './planned';
import { questions } from './questions';

/** A fault in words. */
export function faultText(fault: Fault, target: string): string {
  switch (fault.kind) {
    case 'kill-pod':
      return `one pod of ${target} is killed`;
    case 'fail-pods':
      return `all pods of ${target} fail`;
    case 'fail-zone':
      return `all pods of ${target} in one zone fail`;
    case 'partition':
      return fault.from === undefined
        ? `nobody reaches ${target}`
        : `${fault.from} does not reach ${target}`;
    case 'delay':
      return fault.from === undefined
        ? `all that ${target} sends comes ${fault.milliseconds} ms later`
        : `what ${fault.from} sends to ${target} comes ${fault.milliseconds} ms later`;
    case 'cpu':
      return `each pod of ${target} uses ${fault.percent} % more of the CPU that it requests`;
    case 'suspend-schedule':
      return `${target} is suspended`;
    case 'shift-clock':
      return `the certificate of ${target} is ${Math.floor(fault.hours / 24)} days older`;
    case 'block-scrape':
      return `nothing measures ${target}`;
  }
}

/** All that the facilitator needs for one experiment. */
export const experimentPart = (planned: PlannedExperiment, index: number, all: Planned): string => {
  const { experiment } = planned;
  return joined(
    `### ${index + 1}. ${experiment.id}`,
    experiment.hypothesis,
    facts(planned, all),
    burns(planned, all),
    inject(planned, all),
    watch(experiment, all),
    expected(experiment, all.place),
    joined('Questions:', questions[experiment.claim.kind].map((each) => `- ${each}`).join('\n')),
    sheet(experiment),
  );
};

const facts = ({ experiment, injection }: PlannedExperiment, all: Planned): string => {
  const { claim, fault, target, seconds, ...rest } = experiment;
  return table(
    ['claim', 'fault', 'for', 'of its pods', 'at least', 'aborted below'],
    [
      [
        `${claim.kind} of ${claim.subject}`,
        faultText(fault, target),
        timeText(seconds),
        `${rest.blastRadiusPercent} %`,
        rest.traffic
          ? `${requestsText(rest.traffic.perSecond)} to ${rest.traffic.service}`
          : 'work to do; nothing counts it',
        abortText(injection, all),
      ],
    ],
  );
};

/** Below what it ends, and who sees to that. */
const abortText = ({ template }: PlannedExperiment['injection'], { floors }: Planned): string =>
  `${shareText(floors.abort)} of a budget, by ${template ? 'the Workflow' : 'you'}`;

/** Other alerts are about what burns nothing. */
const isOfBudget = ({ alertname }: ExpectedAlert): boolean =>
  [BURN_ALERTS.page, ROLE_ALERTS.symptom].includes(alertname);

/** What it costs: nobody should learn that afterwards. */
function burns({ experiment, injection }: PlannedExperiment, { place, floors }: Planned): string {
  const { expects, seconds } = experiment;
  const rows = expects.alerts.filter(isOfBudget).flatMap(({ service }) => {
    const workload = place.model.workloads.find(({ name }) => name === service);
    return (workload?.objectives ?? [])
      .filter(({ slo }) => slo !== 'latency')
      .map(({ slo, budgetMinutes }) => {
        const share = Math.round((seconds / 60 / budgetMinutes) * 100);
        return { share, text: `${slo} of ${service}: ${share} %` };
      });
  });
  if (rows.length === 0) return '';
  const needed = Math.max(...rows.map(({ share }) => share)) / 100 + floors.abort;
  const who = injection.template ? 'the Workflow ends it' : 'you end it';
  const floor = shareText(floors.abort);
  return joined(
    `It may burn so much of the budgets of 30 days: ${listed(rows.map(({ text }) => text))}.`,
    needed > 1
      ? `So ${who} before its time, at ${floor}, whatever is left at its start: ${SOONER}.`
      : needed > floors.start
        ? `So where less than ${shareText(needed)} of that budget is left at its start, ${who} before its time, at ${floor}: ${SOONER}.`
        : '',
  );
}

const SOONER = 'the alerts are there by then, the end of the fault comes sooner';

function inject(planned: PlannedExperiment, { place, floors }: Planned): string {
  const { experiment, injection } = planned;
  const { byHand, template } = injection;
  const name = workflowName(place.model.application);
  return joined(
    template
      ? `The Workflow ${code(name)} does it, as ${code(template.templateType)}, after its baseline.`
      : 'By hand; no step of the Workflow does it, and none watches it.',
    template ? '' : unguarded(experiment, place, floors),
    byHand ? `By hand${template ? ' before' : ''}: ${byHand.why}` : '',
    byHand && byHand.commands.length > 0 ? sh(...byHand.commands) : '',
    byHand && (!template || byHand.undo.length > 0) ? takenBack(planned) : '',
  );
}

function takenBack({ experiment, injection: { template, byHand } }: PlannedExperiment): string {
  const undo = byHand?.undo ?? [];
  const ended = template ? 'the Workflow ends the fault' : 'the guard says ABORT';
  const when = `After ${timeText(experiment.seconds)}, or as soon as ${ended}, take it back`;
  return undo.length > 0 ? joined(`${when}:`, sh(...undo)) : `${when}, as you have done it.`;
}

function watch({ target, traffic, expects }: Experiment, { place }: Planned): string {
  const { model, environment } = place;
  const { application } = model;
  const here = { application, environment: environment.name };
  const isWorkload = model.workloads.some(({ name }) => name === target);
  const dashboard = isWorkload ? dashboardUid(application, target) : dashboardUid(application);
  const services = [...new Set([target, ...expects.holds])].filter((service) =>
    model.workloads.some(({ name, objectives }) => name === service && objectives),
  );
  const burning = selectSeries('slo:current_burn_rate:ratio', {
    ...here,
    ...(services.length > 0 && { service: new RegExp(services.join('|')) }),
  });
  return joined(
    `Watch the dashboard ${code(dashboard)} and the runbook ${code(`runbooks/${application}/${target}.md`)}. What burns, where 1 is what is allowed:`,
    promql(`max by (service, slo) (${burning})`),
    'What fires:',
    promql(
      `count by (alertname, service, severity) (${selectSeries('ALERTS', { ...here, alertstate: 'firing' })})`,
    ),
    traffic ? joined('What is asked:', promql(trafficOf(place, traffic.service))) : '',
  );
}

function expected({ expects }: Experiment, { model, environment }: Planned['place']): string {
  const { alerts, silent, holds, recoversWithinSeconds } = expects;
  const isQuiet = model.onCall?.pagesIn.includes(environment.name) === false;
  return joined(
    alerts.length > 0
      ? table(
          ['expected', 'of', 'as', 'within'],
          alerts.map(({ alertname, service, severity, withinSeconds }) => [
            ...[alertname, service, severity, secondsText(withinSeconds)],
          ]),
        )
      : 'No page and no ticket is expected.',
    isQuiet && alerts.some(({ severity }) => severity === 'page')
      ? `In ${environment.name} a page arrives as a ticket: the responder watches for it.`
      : '',
    holds.length > 0 ? `Their budgets hold: ${listed(holds)}.` : '',
    silent.length > 0 ? `Nobody is paged for: ${listed(silent)}.` : '',
    `All is as before within ${timeText(recoversWithinSeconds)} after the fault.`,
  );
}

/** What is filled in together. */
function sheet({ expects }: Experiment): string {
  const rows = [
    'the fault was there, and traffic enough',
    ...expects.alerts.map(({ alertname, service }) => `${alertname} of ${service} came in time`),
    'nobody else was paged',
    ...(expects.holds.length > 0 ? ['the budgets held'] : []),
    'all was as before in time',
    'the runbook led to the right step',
  ];
  return joined(
    'Score:',
    table(
      ['question', 'held, refuted or inconclusive', 'seen at (UTC)', 'by'],
      rows.map((row) => [row, '…', '…', '…']),
    ),
  );
}
