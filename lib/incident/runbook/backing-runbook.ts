import { grouped, type EnvironmentModel, type ServiceKind } from '../../foundation';
import { alertList, places, title, told } from './card';
import { postmortem, recovery } from './closing';
import type { BackingFacts, BoundObject, RunbookFacts } from './facts';
import { isItUs } from './is-it-us';
import { kubectl, resource } from './kubectl';
import { anchor, code, joined, listed, said, sh, table } from './markdown';
import { whoIsHurt } from './who-is-hurt';

const KINDS: Readonly<Record<ServiceKind, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  redis: 'Redis',
  rabbitmq: 'RabbitMQ',
  'kafka-topic': 'topic of Kafka',
  bucket: 'bucket',
};

/** The runbook of a backing service: who runs it differs by environment, and so does what to look at. */
export function backingRunbook(facts: BackingFacts): string {
  const { application, owner, service, backing, environments } = facts;
  return joined(
    title(application, service),
    `Team **${owner}** · backing service, ${KINDS[backing.kind]}, size ${backing.size} · application ${application}`,
    told(facts),
    alertList(facts),
    places(facts),
    table(
      ['environment', 'what it is there', 'highly available', 'backup'],
      environments.flatMap(({ name, services }) => {
        const bound = services[service];
        if (!bound) return [];
        return [
          [name, said(bound.engine), bound.highlyAvailable ? 'yes' : 'no', said(bound.backup)],
        ];
      }),
    ),
    isItUs(facts),
    downPart(facts, environments),
    whoIsHurt(facts),
    whatChanged(facts),
    mitigate(facts),
    recovery(facts),
    '## After\n\nKubernetes forgets events after an hour. Keep them now:',
    sh(kubectl(`get events -o yaml > ${service}-events.yaml`)),
    postmortem(facts),
  );
}

/** What tells that it is down. */
function downPart(facts: RunbookFacts, environments: readonly EnvironmentModel[]): string {
  if (!facts.alerts.some(({ name }) => name === 'BackingServiceDown')) return '';
  const rows = environments.flatMap(({ name, services }) => {
    const signal = services[facts.service]?.availability;
    return signal ? [[name, code(signal.metric), said(signal.exporter)]] : [];
  });
  return joined(
    `### ${anchor('BackingServiceDown')}`,
    'It cannot be used, or nothing tells any more that it can. A value of 0 is a service that is down; no series at all may be an exporter that is.',
    table(['environment', 'told by', 'of'], rows),
  );
}

/** Plumbing that is not the service itself. */
const PLUMBING =
  /^(v1|batch\/.*|networking\.k8s\.io\/.*|rbac\..*|external-secrets\.io\/.*|generators\..*|monitoring\..*|policy\/.*|security\..*|networking\.istio.*|.*linkerd.*)$/;

/** What an operator or the cloud makes it of, by kind. */
const objects = ({ bound }: RunbookFacts): readonly BoundObject[] =>
  bound.filter(({ manifest }) => !PLUMBING.test(manifest.apiVersion));

function whatChanged(facts: RunbookFacts): string {
  // Environments with the same provider have the same objects.
  const byObjects = grouped(
    [...grouped(objects(facts), ({ environment }) => environment)],
    ([, made]) => made.map(nameOf).join(' '),
  );
  return joined(
    '## What changed?',
    byObjects.size === 0
      ? 'It is not made here: ask whoever runs it what they changed.'
      : 'Conditions and events at the end say what its operator tries.',
    ...[...byObjects].map(([names, places]) =>
      joined(
        `In ${listed(places.map(([name]) => name))}:`,
        sh(...names.split(' ').map((name) => kubectl(`describe ${name}`))),
      ),
    ),
    'And everywhere:',
    sh(kubectl('get events --sort-by=.lastTimestamp | tail -n 30')),
  );
}

const nameOf = ({ manifest }: BoundObject): string =>
  `${resource(manifest)}/${manifest.metadata.name}`;

function mitigate(facts: RunbookFacts): string {
  const { isGitOps, edges, service } = facts;
  const soft = edges.filter((edge) => edge.to === service && edge.soft).map(({ from }) => from);
  const isKept = facts.environments.some(
    ({ services }) => !(services[service]?.backup ?? 'none').startsWith('none'),
  );
  return joined(
    '## Mitigate',
    [
      'It is down and its operator works on it → wait for what it says above; a second restart begins anew.',
      `A change of it just before → take it back${isGitOps ? ' in Git' : ''}; a smaller disk or an older version cannot be taken back so.`,
      'Too many connections → fewer clients: find who has grown in [who is hurt](#who-is-hurt), and scale that in.',
      ...(soft.length > 0 ? [`${listed(soft)} should do without: see that they do.`] : []),
      ...(isKept
        ? [
            'Data is lost → stop who writes first, then restore; the table at the top says where there is a backup. It cannot be undone.',
          ]
        : []),
    ]
      .map((line) => `- ${line}`)
      .join('\n'),
  );
}
