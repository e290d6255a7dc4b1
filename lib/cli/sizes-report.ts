import { cores, mebibytes } from '../foundation';
import type { LockChange, SizedApplication, SizedContainer } from '../rightsize';
import type { LockAddress, ProposalState } from '../sizing';
import { aligned } from './aligned';

/** What became of the lock. */
export interface WrittenLock {
  readonly file: string;
  readonly written: boolean;
  readonly changes: readonly LockChange[];
  /** Entries that were not as they were written, before this run. */
  readonly tampered: readonly LockAddress[];
}

/** Whether an entry that was changed by hand is written anew. */
export const isAnew = ({ changes: made }: WrittenLock, address: LockAddress): boolean =>
  made.some(
    ({ application, workload, container, wasTampered }) =>
      wasTampered === true &&
      application === address.application &&
      workload === address.workload &&
      container === address.container,
  );

const HEADS = ['container', 'cpu', 'memory', 'change', 'evidence', 'risk', 'verdict'];

/** A table for each application, and below it why. */
export function sizesText(sized: readonly SizedApplication[]): string {
  return sized.map(applicationText).join('\n');
}

function applicationText(sized: SizedApplication): string {
  const { application, environment, namespace, window, scrapeSeconds, containers } = sized;
  const isSampled = containers.some(({ proposal }) => proposal.evidence !== undefined);
  const samples = isSampled ? `a sample each ${scrapeSeconds} s` : 'no samples';
  const title = `${application} in ${environment}, namespace ${namespace}: ${window.from} to ${window.to}, ${samples}`;
  const table = aligned([HEADS, ...containers.map(row)]);
  const notes = [
    ...containers.flatMap(reasons),
    ...(sized.pods.byName > 0
      ? [
          '',
          `${sized.pods.byName} of ${sized.pods.all} pods were told by their names alone: kube-state-metrics does not know them`,
        ]
      : []),
  ];
  const lines = [...table.split('\n'), ...notes].map((line) => (line === '' ? '' : `  ${line}`));
  return `${[title, ...lines].join('\n')}\n`;
}

export const nameOf = ({ workload, container }: SizedContainer): string =>
  workload === container ? workload : `${workload}/${container}`;

