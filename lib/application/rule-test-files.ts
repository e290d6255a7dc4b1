import { renderYaml, type Manifest } from '../foundation';
import {
  objectiveGroups,
  ruleTestTexts,
  ruleTests,
  tryWorkloadTests,
  type Objective,
  type RuleGroup,
  type RuleTestText,
  type SignalFacts,
} from '../observability';
import type { Application } from './application';
import { signalFacts } from './signal-objects';

export type { RuleTestText } from '../observability';

/**
 * The rules of each workload as promtool reads them, and the tests that prove that they fire. Their endings are none that kubectl reads.
 * @param manifests - all that was rendered, patches included
 */
export const ruleTestFiles = (
  application: Application,
  manifests: readonly { readonly path: string; readonly manifest: Manifest }[],
): readonly RuleTestText[] =>
  application.parts().flatMap(({ construct }): readonly RuleTestText[] => {
    const facts = signalFacts(construct, application);
    const rendered = manifests.find(
      ({ path, manifest }) =>
        manifest.kind === 'PrometheusRule' && path.startsWith(`${construct.node.path}/`),
    );
    if (!facts || !rendered) return [];
    const { groups } = rendered.manifest.spec as { readonly groups: readonly RuleGroup[] };
    return [
      ...facts.objectives.flatMap((objective) => testsOf(objective, facts, groups)),
      ...ruleTestTexts(`${facts.service}.workload`, (rules) =>
        tryWorkloadTests(facts.workloads, facts, groups, rules),
      ),
    ];
  });

/** Each objective has files of its own, so that a test evaluates no other's rules. */
function testsOf(
  objective: Objective,
  facts: SignalFacts,
  rendered: readonly RuleGroup[],
): readonly RuleTestText[] {
  const names = objectiveGroups(objective, facts).map(({ name }) => name);
  const groups = rendered.filter(({ name }) => names.includes(name));
  const name = `${objective.service}.${objective.slo}`;
  const { fast, slow } = ruleTests(objective, groups, `${name}.rules`);
  return [
    { name: `${name}.rules`, text: renderYaml([{ groups }]) },
    { name: `${name}.test`, text: renderYaml([fast]) },
    { name: `${name}.slow.test`, text: renderYaml([slow]) },
  ];
}
