import { isoText, oneLine, overspentText } from '../../foundation';
import type { AlertNow, Change, Hurt, Incident, Lack, Named, ObjectiveNow } from '../../response';
import { spanText } from '../slo/span';
import { commandLines, few, wrapped } from './lines';

/** What a responder reads: plain text of about sixty lines at most, none longer than a command demands. */
export function incidentText(incident: Incident, output: string): string {
  const parts = [
    head(incident),
    part('WHAT BURNS', burns(incident)),
    part('WHO IS SUSPECTED', suspects(incident)),
    part(`WHO IS HURT BY ${incident.hurtBy.service}`, hurt(incident)),
    part('WHAT CHANGED IN 6 HOURS (UTC)', changes(incident)),
    part('ALERTS (since, UTC)', alerts(incident)),
    part(`FIRST COMMANDS, FOR ${incident.commandsFor}`, commands(incident)),
    part('ON CALL', contact(incident)),
    part('READ', read(incident, output)),
    part('NOT KNOWN', unknown(incident)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines];

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 16);

function head(incident: Incident): readonly string[] {
  const { service, application, environment, namespace, at, warnings } = incident;
  const time = isoText(Math.floor(at));
  return [
    `${service} of ${application} in ${environment}, ${time}`,
    `namespace ${namespace}`,
    ...wrapped(verdict(incident), 0, 0),
    ...warnings.flatMap((warning) => wrapped(`!! ${warning}`, 0, 3)),
  ];
}

function verdict({
  verdict: is,
  isBurning,
  suspects: all,
  service,
  failing,
  ...rest
}: Incident): string {
  const elsewhere =
    rest.burnsIn.length > 0 ? ` It burns in ${rest.burnsIn.join(', ')} too: --environment.` : '';
  if (is === 'unknown') return `NOT KNOWN whether it burns.${elsewhere}`;
  if (is === 'quiet') return `NOTHING BURNS.${elsewhere}`;
  const names = all.map((each) => each.service).join(', ');
  const own = isBurning ? 'IT BURNS.' : 'It does not burn itself.';
  if (all.some((each) => each.service === service)) return `${own} Look HERE first.${elsewhere}`;
  if (all.length > 0) return `${own} Look at ${names} first.${elsewhere}`;
  const below = failing.map((each) => each.service).join(', ');
  return `${own}${below === '' ? '' : ` What it depends on fails: ${below}.`}${elsewhere}`;
}

const STATES: Readonly<Record<ObjectiveNow['state'], string>> = {
  pages: 'pages',
  explained: 'fast enough to page, because of others',
  burns: 'burns',
  quiet: 'fine',
  unknown: 'NOT KNOWN: the server did not tell',
  'no-data': 'NO DATA: no traffic, or nothing measures it',
};

function burns({
  objectives,
  noObjectives,
  kind,
  isBurning,
  verdict: is,
}: Incident): readonly string[] {
  if (objectives.length === 0) {
    const why = noObjectives === undefined ? '' : `: ${oneLine(noObjectives, 200)}`;
    if (kind === 'workload') return wrapped(`It promises nothing${why}.`);
    if (is === 'unknown' && !isBurning) return ['  Not known whether it can be used.'];
    return [isBurning ? '  It cannot be used.' : '  No sign that it cannot be used.'];
  }
  return objectives.flatMap((objective) => {
    const { slo, objective: percent, burn, left, state } = objective;
    const parts = [
      ...(burn === undefined ? [] : [`${rate(burn)} as fast as it may`]),
      hasRecovered(objective) ? RECOVERS : STATES[state],
      ...(left === undefined
        ? []
        : [overspentText(left) ?? `${percentText(left)} of the budget left`]),
      ...lasting(objective),
    ];
    return wrapped(`${slo} ${percent} %: ${parts.join(', ')}`);
  });
}

/** The longer pair of windows looks back at half an hour. */
const RECOVERS = 'recovers, and its page ends within half an hour';

const hasRecovered = ({ state, burn }: ObjectiveNow): boolean =>
  burn !== undefined && burn <= 1 && (state === 'pages' || state === 'explained');

const PERIOD_SECONDS = 30 * 86_400;

const lasting = ({ burn = 0, left = 0 }: ObjectiveNow): readonly string[] =>
  burn > 1 && left > 0 ? [`gone in ${spanText((left * PERIOD_SECONDS) / burn)}`] : [];

const rate = (burn: number): string => `${burn >= 10 ? Math.round(burn) : burn.toFixed(1)}x`;
const percentText = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

function suspects(incident: Incident): readonly string[] {
  const { suspects: all, failing, softFailing, verdict: is, isBurning } = incident;
  const names = (of: readonly Named[]): string => of.map(({ service }) => service).join(', ');
  return [
    ...all.flatMap(({ service, application, team }) =>
      wrapped(
        `${service}${application === incident.application ? '' : ` of ${application}`} (${team}): nothing that it depends on explains it`,
      ),
    ),
    ...(all.length === 0 && is === 'burning' && isBurning
      ? [
          incident.objectives.some(hasRecovered)
            ? '  Nobody any more: it recovers.'
            : '  Nobody, as the rules see it: it burns too slowly to page, or since a moment.',
        ]
      : []),
    ...(failing.length > 0 ? wrapped(`fails too: ${names(failing)}`) : []),
    ...(softFailing.length > 0
      ? wrapped(`fails, and it should do without: ${names(softFailing)}`)
      : []),
  ];
}

function hurt({ hurt: all, verdict: is, application }: Incident): readonly string[] {
  if (is === 'quiet') return [];
  return few(
    all,
    6,
    ({ service, application: owner, hops, host, isBurning, burn }: Hurt) =>
      wrapped(
        [
          owner === application ? service : `${service} of ${owner}`,
          ...(host === undefined ? [] : [`PEOPLE REACH IT at ${host}`]),
          hops === 1 ? 'calls it' : `over ${hops} calls`,
          isBurning
            ? `burns${burn === undefined ? '' : ` ${rate(burn)}`}`
            : is === 'unknown'
              ? 'not known'
              : 'does not burn',
        ].join(', '),
      ),
    'callers',
  );
}

function changes({ changes: all, lacks, verdict: is }: Incident): readonly string[] {
  const isAsked = !lacks.some(({ what }) => what.startsWith('what was released'));
  if (all.length === 0) {
    return is === 'unknown' || !isAsked ? [] : ['  Nothing that is known.'];
  }
  // Releases first: they are what is taken back.
  const sorted = [...all].sort((a, b) => rank(a) - rank(b));
  return few(
    sorted,
    7,
    ({ at, service, what }: Change) => wrapped(`${clock(at)} ${service}: ${what}`),
    'changes',
  );
}

const rank = ({ kind }: Change): number =>
  ['release', 'setting', 'restart', 'scaling'].indexOf(kind);

function alerts({ alerts: all, verdict: is, areAlertsKnown: isTold }: Incident): readonly string[] {
  const unseen = isTold ? [] : ['  Not known: Prometheus did not tell which fire.'];
  if (all.length === 0) return !isTold || is === 'unknown' ? unseen : ['  None fires.'];
  const rows = few(
    all,
    8,
    ({ since, severity, alertname, service, slo, quiet, quietUntil, comment }: AlertNow) => {
      const until = quietUntil === undefined ? '' : ` until ${clock(quietUntil)}`;
      const why = comment === undefined ? '' : ` (${oneLine(comment, 60)})`;
      const about = slo === undefined ? service : `${service} ${slo}`;
      const time = since === undefined ? '?' : clock(since);
      const told = quiet === undefined ? '' : `, ${quiet.toUpperCase()}${until}${why}`;
      return wrapped(`${time} ${severity}: ${alertname} ${about}${told}`);
    },
    'alerts',
  );
  return [...rows, ...unseen];
}

function commands({ commands: all, responses, service, commandsFor }: Incident): readonly string[] {
  const own = service === commandsFor ? responses : [];
  if (all.length === 0) return [`  None here: the runbook of ${commandsFor} says what to do.`];
  return [
    ...all.flatMap(({ say, commands: lines }) => [
      `  ${say}:`,
      ...lines.flatMap((line) => commandLines(line)),
    ]),
    ...own.map(({ action }) => `  or: npx golden-path incident ${service} --act ${action}`),
  ];
}

function contact({ contact: { team, onCall }, environment }: Incident): readonly string[] {
  if (!onCall) return [`  ${team}: the model does not say how it is reached`];
  const { page, ticket, channel, escalation = [], pagesIn } = onCall;
  const isPaged = page.length > 0 && pagesIn.includes(environment);
  const parts = [
    isPaged
      ? `is paged by ${page.join(', ')}`
      : `is not paged in ${environment}, but told by ${ticket.join(', ')}`,
    ...(channel === undefined ? [] : [`talks in ${channel}`]),
    ...(isPaged ? escalation : []).map(({ afterMinutes, to }) => `after ${afterMinutes} min ${to}`),
  ];
  return wrapped(`${team} ${parts.join('; ')}`);
}

const read = ({ runbook, dashboards }: Incident, output: string): readonly string[] => [
  `  ${output}/${runbook}`,
  ...dashboards.slice(0, 1).map((each) => `  ${oneLine(each, 300)}`),
  '  last rehearsed: npx golden-path game-day coverage',
];

/** What one server does not say for one reason is said once. */
function unknown({ lacks }: Incident): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const lack of lacks) {
    const key = reasonOf(lack);
    byReason.set(key, [...new Set([...(byReason.get(key) ?? []), lack.what])]);
  }
  return few(
    [...byReason],
    4,
    ([reason, what]) =>
      wrapped(`${what.length > 3 ? `${what.length} things` : what.join(', ')}: ${reason}`),
    'things',
  );
}

const reasonOf = ({ server, why }: Lack): string =>
  oneLine(`${server === undefined ? '' : `${server} `}${why}`, 240);
