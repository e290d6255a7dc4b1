import { renderYaml } from '../../foundation';
import type { TestedRules } from './alert-tests';

/** A file beside the manifests, which no cluster is given. */
export interface RuleTestText {
  /** From the folder of the application on, with its ending: none that kubectl reads. */
  readonly name: string;
  readonly text: string;
}

/** A file of rules and one of their tests, where there is something to test. */
export function ruleTestTexts(
  name: string,
  make: (rules: string) => TestedRules | undefined,
): readonly RuleTestText[] {
  const tested = make(`${name}.rules`);
  if (!tested) return [];
  return [
    { name: `${name}.rules`, text: renderYaml([{ groups: tested.groups }]) },
    { name: `${name}.test`, text: renderYaml([tested.tests]) },
  ];
}
