import type { ApplicationModel, WorkloadKind, WorkloadModel } from '../foundation';
import type { Factor, FactorKind } from './facts';

const CONSTRUCTS: Readonly<Record<WorkloadKind, string>> = {
  'web-service': 'WebService',
  worker: 'Worker',
  'scheduled-job': 'ScheduledJob',
  migration: 'WebService',
};

/** What a change of the definition may look like, as TypeScript; undefined where there is none. */
export function snippetOf(model: ApplicationModel, factor: Factor): string | undefined {
  const workload = model.workloads.find(({ name }) => name === factor.subject);
  const lines = workload && LINES[factor.kind](workload, factor, model);
  if (!workload || !lines || lines.length === 0) return undefined;
  return [
    `new ${CONSTRUCTS[workload.kind]}(this, '${workload.name}', {`,
    '  // …',
    ...lines.map((line) => `  ${line}`),
    '});',
  ].join('\n');
}

type Lines = (
  workload: WorkloadModel,
  factor: Factor,
  model: ApplicationModel,
) => readonly string[];

const none: Lines = () => [];
const promised: Lines = ({ kind }) =>
  kind === 'web-service'
    ? ["slo: { availability: 99.9, latency: { under: '500ms', objective: 99 } },"]
    : [];

const LINES: Readonly<Record<FactorKind, Lines>> = {
  release: ({ kind }) =>
    kind === 'web-service'
      ? ["health: '/YOUR-PATH', // which answers 200 only when what this release broke works"]
      : [],
  'soft-acted-hard': (workload, { callee = '' }, model) => called(model, workload, callee, true),
  'hard-dependency': (workload, { callee = '' }, model) => called(model, workload, callee, false),
  retries: (workload, { callee = '' }) =>
    calledBy(callee, `{ timeout: '${timeoutOf(workload)}', attempts: 1 }`),
  'late-page': (workload) => objectiveLines(workload, halved),
  'no-page': (workload) => objectiveLines(workload, halved),
  'budget-gone': (workload) => objectiveLines(workload, doubled),
  'not-seen': promised,
  'signal-missing': promised,
  restarts: (_, { reason }) =>
    reason === 'OOMKilled'
      ? [
          "size: Size.measured({ start: Size.M, tier: 'critical' }), // or a fixed one above today's",
        ]
      : [],
  'at-most': ({ scale }) => (scale ? scaleLines(scale.min, scale.max * 2) : []),
  'no-replicas': ({ scale }) =>
    scale ? scaleLines(Math.max(2, scale.min + 1), scale.max + 1) : [],
  node: ({ scale }) => (scale ? scaleLines(Math.max(3, scale.min), Math.max(3, scale.max)) : []),
  ...{ setting: none, silenced: none, 'open-ticket': none },
};

const scaleLines = (min: number, max: number): readonly string[] => [
  `scale: { min: ${min}, max: ${max} },`,
];

/** The model knows neither the variable nor what the program calls the callee: both are for whoever pastes it to fill in, and look like it. */
const calledBy = (callee: string, options: string): readonly string[] => [
  `// YOUR_VARIABLE is the variable that leads to ${callee} today, and yourReference what it is set to.`,
  `env: { YOUR_VARIABLE: call(yourReference, ${options}) },`,
];

/** Half of what the caller promises, so that it can still answer. */
function timeoutOf({ objectives = [] }: WorkloadModel): string {
  const under = objectives.find(({ underSeconds }) => underSeconds !== undefined)?.underSeconds;
  return under === undefined ? '1s' : `${Math.round(under * 500)}ms`;
}

function called(
  { edges }: ApplicationModel,
  workload: WorkloadModel,
  callee: string,
  isSoft: boolean,
): readonly string[] {
  const edge = edges.find(({ from, to }) => from === workload.name && to === callee);
  const half = edge?.timeoutSeconds === undefined ? undefined : edge.timeoutSeconds * 500;
  const timeout = half === undefined ? timeoutOf(workload) : `${Math.round(half)}ms`;
  const soft = isSoft ? ', soft: true' : ', soft: true /* where it can do without */';
  return calledBy(callee, `{ timeout: '${timeout}'${soft} }`);
}

/** Half of what may fail. */
const halved = (objective: number): number => Number((100 - (100 - objective) / 2).toPrecision(6));
const doubled = (objective: number): number => Number((100 - (100 - objective) * 2).toPrecision(6));

function objectiveLines(
  { objectives = [] }: WorkloadModel,
  change: (objective: number) => number,
): readonly string[] {
  const parts = objectives.flatMap(({ slo, objective, underSeconds, withinSeconds }) => {
    const changed = change(objective);
    if (slo === 'availability') return [`availability: ${changed}`];
    if (underSeconds !== undefined) {
      return [`latency: { under: '${Math.round(underSeconds * 1000)}ms', objective: ${changed} }`];
    }
    return withinSeconds === undefined
      ? []
      : [`freshness: { within: '${withinSeconds}s', objective: ${changed} }`];
  });
  return parts.length === 0 ? [] : [`slo: { ${parts.join(', ')} },`];
}
