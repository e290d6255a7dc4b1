import type { WorkloadKind, WorkloadModel } from '../../foundation';
import type { RuleGroup } from '../rule';
import type { AlertOwner } from '../alert/ticket';
import { serviceOf, workloadAlerts } from '../alert/workload-alerts';
import { tryAlertTests, type TestedRules } from './alert-tests';
import { containerStories } from './container-scenarios';
import { deploymentStories, type WorkloadStory } from './deployment-scenarios';
import { migrationStories, scheduledJobStories } from './job-scenarios';
import { inPlaces, namespaceIn, ONE } from './places';
import type { Scenario } from './scenario';

const STORIES: Readonly<
  Record<WorkloadKind, (workload: WorkloadModel) => readonly WorkloadStory[]>
> = {
  'web-service': deploymentStories,
  worker: deploymentStories,
  'scheduled-job': scheduledJobStories,
  migration: migrationStories,
};

/** What may happen to a workload, and which alerts tell of it. */
export function workloadScenarios(
  workload: WorkloadModel,
  application: string,
): readonly Scenario[] {
  const service = serviceOf(workload);
  const place = { environment: ONE, namespace: namespaceIn(application, ONE) };
  const scenario = (story: WorkloadStory, told: Scenario['told']): Scenario => ({
    ...{ alert: story.alert, service, told },
    ...(story.leadSeconds !== undefined && { leadSeconds: story.leadSeconds }),
    what: `${workload.name} ${story.what}, in one environment and in no other`,
    series: (timeline) => inPlaces(application, story, timeline),
  });
  return [
    ...STORIES[workload.kind](workload).map((story) => scenario(story, [place])),
    ...containerStories(workload).map((story) =>
      scenario(
        story,
        story.containers.map(({ name }) => ({ container: name, ...place })),
      ),
    ),
  ];
}

/**
 * The tests of the alerts of a workload and of what migrates for it.
 * @param rendered - all groups as they are evaluated
 * @param rules - the file with them
 * @returns undefined where a team has taken all of them away
 */
export function tryWorkloadTests(
  workloads: readonly WorkloadModel[],
  by: AlertOwner,
  rendered: readonly RuleGroup[],
  rules: string,
): TestedRules | undefined {
  const parts = workloads.map((workload) => ({
    scenarios: workloadScenarios(workload, by.application),
    own: [workloadAlerts(workload, by)],
  }));
  return tryAlertTests(parts, rendered, rules);
}
