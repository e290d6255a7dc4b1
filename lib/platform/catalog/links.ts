import { standsIn, type ApplicationModel, type WorkloadModel } from '../../foundation';
import { tryAddress, type Links } from '../../observability';
import type { Link } from './entity';

/** The end of an address that leads to one alert: without an alert it leads to the page around it. */
const OF_ALERT = /#[^#/]*\{alert\}[^#/]*$/;

/** The environments in which a workload exists. */
const placesOf = (
  { environments }: ApplicationModel,
  workload: WorkloadModel | undefined,
): readonly string[] =>
  environments.filter((each) => !workload || standsIn(workload, each)).map(({ name }) => name);

/** Where people find what helps with a workload, or with the whole application. */
export function linksOf(
  { runbook, dashboard }: Links,
  model: ApplicationModel,
  workload?: WorkloadModel,
): readonly Link[] {
  const { application } = model;
  const of = { application, ...(workload && { service: workload.name }) };
  const inEach = dashboard?.includes('{environment}') === true;
  const titles: readonly (readonly [title: string, environment: string])[] = inEach
    ? placesOf(model, workload).map((name) => [`Dashboard in ${name}`, name])
    : [['Dashboard', '']];
  const found: readonly (Omit<Link, 'url'> & { readonly url: string | undefined })[] = [
    {
      url: tryAddress(runbook?.replace(OF_ALERT, ''), of),
      title: 'Runbook',
      icon: 'docs',
      type: 'runbook',
    },
    ...titles.map(([title, environment]) => ({
      url: tryAddress(dashboard, { ...of, environment }),
      ...{ title, icon: 'dashboard', type: 'dashboard' },
    })),
  ];
  // The platform has none, or it leads to a service, which an application is not.
  return found.flatMap(({ url, ...link }) => (url === undefined ? [] : [{ url, ...link }]));
}
