import type { Construct } from 'constructs';
import { applicationLabels, conforms, ProblemLog, type Manifest } from '../foundation';
import {
  applicationDashboard,
  dashboardApi,
  dashboardObject,
  Dashboards,
  dashboardsShape,
  serviceDashboard,
  type ApplicationDashboardFacts,
  type Carried,
  type ServiceDashboardFacts,
  type SignalSource,
} from '../observability';
import { defaultsOf } from './defaults';
import { GoldenObject } from './golden-object';
import type { ResolvedApplication } from './resolve-application';
import type { ResolvedWorkload } from './resolved-workload';

const PLACE = 'dashboard';

/** An application, as far as its dashboards look. */
interface DashboardScope extends Construct {
  readonly owner: string;
  readonly resolved: () => ResolvedApplication;
}

/** How dashboards come to Grafana; undefined where there are none, because nothing is measured or nobody wants them. */
function tryCarried(construct: Construct): Carried | undefined {
  const { signals, dashboards } = defaultsOf(construct);
  if (!signals || dashboards === false) return undefined;
  const chosen = dashboards ?? Dashboards.configMaps();
  // What cannot be read is reported with the platform.
  const isSound = conforms(dashboardsShape, chosen, 'dashboards', new ProblemLog(''));
  return !isSound || chosen.kind === 'none' ? undefined : chosen;
}

/** What the dashboards of an application are made of. */
function applicationFacts(application: DashboardScope): ApplicationDashboardFacts {
  const { workloads, edges } = application.resolved();
  const all = [...workloads.values()];
  return {
    application: application.node.id,
    owner: application.owner,
    workloads: all.map(({ model }) => model),
    edges,
    objectives: all.flatMap(({ objectives }) => objectives),
  };
}

/** The same for one workload. A source that is blind to its requests leaves out the row of them. */
function serviceFacts(
  application: DashboardScope,
  { workload, model }: ResolvedWorkload,
  signals: SignalSource,
): ServiceDashboardFacts {
  const facts = applicationFacts(application);
  if (workload.kind !== 'web-service') return { ...facts, workload: model };
  const signal = signals.requests({
    application: workload.application,
    name: workload.name,
    protocol: workload.port?.name ?? 'tcp',
    isScraped: model.metrics !== undefined,
    isExposed: model.exposure !== undefined,
  });
  return { ...facts, workload: model, ...(!('blind' in signal) && { signal }) };
}

function place(scope: Construct, name: string, make: (by: Carried) => Manifest): void {
  const by = tryCarried(scope);
  if (!by || scope.node.tryFindChild(PLACE)) return;
  new GoldenObject(scope, PLACE, {
    ...{ ...dashboardApi(by), name, facet: 'signals' },
    make: () => make(by),
  });
}

/** Places the dashboard of a workload. What migrates is shown with the workload that it is for. */
export function placeDashboard(construct: Construct, application: DashboardScope): void {
  const own = application.resolved().byPath.get(construct.node.path);
  const { signals } = defaultsOf(construct);
  if (!own || !signals || own.workload.kind === 'migration') return;
  const name = `${construct.node.id}-dashboard`;
  place(construct, name, (by) => {
    const now = application.resolved().byPath.get(construct.node.path) ?? own;
    const dashboard = serviceDashboard(serviceFacts(application, now, signals));
    const { labels } = now.workload;
    return dashboardObject({ name, application: application.node.id, labels, dashboard, by });
  });
}

/** Places the dashboard of a whole application that has workloads. */
export function placeApplicationDashboard(application: DashboardScope): void {
  if (application.resolved().workloads.size === 0) return;
  const { id } = application.node;
  const name = `${id}-application-dashboard`;
  place(application, name, (by) =>
    dashboardObject({
      ...{ name, application: id, labels: applicationLabels(id), by },
      dashboard: applicationDashboard(applicationFacts(application)),
    }),
  );
}
