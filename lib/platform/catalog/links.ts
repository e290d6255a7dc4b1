import type { ApplicationModel, WorkloadModel } from '../../foundation';
import { dashboardUid, type Links } from '../../observability';
import type { Link } from './entity';

/** The end of an address that leads to one alert: without an alert it leads to the page around it. */
const OF_ALERT = /#[^#/]*\{alert\}[^#/]*$/;

const filled = (template: string, places: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => places[name] ?? place);

/** The environments in which a workload exists. */
const placesOf = (
  { environments }: ApplicationModel,
  workload: WorkloadModel | undefined,
): readonly string[] =>
  environments
    .filter(({ name, stage }) =>
      (workload?.presence?.stages ?? [stage]).some((each) => each === name || each === stage),
    )
    .map(({ name }) => name);

/** Where people find what helps with a workload, or with the whole application. */
export function linksOf(
  { runbook = '', dashboard = '' }: Links,
  model: ApplicationModel,
  workload?: WorkloadModel,
): readonly Link[] {
  const { application } = model;
  const places = {
    application,
    dashboard: dashboardUid(application, workload?.name),
    ...(workload && { service: workload.name }),
  };
  const inEach = dashboard.includes('{environment}');
  const titles: readonly (readonly [title: string, environment: string])[] = inEach
    ? placesOf(model, workload).map((name) => [`Dashboard in ${name}`, name])
    : [['Dashboard', '']];
  const links: readonly Link[] = [
    {
      url: filled(runbook.replace(OF_ALERT, ''), places),
      title: 'Runbook',
      icon: 'docs',
      type: 'runbook',
    },
    ...titles.map(([title, environment]) => ({
      url: filled(dashboard, { ...places, environment }),
      title,
      icon: 'dashboard',
      type: 'dashboard',
    })),
  ];
  // The platform has none, or it leads to a service, which an application is not.
  return links.filter(({ url }) => url !== '' && !/[{}]/.test(url));
}
