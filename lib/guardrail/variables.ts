/** A part of an object that several rules read, by the same text at synthesis and in the cluster. */
export interface SharedVariable {
  readonly name: string;
  readonly expression: string;
}

/**
 * In the order of their use. All begin with `dyn(object)`: a policy over several kinds would otherwise be warned of fields that one
 * of them lacks. Each has a value whatever the object lacks.
 */
export const sharedVariables: readonly SharedVariable[] = [
  { name: 'spec', expression: 'dyn(object).?spec.orValue({})' },
  { name: 'labels', expression: 'dyn(object).?metadata.?labels.orValue({})' },
  {
    name: 'podTemplate',
    expression:
      "dyn(object).kind == 'Pod' ? dyn(object) : (dyn(object).kind == 'CronJob' ? variables.spec.?jobTemplate.?spec.?template.orValue({}) : variables.spec.?template.orValue({}))",
  },
  { name: 'podSpec', expression: 'variables.podTemplate.?spec.orValue({})' },
  { name: 'containers', expression: 'variables.podSpec.?containers.orValue([])' },
  {
    name: 'appAndInit',
    expression: 'variables.containers + variables.podSpec.?initContainers.orValue([])',
  },
  // A debug container is judged alone: the pod that runs already, and what runs in it, is not what is asked for.
  {
    name: 'isDebugging',
    expression: "request.?subResource.orValue('') == 'ephemeralcontainers'",
  },
  {
    name: 'allContainers',
    expression:
      '(variables.isDebugging ? [] : variables.appAndInit) + variables.podSpec.?ephemeralContainers.orValue([])',
  },
  {
    name: 'isWindows',
    expression: "variables.podSpec.?os.?name.orValue('linux') == 'windows'",
  },
];

/** The shared variables that a text reads, with those that they read, in their order. */
export function variablesOf(...texts: readonly string[]): readonly SharedVariable[] {
  const wanted = new Set<string>();
  const visit = (text: string): void => {
    for (const { name, expression } of sharedVariables) {
      if (wanted.has(name) || !new RegExp(`\\bvariables\\.${name}\\b`).test(text)) continue;
      wanted.add(name);
      visit(expression);
    }
  };
  texts.forEach(visit);
  return sharedVariables.filter(({ name }) => wanted.has(name));
}

/** Literals, which stay as they are, and variables. */
const WORDS = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\bvariables\.(\w+)/g;

/** A text with what its variables stand for in place of their names. */
export const inlined = (text: string): string =>
  text.replace(WORDS, (word, name: string | undefined) => {
    const variable = sharedVariables.find((each) => each.name === name);
    return variable ? `(${inlined(variable.expression)})` : word;
  });
