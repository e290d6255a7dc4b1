import { overspentText, type ApplicationModel } from '../../foundation';
import type { AlertmanagerClient, Silence } from '../../alertmanager';
import {
  KNOWS_EXPERIMENTS,
  presences,
  startChecks,
  type Check,
  type Experiment,
  type Floors,
  type Place,
} from '../../game-day';
import type { PrometheusClient, Series } from '../../prometheus';

/** What is asked before a plan is written. */
export interface Look {
  readonly place: Place;
  readonly floors: Floors;
  readonly experiments: readonly Experiment[];
}

/** What to do about each. */
const FIXES: Readonly<Record<Check['name'], string>> = {
  page: 'Wait until it is over, with half an hour to spare',
  data: 'Look whether this is the Prometheus of that environment, has its rules (golden-path synth writes them), and scrapes it',
  budget: 'Wait until there is more, or say by --budget-floor that less will do',
  experiment: 'Wait until it is over',
  traffic: 'Send it load while the game day goes on',
};

/** Why a game day must not begin now, by a Prometheus. @throws {ServerError} */
export async function refusals(
  { place, floors, experiments }: Look,
  client: PrometheusClient,
  at: number,
): Promise<readonly string[]> {
  const checks = new Map(
    experiments.flatMap((experiment) =>
      startChecks(experiment, place, floors).map((each) => [each.expression, each] as const),
    ),
  );
  const found: string[] = [];
  for (const check of checks.values()) {
    const { data } = check;
    if (data !== undefined && (await client.query(data, at)).length === 0) {
      const what = check.name === 'data' ? check.says : `not known whether ${check.says}`;
      found.push(`NO DATA: ${what}, since there is no sample of ${data}. ${FIXES.data}.`);
      continue;
    }
    const series = await client.query(check.expression, at);
    if (series.length === 0) continue;
    const all = series.map((each) => rowText(check, each)).filter((text) => text !== '');
    const rows = all.length > 0 ? `: ${[...new Set(all)].join('; ')}` : '';
    found.push(`${check.says}${rows}. ${FIXES[check.name]}.`);
  }
  return found;
}

/** What no answer of this Prometheus could tell. @throws {ServerError} */
export async function unknownChecks(
  client: PrometheusClient,
  at: number,
): Promise<readonly Check['name'][]> {
  return (await client.query(KNOWS_EXPERIMENTS, at)).length > 0 ? [] : ['experiment'];
}

/** Connected applications of which this Prometheus has nothing. @throws {ServerError} */
export async function unseenOf(
  { place }: Look,
  client: PrometheusClient,
  at: number,
): Promise<readonly string[]> {
  const seen = (await client.query(presences(place), at)).map(({ labels }) => labels.application);
  return place.connected
    .map(({ application }) => application)
    .filter((application) => !seen.includes(application));
}

function rowText({ name }: Check, { labels, points }: Series): string {
  const value = points.at(-1)?.value ?? NaN;
  const { application = '', service = '', alertname = '', slo = '', namespace, kind } = labels;
  if (name === 'page') return `${alertname} of ${service} in ${application}`;
  if (name === 'experiment') return `${kind ?? 'a fault'} in ${namespace ?? 'some namespace'}`;
  if (name === 'traffic') return `${Number(value.toPrecision(2))}`;
  return slo === ''
    ? ''
    : `${slo} of ${service} in ${application} ${overspentText(value) ?? `has ${percent(value)}`}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The same by an Alertmanager: pages that are open, and silences behind which nobody would see those that are expected. @throws {ServerError} */
export async function keptQuiet(
  { place, experiments }: Look,
  client: AlertmanagerClient,
): Promise<readonly string[]> {
  const { model, environment, connected } = place;
  const names = connected.map(({ application }) => application).join('|');
  const pages = await client.alerts({
    matchers: ['severity="page"', `environment="${environment.name}"`, `application=~"${names}"`],
  });
  const open = pages.map(({ labels }) => `${labels.alertname ?? ''} of ${labels.service ?? ''}`);
  const expected = experiments.flatMap(({ expects }) =>
    expects.alerts.map(({ alertname, service, severity }) => ({
      ...{ alertname: [alertname], service: [service], severity: [severity], team: [model.owner] },
      ...{ application: [model.application], environment: [environment.name] },
      ...{ namespace: [environment.namespace], slo: objectivesOf(model, service) },
    })),
  );
  const silences = (await client.silences()).filter(
    (silence) => silence.state === 'active' && expected.some((labels) => mayHide(silence, labels)),
  );
  return [
    ...(open.length > 0
      ? [`Alertmanager holds a page: ${[...new Set(open)].join('; ')}. ${FIXES.page}.`]
      : []),
    ...silences.map(
      ({ id, comment }) =>
        `the silence ${id} (${comment}) may hide an alert that is expected. Let it expire first.`,
    ),
  ];
}

const objectivesOf = ({ workloads }: ApplicationModel, service: string): readonly string[] =>
  (workloads.find(({ name }) => name === service)?.objectives ?? []).map(({ slo }) => slo);

/** Whether a silence may keep an alert quiet: by labels with one of some values, or by others, of which nothing is known. */
const mayHide = (
  { matchers }: Silence,
  labels: Readonly<Partial<Record<string, readonly string[]>>>,
): boolean =>
  matchers.every(({ name, value, isRegex, isEqual }) => {
    const own = labels[name] ?? [];
    const fits = (each: string): boolean =>
      (isRegex ? matches(value, each) : each === value) === isEqual;
    return own.length === 0 || own.some(fits);
  });

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    // RE2 knows forms that JavaScript does not: rather one silence too many than an alert that nobody sees.
    return true;
  }
}
