/** A query in the template of an annotation, for the environment of the alert: each `%q` of its text. */
export function templateQuery(text: string): string {
  const times = text.split('%q').length - 1;
  return `query (printf ${JSON.stringify(text)}${' $labels.environment'.repeat(times)})`;
}
