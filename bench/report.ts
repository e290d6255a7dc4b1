import type { Family } from './cases';
import type { Result } from './measure';
import { ratio, Row, whole } from './row';
import { renderTable } from './table';

/** What the numbers were measured on. */
export interface RunFacts {
  readonly machine: {
    readonly node: string;
    readonly processors: string;
    readonly loadAtStart: number;
    readonly loadAtEnd: number;
  };
  readonly rounds: number;
  readonly kustomize: 'kubectl' | 'kustomize' | undefined;
}

const OURS: readonly Family[] = ['one application', 'one application per service'];
const STOCK: readonly Family[] = ['stock cdk8s, chart per service', 'stock cdk8s, one chart'];
const OVERLAYS: Family = 'kustomize, overlay per environment';
const PER_SERVICE: Family = 'kustomize, kustomization per service';
const EMITTERS: readonly Family[] = ['renderYaml', "cdk8s' Yaml.stringify"];

const SIZE = 'services x environments';

/** The whole run as Markdown: absolute numbers and ratios, nothing extrapolated. */
export function renderReport(facts: RunFacts, results: readonly Result[]): string {
  const rows = results.map((result) => new Row(result));
  const of = (...families: readonly Family[]): readonly Row[] =>
    families.flatMap((name) => rows.filter(({ family }) => family === name));
  const own = of('one application');
  const parts = [
    heading(facts),
    '### This library',
    ours(of(...OURS)),
    '### Growth from one size to the next (linear is 1.00 in the last columns)',
    growth(of(...OURS, ...STOCK, OVERLAYS)),
    '### Guardrails',
    guardrails(of('pack golden-path', 'pack strict'), of('no rules')),
    rulesAlone(of('rules alone')),
    '### Stock cdk8s on the same objects',
    stock(of(...STOCK), own),
    '### Kustomize on the same objects',
    ...(facts.kustomize
      ? [kustomize(of(OVERLAYS), own), perService(of(PER_SERVICE), own)]
      : ['not measured: neither kubectl nor kustomize is on the path']),
    '### YAML alone',
    emitters(of(...EMITTERS)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading({ machine, rounds, kustomize: program }: RunFacts): string {
  const { node, processors, loadAtStart, loadAtEnd } = machine;
  const others = program === undefined ? 'cdk8s' : `cdk8s and of ${program}`;
  return [
    `- Median of ${rounds === 1 ? 'one round' : `${rounds} rounds`}, each measurement in a fresh process; times in ms, memory in MB.`,
    `- Node ${node}, ${processors}, load ${loadAtStart.toFixed(1)} at the start and ${loadAtEnd.toFixed(1)} at the end.`,
    '- The library and the scripts are compiled first and run with plain Node, without ts-node.',
    '- "Process" is from the start of a process to its end, Node included, with range. It is without our second write, and without the',
    '  reading of the finished objects that the others are given: we compute and check them within our time, they only place and print them.',
    `- The smallest output of ${others} was compared with ours, object by object: they are the same.`,
  ].join('\n');
}

function ours(rows: readonly Row[]): string {
  const head = [
    SIZE,
    'objects',
    'files',
    'construct',
    'render',
    'both',
    'both, CPU',
    'write',
    'unchanged second write',
    'process',
    'peak memory',
  ];
  const lines = rows.map((row) => [
    row.name,
    whole(row.sample.objects),
    whole(row.sample.files),
    whole(row.phase('construct')),
    whole(row.phase('render')),
    whole(row.inMemory),
    whole(row.inMemoryCpu),
    whole(row.phase('write')),
    whole(row.phase('unchanged')),
    row.processText,
    whole(row.memory),
  ]);
  return renderTable(head, lines);
}

/** Work is from given input to files, without the start of Node. */
function growth(rows: readonly Row[]): string {
  const head = ['from', 'to', 'services', 'work', 'CPU', 'work / services', 'CPU / services'];
  const lines = rows.flatMap((row, index) => {
    const next = rows[index + 1];
    if (next?.family !== row.family) return [];
    const services = next.services / row.services;
    return [
      [
        row.name,
        `${whole(next.services)} x 3`,
        ratio(next.services, row.services),
        ratio(next.work, row.work),
        ratio(next.workCpu, row.workCpu),
        ratio(next.work / row.work, services),
        row.workCpu === 0 ? '-' : ratio(next.workCpu / row.workCpu, services),
      ],
    ];
  });
  return renderTable(head, lines);
}

/** What the rules take of a synthesis: what it takes longer than without any. */
function guardrails(rows: readonly Row[], without: readonly Row[]): string {
  const head = [
    SIZE,
    'rules',
    'objects',
    'render',
    'render without rules',
    'rules',
    'rules, CPU',
    'share of render',
    'share of CPU',
  ];
  const lines = rows.flatMap((row) => {
    const other = sameSize(row, without);
    if (!other) return [];
    const more = row.phase('render') - other.phase('render');
    const moreCpu = row.phaseCpu('render') - other.phaseCpu('render');
    return [
      [
        row.name,
        whole(row.sample.rules ?? 0),
        whole(row.sample.objects),
        whole(row.phase('render')),
        whole(other.phase('render')),
        whole(more),
        whole(moreCpu),
        percent(more, row.phase('render')),
        percent(moreCpu, row.phaseCpu('render')),
      ],
    ];
  });
  return renderTable(head, lines);
}

/** The rules of pack strict over single objects. The first pass compiles them. */
function rulesAlone(rows: readonly Row[]): string {
  const head = [
    'pack strict over single objects',
    'rules',
    'first',
    'second',
    'CPU',
    'objects / s',
  ];
  const lines = rows.map((row) => [
    `${whole(row.sample.objects)} objects of many kinds`,
    whole(row.sample.rules ?? 0),
    whole(row.phase('first')),
    whole(row.phase('second')),
    whole(row.phaseCpu('second')),
    whole((row.sample.objects * 1000) / row.phase('second')),
  ]);
  return renderTable(head, lines);
}

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`;

const sameSize = (row: Row, own: readonly Row[]): Row | undefined =>
  own.find(({ services }) => services === row.services);

const AGAINST_OURS = ['our process', 'our memory', 'time / ours', 'memory / ours'];

function againstOurs(row: Row, own: readonly Row[]): readonly string[] {
  const other = sameSize(row, own);
  if (!other) return AGAINST_OURS.map(() => '-');
  return [
    whole(other.process),
    whole(other.memory),
    ratio(row.process, other.process),
    ratio(row.memory, other.memory),
  ];
}

function stock(rows: readonly Row[], own: readonly Row[]): string {
  const head = [SIZE, 'objects', 'files', 'construct', 'synth', 'process', 'peak memory'];
  const lines = rows.map((row) => [
    row.name,
    whole(row.sample.objects),
    whole(row.sample.files),
    whole(row.phase('construct')),
    whole(row.phase('synth')),
    row.processText,
    whole(row.memory),
    ...againstOurs(row, own),
  ]);
  return renderTable([...head, ...AGAINST_OURS], lines);
}

function kustomize(rows: readonly Row[], own: readonly Row[]): string {
  const head = [SIZE, 'processes', 'all processes', 'largest peak memory'];
  const lines = rows.map((row) => [
    row.name,
    whole(row.sample.files),
    row.processText,
    row.memory === 0 ? '-' : whole(row.memory),
    ...againstOurs(row, own),
  ]);
  return renderTable([...head, ...AGAINST_OURS], lines);
}

function perService(rows: readonly Row[], own: readonly Row[]): string {
  const head = [SIZE, 'processes', 'each', 'per service', 'our process per service', 'time / ours'];
  const lines = rows.map((row) => {
    const other = sameSize(row, own);
    return [
      row.name,
      whole(row.sample.files),
      (row.process / row.sample.files).toFixed(1),
      (row.process / row.services).toFixed(1),
      other ? (other.process / other.services).toFixed(1) : '-',
      other ? ratio(row.process, other.process) : '-',
    ];
  });
  return renderTable(head, lines);
}

function emitters(rows: readonly Row[]): string {
  const [reference] = rows;
  const digests = new Set(rows.map(({ sample }) => sample.output?.sha256));
  const head = ['emitter', 'objects', 'MB', 'time', 'time / ours', 'peak memory', 'output'];
  const lines = rows.map((row) => [
    row.family,
    whole(row.sample.objects),
    ((row.sample.output?.bytes ?? 0) / 1e6).toFixed(1),
    whole(row.phase('emit')),
    reference ? ratio(row.phase('emit'), reference.phase('emit')) : '-',
    whole(row.memory),
    digests.size === 1 ? 'the same bytes' : 'other bytes',
  ]);
  return renderTable(head, lines);
}
