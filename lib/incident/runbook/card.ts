import type { EnvironmentModel, ObjectiveModel, WorkloadModel } from '../../foundation';
import { tryAddress } from '../../observability';
import { escalationText } from '../on-call';
import type { RunbookFacts } from './facts';
import { goldenPath, podLabels } from './kubectl';
import { code, joined, listed, said, sh, table, timeText } from './markdown';

const KINDS: Readonly<Record<WorkloadModel['kind'], string>> = {
  'web-service': 'web service',
  worker: 'worker',
  'scheduled-job': 'scheduled job',
  migration: 'migration',
};

/** What it is, whose it is, what it promises, and where it stands. */
export function workloadCard(facts: RunbookFacts, workload: WorkloadModel): string {
  const { application, owner, service } = facts;
  const { kind, runbook, schedule, objectives = [], noObjectives } = workload;
  const tier = workload.containers.find(({ role }) => role === 'main')?.measured?.tier;
  const runs = schedule && `runs at ${code(schedule.cron)} ${schedule.timeZone}`;
  const facets = [`Team **${owner}**`, KINDS[kind], tier && `tier ${tier}`, runs].filter(Boolean);
  const none = noObjectives === undefined ? '' : `It promises nothing: ${said(noObjectives)}`;
  return joined(
    title(application, service),
    said(runbook?.about ?? ''),
    `${facets.join(' · ')} · application ${application}`,
    told(facts),
    alertList(facts),
    places(facts, workload),
    promises(objectives),
    none,
  );
}

export const title = (application: string, service: string): string =>
  `# ${service}${application === service ? '' : ` (${application})`}`;

/** Who rings, where people talk, and who is next. */
export function told({ onCall }: RunbookFacts): string {
  if (!onCall) return '';
  const { page, pagesIn, channel, escalation = [] } = onCall;
  const rings =
    page.length > 0 &&
    pagesIn.length > 0 &&
    `pages ring in ${listed(pagesIn)} (${page.join(', ')})`;
  const parts = [
    rings,
    channel !== undefined && `talk in ${code(channel)}`,
    escalation.length > 0 && `nobody answers: ${escalationText(escalation)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : `**On call**: ${parts.join(' · ')}`;
}

/** Every alert, with a link to where it is explained. */
export function alertList({ alerts }: RunbookFacts): string {
  const of = (severity: string): string =>
    alerts
      .filter(({ severities }) => severities.includes(severity))
      .map(({ name }) => `[${name}](#${name})`)
      .join(' · ');
  return joined(
    ...['page', 'ticket'].map((severity) =>
      of(severity) === '' ? '' : `**${severity}**: ${of(severity)}`,
    ),
  );
}

/** The line that everything below needs first, for each environment. */
export function places(facts: RunbookFacts, workload?: WorkloadModel): string {
  const { environments, service } = facts;
  if (environments.length === 0) return 'It stands in no environment.';
  const hasBounds = environments.some(({ replicas }) => replicas[service] !== undefined);
  const presence = workload?.presence;
  const head = ['environment', 'paste first', 'people reach it at', 'dashboard'];
  const rows = environments.map((environment) => [
    environment.name,
    code(pasted(environment, hasBounds ? service : undefined)),
    environment.hostnames[service] ?? '',
    dashboardLink(facts, environment.name, workload),
  ]);
  return joined(
    '**First** look where you are, and paste the line of your environment:',
    sh('kubectl config current-context', ...(workload ? [podLabels(workload)] : [])),
    table(head, rows),
    'What Prometheus knows of all this, at once, from the repository of the definition:',
    sh('PROMETHEUS=', goldenPath(facts, 'incident')),
    presence ? `It stands in ${listed(presence.stages)} alone: ${said(presence.reason)}` : '',
  );
}

/** What is not a workload has no dashboard of its own: that of its application shows most of it. */
function dashboardLink(
  { links, application }: RunbookFacts,
  environment: string,
  workload: WorkloadModel | undefined,
): string {
  const service = workload && { service: workload.name };
  const address = tryAddress(links.dashboard, { application, environment, ...service });
  return address === undefined ? '' : `[open](${address})`;
}

/** Settings of the shell, by which commands are the same everywhere. */
function pasted(
  { name, namespace, replicas }: EnvironmentModel,
  service: string | undefined,
): string {
  const bounds = service === undefined ? undefined : replicas[service];
  const values = bounds === undefined ? [] : [`MIN=${bounds.min}`, `MAX=${bounds.max}`];
  return [`NS=${namespace}`, `ENVIRONMENT=${name}`, ...values].join(' ');
}

const EXTENTS = [1, 0.1, 0.02] as const;

/** Objectives, what they leave, and how long it takes until somebody knows. */
function promises(objectives: readonly ObjectiveModel[]): string {
  const rows = objectives.map((objective) => [
    promise(objective),
    `${Math.round(objective.budgetMinutes * 10) / 10} min`,
    ...EXTENTS.map((extent) => found(objective, extent)),
  ]);
  return table(
    ['promise', 'budget of 30 days', 'all fail: told after', '1 in 10 fails', '1 in 50 fails'],
    rows,
  );
}

function promise({ slo, objective, underSeconds, withinSeconds }: ObjectiveModel): string {
  if (slo === 'availability') return `${objective} % of requests succeed`;
  if (slo === 'latency') return `${objective} % within ${exactly(underSeconds ?? 0)}`;
  return `${objective} % of the time nothing older than ${timeText(withinSeconds ?? 0)}`;
}

const exactly = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds} s`;

/** Who is told first, and when. */
function found({ slo, detection }: ObjectiveModel, extent: number): string {
  // What is late is late as a whole.
  if (slo === 'freshness' && extent !== 1) return '';
  const of = (severity: string): string | undefined => {
    const seconds = detection.find(
      (each) => each.severity === severity && each.errorRatio === extent,
    )?.seconds;
    return seconds === undefined ? undefined : `${severity} ${timeText(seconds)}`;
  };
  return of('page') ?? of('ticket') ?? 'nobody';
}
