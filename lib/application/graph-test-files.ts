import { renderYaml, type Manifest } from '../foundation';
import { graphRules, graphTests, ruleGroupsOf, type TestedService } from '../observability';
import type { ResolvedApplication } from './resolve-application';
import type { RuleTestText } from './rule-test-files';

const RULES = 'graph.rules';

/**
 * The rules that tell causes from symptoms, and the tests that whatever fails, the right one is paged.
 * @param manifests - all that was rendered, patches included
 */
export function graphTestFiles(
  resolved: ResolvedApplication,
  manifests: readonly { readonly manifest: Manifest }[],
): readonly RuleTestText[] {
  const groups = graphRules(manifests.flatMap(({ manifest }) => ruleGroupsOf(manifest)));
  const file = graphTests(testedServices(resolved), groups, RULES);
  if (groups.length === 0 || file.tests.length === 0) return [];
  return [
    { name: RULES, text: renderYaml([{ groups }]) },
    { name: 'graph.test', text: renderYaml([file]) },
  ];
}

function testedServices({
  workloads,
  edges,
  neighboursOf,
}: ResolvedApplication): readonly TestedService[] {
  const running = [...workloads.values()]
    .filter(({ model }) => model.kind !== 'migration')
    .map(({ model, objectives }): TestedService => {
      return { neighbours: neighboursOf(model.name), objectives, seen: 'pods' };
    });
  const leanedOn = edges
    .filter(({ kind }) => kind === 'backing-service' || kind === 'external')
    .map(({ to }) => to);
  return [
    ...running,
    ...[...new Set(leanedOn)].map((name): TestedService => {
      return { neighbours: neighboursOf(name), objectives: [], seen: 'service_up' };
    }),
  ];
}
