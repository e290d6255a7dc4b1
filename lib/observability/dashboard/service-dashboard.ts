import { budgetRow } from './budget-row';
import { dashboardJson } from './dashboard-json';
import { exploreLinks } from './explore';
import type { ServiceDashboardFacts } from './facts';
import { kubernetesRow } from './kubernetes-row';
import { neighbourRow } from './neighbour-row';
import type { Json } from './panel-json';
import { releases } from './releases';
import { requestRow } from './request-row';
import { saturationRow } from './saturation-row';
import { dashboardUid } from './uid';
import { runRow, waitingRow } from './work-rows';

/**
 * The dashboard of one workload, from top to bottom as somebody asks who was woken: is anybody hurt, what is wrong, whose fault is it, is it
 * too small, is it well. A row without panels is left out.
 */
export function serviceDashboard(facts: ServiceDashboardFacts): Json {
  const { application, workload, owner } = facts;
  const service = workload.name;
  return dashboardJson({
    uid: dashboardUid(application, service),
    title: `${application} / ${service}`,
    description: `The ${workload.kind.replace('-', ' ')} ${service} of ${application}, for which ${owner} answers.`,
    application,
    annotations: releases(facts),
    links: [
      { title: application, url: `/d/${dashboardUid(application)}` },
      ...exploreLinks({ application, service }),
    ],
    listsOthers: true,
    isExplored: true,
    rows: [
      budgetRow(facts),
      requestRow(facts),
      waitingRow(facts),
      runRow(facts),
      neighbourRow(facts),
      saturationRow(facts),
      kubernetesRow(facts),
    ],
  });
}