function row(sized: SizedContainer): readonly string[] {
  const { proposal, subject, drift, measured } = sized;
  const { cpu, memory } = proposal;
  return [
    nameOf(sized),
    step(cpu.current, cpu.request, cores),
    step(memory.current, memory.request, mebibytes),
    changes(sized),
    evidenceText(sized),
    [measured ? subject.tier : 'written down', ...riskText(sized)].join(', '),
    drift.verdict,
  ];
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

const step = (now: number, then: number, text: (amount: number) => string): string =>
  text(now) === text(then) ? text(now) : `${text(now)} → ${text(then)}`;

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

function changes({ proposal: { cpu, memory, state } }: SizedContainer): string {
  const of = (now: number, then: number, what: string): readonly string[] =>
    then === now || now === 0 ? [] : [`${then > now ? '+' : ''}${percent(then / now - 1)} ${what}`];
  const parts = [
    ...of(cpu.current, cpu.request, 'cpu'),
    ...of(memory.current, memory.request, 'memory'),
  ];
  return parts.length > 0 ? parts.join(', ') : state;
}

function evidenceText({ proposal: { evidence }, pods }: SizedContainer): string {
  if (!evidence) return 'none';
  const { cpu, memory, oomKills, runs, samples } = evidence;
  return [
    `p98 use ${cores(cpu.p98)}`,
    `max ${mebibytes(memory.max)}`,
    runs === undefined
      ? `${counted(samples, 'sample')} of ${counted(pods, 'pod')}`
      : counted(runs, 'run'),
    ...(oomKills > 0 ? [counted(oomKills, 'OOM kill')] : []),
  ].join(', ');
}

function riskText({ proposal: { evidence } }: SizedContainer): readonly string[] {
  if (!evidence) return [];
  const { above, heldOut, throttled } = evidence;
  return [
    `${percent(above)} above`,
    ...(heldOut === undefined ? [] : [`${percent(heldOut)} held out`]),
    ...(throttled > 0 ? [`${percent(throttled)} throttled`] : []),
  ];
}

/** Why, each reason once: by the resource that it is about, unless it is about both. */
function reasons(sized: SizedContainer): readonly string[] {
  const { cpu, memory } = sized.proposal;
  const said = [
    ...cpu.reasons.map((reason) => `cpu: ${reason}`),
    ...memory.reasons.map((reason) => `memory: ${reason}`),
  ];
  const about = new Map<string, Set<string>>();
  for (const reason of [...sized.drift.reasons, ...said]) {
    const [, resource, text = reason] = /^(cpu|memory): (.*)$/s.exec(reason) ?? [];
    const resources = about.get(text) ?? new Set();
    about.set(text, resource === undefined ? resources : resources.add(resource));
  }
  const lines = [...about].map(([text, resources]) => {
    const [resource] = resources.size === 1 ? resources : [];
    return `${resource === undefined ? '' : `${resource}: `}${text}`;
  });
  const fix = FIXES[sized.proposal.state];
  const all = fix === undefined ? lines : [...lines, fix];
  return all.length > 0 ? ['', nameOf(sized), ...all.map((line) => `  ${line}`)] : [];
}

/** What to do where a size cannot be judged. */
const FIXES: Readonly<Partial<Record<ProposalState, string>>> = {
  'no-metrics': 'check that it runs there, and that metrics of its containers are scraped',
  'insufficient-data': 'run again when more is measured, or ask about more days by --window',
};

/** One line for whoever ran it: what the sizes are, and what became of the lock. */
export function sizesSummary(sized: readonly SizedApplication[], lock: WrittenLock): string {
  const containers = sized.flatMap((each) => each.containers);
  const count = (verdict: string): number =>
    containers.filter(({ drift }) => drift.verdict === verdict).length;
  const verdicts = [
    `${count('right')} right`,
    `${count('under')} under`,
    `${count('over')} over`,
    `${count('insufficient-data')} without enough data`,
  ].join(', ');
  return `${counted(containers.length, 'container')}: ${verdicts}. ${lockText(lock)}\n`;
}

function lockText({ file, written, changes: made }: WrittenLock): string {
  if (made.length === 0) return `${file} needs no change.`;
  const kinds = ['added', 'changed', 'renewed', 'removed'] as const;
  const counts = kinds.flatMap((kind) => {
    const found = made.filter(({ change }) => change === kind).length;
    return found === 0 ? [] : [`${found} ${kind}`];
  });
  return written
    ? `${file}: ${counts.join(', ')}. Run golden-path synth.`
    : `${file} is as it was; it would have ${counts.join(', ')}.`;
}

/** Whether every size is right, as far as it is known, and every entry of the lock as it was written. */
export const isContent = (sized: readonly SizedApplication[], lock: WrittenLock): boolean =>
  lock.tampered.every((address) => lock.written && isAnew(lock, address)) &&
  sized.every(({ containers }) =>
    containers.every(({ drift: { verdict } }) => verdict !== 'over' && verdict !== 'under'),
  );

/** The same as data: cores and bytes as numbers. */
export function sizesJson(sized: readonly SizedApplication[], lock: WrittenLock): string {
  const result = {
    version: 1,
    ok: isContent(sized, lock),
    applications: sized.map(
      ({
        application,
        environment,
        namespace,
        window,
        scrapeSeconds,
        pods,
        injected,
        containers,
      }) => ({
        ...{ application, environment, namespace, from: window.from, to: window.to },
        ...{ scrapeSeconds, pods, injected },
        containers: containers.map(({ workload, container, kind, measured, ...found }) => ({
          ...{
            workload,
            container,
            kind,
            tier: found.subject.tier,
            isMeasured: measured !== undefined,
          },
          ...{ pods: found.pods, verdict: found.drift.verdict, reasons: found.drift.reasons },
          proposal: found.proposal,
        })),
      }),
    ),
    lock,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
