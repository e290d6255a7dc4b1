import { templateQuery } from '../template-query';
import { ofServices, SERVICE_FAILING, SERVICE_SUSPECT } from './series';
import { hurtIn } from './expressions';
import type { Neighbours } from './neighbours';

/** A sentence about what a query finds, and nothing where it finds nothing. */
const sentence = (
  queries: readonly string[],
  before: string,
  each = '{{ $e.Labels.service }}',
  by = 'service',
): string =>
  queries
    .map((text) => `group by (${by}) (${text})`)
    .map(
      (text) =>
        `{{ with ${templateQuery(text)} }} ${before} {{ range $i, $e := . }}{{ if $i }}, {{ end }}${each}{{ end }}.{{ end }}`,
    )
    .join('');

const HERE = 'environment=%q';

/** What a page tells of the services around its own, so that nobody looks for a cause where there is none. */
export function context(neighbours: Neighbours): string {
  const { application, service, dependencies, soft } = neighbours;
  const services = [{ application, service }, ...dependencies];
  const tickets = ofServices(
    'ALERTS',
    services,
    `alertname!~"SLOErrorBudget.+",alertstate="firing",severity="ticket",${HERE}`,
  );
  return [
    dependencies.length > 0
      ? sentence([ofServices(SERVICE_SUSPECT, dependencies, HERE)], 'Suspected:')
      : '',
    soft.length > 0
      ? sentence([ofServices(SERVICE_FAILING, soft, HERE)], 'It should do without, and it fails:')
      : '',
    sentence(hurtIn(neighbours), 'Burning because of it:'),
    sentence(
      [tickets],
      'Open tickets:',
      '{{ $e.Labels.alertname }} of {{ $e.Labels.service }}',
      'alertname, service',
    ),
  ].join('');
}

/** Those of the dependencies that are looked at first, and else that it is one of them. */
export function suspects({ dependencies }: Neighbours): string {
  const query = `group by (service) (${ofServices(SERVICE_SUSPECT, dependencies, HERE)})`;
  return `{{ with ${templateQuery(query)} }}{{ range $i, $e := . }}{{ if $i }}, {{ end }}{{ $e.Labels.service }}{{ end }}{{ else }}what it depends on{{ end }}`;
}
