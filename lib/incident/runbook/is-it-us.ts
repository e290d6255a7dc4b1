import type { EdgeModel } from '../../foundation';
import { neighboursIn, ofServices, type ServiceId } from '../../observability';
import { askedOf } from './expressions';
import type { RunbookFacts } from './facts';
import { anchor, code, joined, listed, promql, table, timeText } from './markdown';

/** The alerts that this part explains, and what each says. */
export const BURNS: Readonly<Record<string, string>> = {
  SLOErrorBudgetBurnPage: 'its budget burns, and nothing that it depends on fails: look here',
  SLODependentsBurnPage: 'it fails, and the budgets of those who depend on it burn: look here',
  SLOErrorBudgetBurnSymptom:
    'its budget burns because something that it depends on fails: look there',
  SLOErrorBudgetBurnTicket: 'its budget burns slowly: it can wait for the morning',
};

/** Whether the cause is here or elsewhere: one question, and what its answer means. */
export function isItUs(facts: RunbookFacts): string {
  const burns = facts.alerts.filter(({ name }) => BURNS[name] !== undefined);
  return joined(
    '## Is it us?',
    table(
      ['alert', 'severity', 'says'],
      burns.map(({ name, severities }) => [
        anchor(name),
        listed(severities, 'or'),
        BURNS[name] ?? '',
      ]),
    ),
    question(facts),
    calls(facts),
  );
}

/** One expression over all that it depends on; undefined where nothing of that is recorded. */
function tryExpression(facts: RunbookFacts, asks: readonly ServiceId[]): string | undefined {
  const { application, workloads, recorded } = facts;
  const promising = asks.filter(
    (each) =>
      each.application === application &&
      workloads.some(({ name, objectives }) => name === each.service && objectives !== undefined),
  );
  const by = 'max by (environment, application, service)';
  const parts = [
    ...(promising.length > 0 && recorded.has('slo:current_burn_rate:ratio')
      ? [`${by} (${ofServices('slo:current_burn_rate:ratio', promising)}) > 1`]
      : []),
    ...(recorded.has('golden_path:service:failing')
      ? [`${by} (${ofServices('golden_path:service:failing', asks)})`]
      : []),
  ];
  return parts.length === 0 ? undefined : `sort_desc(\n  ${parts.join('\n  or ')}\n)`;
}

function question(facts: RunbookFacts): string {
  const { application, service, edges, workloads } = facts;
  const { dependencies, soft } = neighboursIn({ application, edges, workloads })(service);
  const asks = unique([{ application, service }, ...dependencies, ...soft]);
  const expression = tryExpression(facts, asks);
  if (expression === undefined) return '';
  const others = asks.length > 1;
  return joined(
    others
      ? 'What burns or fails, of it and all that it depends on:'
      : 'Whether it burns or fails:',
    promql(expression),
    table(
      ['listed', 'then'],
      [
        ...(others ? [['something that it depends on', ELSEWHERE]] : []),
        [others ? `${service} alone` : service, 'it is us: go on'],
        ['nothing', 'it is over, or nobody calls: [make sure](#recovery)'],
      ],
    ),
  );
}

const ELSEWHERE = 'it is there: its runbook is in the table below; see that its team knows';

function unique(services: readonly ServiceId[]): readonly ServiceId[] {
  return [
    ...new Map(services.map((each) => [`${each.application}/${each.service}`, each])).values(),
  ];
}

/** What it calls itself, and beyond that what it cannot work without. */
function calls(facts: RunbookFacts): string {
  const { service, edges, reach } = facts;
  const own = edges.filter(({ from }) => from === service);
  const direct = new Set(own.map(({ to }) => to));
  const rows = [
    ...own.map((edge) => [
      linked(facts, edge),
      edge.soft ? 'does without' : 'fails too',
      waits(edge),
    ]),
    ...reach
      .filter(({ name }) => !direct.has(name))
      .sort((a, b) => a.hops - b.hops)
      .map(({ name, kind, hops }) => [
        linked(facts, { to: name, kind }),
        `fails too, over ${hops} calls`,
        '',
      ]),
  ];
  return table(['it depends on', 'without it', 'gives up after'], rows);
}

const waits = ({ timeoutSeconds, attempts }: EdgeModel): string =>
  [
    timeoutSeconds === undefined ? '' : secondsText(timeoutSeconds),
    attempts === undefined || attempts === 1 ? '' : `${attempts} attempts`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const secondsText = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : timeText(seconds);

/** The runbook of a neighbour, where it has one. */
export function linked(
  { known }: RunbookFacts,
  { to, kind }: { readonly to: string; readonly kind: EdgeModel['kind'] },
): string {
  const name = known.has(to) ? `[${to}](${to}.md)` : code(to);
  return kind === 'workload' ? name : `${name} (${WORDS[kind]})`;
}

const WORDS = {
  'backing-service': 'backing service',
  external: 'outside',
  published: "another application's",
} as const;

/** Whether what burns next to it does so now; for those who are hurt. */
export const burning = (facts: RunbookFacts, names: readonly string[], before: string): string => {
  const { application } = facts;
  const services = names.map((service) => ({ application, service }));
  if (services.length === 0) return '';
  const metric = 'golden_path:service:burning';
  return askedOf(
    facts,
    metric,
    before,
    `max by (environment, service) (${ofServices(metric, services)})`,
  );
};
