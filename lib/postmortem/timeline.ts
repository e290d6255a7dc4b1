import type { AlertRun, Deploy, Scaling } from '../evidence';
import { said } from '../incident';
import { nameIn } from './graph';
import type { IncidentFacts } from './facts';
import { momentOf } from './words';

/** A line of the timeline. */
export interface TimelineEntry {
  readonly at: number;
  readonly kind: 'burn' | 'alert' | 'deploy' | 'scaling' | 'restart' | 'node' | 'silence';
  /** One sentence without a full stop. */
  readonly text: string;
  /** What shows it. */
  readonly query: string;
}

/** All that happened around the service, by its time. */
export function timelineOf(facts: IncidentFacts): readonly TimelineEntry[] {
  const all = [
    ...burns(facts),
    ...alerts(facts),
    ...deploys(facts),
    ...scalings(facts),
    ...restarts(facts),
    ...nodes(facts),
    ...silences(facts),
  ];
  return all.sort((a, b) => a.at - b.at);
}

function burns({ impacts }: IncidentFacts): readonly TimelineEntry[] {
  return impacts.flatMap((impact) => {
    const { name, slo, burningSince, burningUntil, isOpenAtStart, objective, query } = impact;
    const begun = isOpenAtStart ? 'is beyond its budget already' : 'goes beyond its budget';
    return [
      ...(burningSince === undefined
        ? []
        : [entry('burn', burningSince, `${name}: ${slo} ${begun} (${objective} %)`, query)]),
      ...(burningUntil === undefined
        ? []
        : [entry('burn', burningUntil, `${name}: ${slo} is within its budget again`, query)]),
    ];
  });
}

const entry = (
  kind: TimelineEntry['kind'],
  at: number,
  text: string,
  query: string,
): TimelineEntry => ({ at, kind, text, query });

const MEANS: Readonly<Record<string, string>> = { page: 'pages', ticket: 'opens a ticket' };

function alerts({ evidence, graph, connected }: IncidentFacts): readonly TimelineEntry[] {
  const own = (row: AlertRun): boolean => connected.has(nameIn(graph, row));
  return evidence.alerts.rows.filter(own).flatMap((row) => {
    const { alertname, severity, slo, pendingSince, firingSince, until, query } = row;
    const what = `${alertname} of ${nameIn(graph, row)}${slo === undefined ? '' : ` (${slo})`}`;
    if (firingSince === undefined) {
      return [entry('alert', pendingSince, `${what} is pending, and never fires`, query)];
    }
    const since = firingSince - pendingSince > 1 ? `, pending since ${momentOf(pendingSince)}` : '';
    return [
      entry('alert', firingSince, `${what} ${MEANS[severity] ?? 'fires'}${since}`, query),
      ...(until === undefined ? [] : [entry('alert', until, `${what} ends`, query)]),
    ];
  });
}

function deploys({ evidence, graph, connected }: IncidentFacts): readonly TimelineEntry[] {
  const text = (row: Deploy): string =>
    row.kind === 'release'
      ? `a release of ${nameIn(graph, row)} (${row.replicaSet ?? 'new pods'})`
      : `the Deployment of ${nameIn(graph, row)} changes, without pods of a new version: a roll-back, or a setting`;
  return evidence.deploys.rows
    .filter((row) => connected.has(nameIn(graph, row)))
    .map((row) => entry('deploy', row.at, text(row), row.query));
}

function scalings({ evidence, graph, connected }: IncidentFacts): readonly TimelineEntry[] {
  const text = (row: Scaling): string => {
    const name = nameIn(graph, row);
    if (row.kind === 'at-most') return `the autoscaler of ${name} has no more replicas to add`;
    const what = row.kind === 'wanted' ? 'replicas wanted' : 'replicas available';
    return `${name}: ${row.before} to ${row.after} ${what}`;
  };
  return (
    evidence.scaling.rows
      .filter((row) => connected.has(nameIn(graph, row)))
      // Each roll-out has some less for a moment: none at all is another thing.
      .filter(({ kind, before, after }) => kind !== 'available' || before === 0 || after === 0)
      .map((row) => entry('scaling', row.at, text(row), row.query))
  );
}

function restarts({ evidence, graph, connected }: IncidentFacts): readonly TimelineEntry[] {
  return evidence.restarts.rows
    .filter((row) => connected.has(nameIn(graph, row)))
    .map((row) => {
      const { at, container, pod, times, reason = 'for a reason that is not known', query } = row;
      const often = times > 1 ? ` ${times} times` : '';
      const text = `${container} of ${pod} (${nameIn(graph, row)}) begins anew${often}: ${reason}`;
      return entry('restart', at, text, query);
    });
}

const nodes = ({ evidence }: IncidentFacts): readonly TimelineEntry[] =>
  evidence.nodes.rows.flatMap(({ node, from, to, isOpenAtEnd, query }) => [
    entry('node', from, `node ${node}, with pods of the application, is not ready`, query),
    ...(isOpenAtEnd ? [] : [entry('node', to, `node ${node} is ready again`, query)]),
  ]);

const silences = ({ evidence }: IncidentFacts): readonly TimelineEntry[] =>
  evidence.silences.rows.flatMap(({ from, to, by, hasComment, matchersText, query }) => [
    entry(
      'silence',
      from,
      `${by} silences ${said(matchersText)}${hasComment ? ', with a comment' : ''}`,
      query,
    ),
    ...(to <= evidence.span.end
      ? [entry('silence', to, `the silence of ${said(matchersText)} ends`, query)]
      : []),
  ]);
