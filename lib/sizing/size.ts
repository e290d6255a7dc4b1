import {
  cores,
  either,
  fields,
  isBag,
  mebibytes,
  noText,
  quantity,
  custom,
  tryParseQuantity,
  type ResourceRequirements,
  type Shape,
} from '../foundation';
import { isTier, tiers, type Tier } from './tier';

/** The names of the ladder, small to large. */
export const sizeNames = ['XS', 'S', 'M', 'L', 'XL'] as const;
export type SizeName = (typeof sizeNames)[number];

/** CPU and memory as Kubernetes quantities, such as `250m` and `512Mi`. */
export interface ExactSize {
  readonly cpu: string;
  readonly memory: string;
}

/** A rung of the platform's ladder. */
export interface NamedSize {
  readonly size: SizeName;
}

/** A size that is written down: by its name or exactly. */
export type FixedSize = NamedSize | ExactSize;

/** A size that evidence takes over, once the application's lock file holds some. */
export interface MeasuredSize {
  readonly measured: {
    /** The size until then. */
    readonly start: FixedSize;
    readonly tier: Tier;
  };
}

/** How much CPU and memory one container gets. It is the same in every environment. */
export type Size = FixedSize | MeasuredSize;

export interface MeasuredProps {
  /** The size until there is evidence. @default Size.S - 100m and 256Mi, a small service */
  readonly start?: FixedSize;
  /** How much it may be trusted to its usual use. @default 'standard' */
  readonly tier?: Tier;
}

const NO_TEXT = 'Write the amount itself';
const rung = (size: SizeName): NamedSize =>
  Object.freeze(noText({ size }, () => ({ object: `Size.${size}`, instead: NO_TEXT })));

/** The sizes a team chooses from. */
export const Size = Object.freeze({
  XS: rung('XS'),
  S: rung('S'),
  M: rung('M'),
  L: rung('L'),
  XL: rung('XL'),
  /** An exact size, such as `Size.of({ cpu: '150m', memory: '220Mi' })`, where it is known. */
  of: (exact: ExactSize): ExactSize =>
    Object.freeze(noText({ ...exact }, () => ({ object: 'Size.of(…)', instead: NO_TEXT }))),
  /**
   * A size by evidence: the start size until `sizing.lock.json` (`sizingLock` of the Application) has an entry for the container, then the
   * entry, which `golden-path rightsize` writes.
   */
  measured: (given: MeasuredProps = {}): MeasuredSize => measured(given),
});

function measured(given: MeasuredProps): MeasuredSize {
  // What is no bag of props is kept as it is, for the check to name it.
  const props: unknown = isBag(given) ? { start: rung('S'), tier: 'standard', ...given } : given;
  const size = { measured: props } as MeasuredSize;
  return Object.freeze(noText(size, () => ({ object: 'Size.measured(…)', instead: NO_TEXT })));
}

/** What each rung stands for. */
export type Ladder = Readonly<Record<SizeName, ExactSize>>;

/** Each rung twice the one below, about 2 GiB a core: the shape of compute-optimised nodes, so that neither runs out alone. */
export const stockLadder: Ladder = Object.freeze({
  XS: { cpu: '50m', memory: '128Mi' },
  S: { cpu: '100m', memory: '256Mi' },
  M: { cpu: '250m', memory: '512Mi' },
  L: { cpu: '500m', memory: '1Gi' },
  XL: { cpu: '1', memory: '2Gi' },
});

/**
 * The rule for CPU limits (the factor and the floor are judgement): the larger of `atLeast` and `times` the request, or none.
 * A bounded burst keeps the spike of one service from starving its neighbours, and leaves room for start-up.
 */
export type CpuLimit = { readonly atLeast: string; readonly times: number } | 'none';

export const stockCpuLimit: CpuLimit = Object.freeze({ atLeast: '1', times: 4 });

/** More than any node has: a quantity beyond is a slip of the unit. */
const MOST_CORES = 1024;
const MOST_BYTES = 2 ** 44;

export const cpuQuantity = (give: string): Shape => quantity(0.001, MOST_CORES, give);
export const memoryQuantity = (give: string): Shape => quantity(4 * 2 ** 20, MOST_BYTES, give);

export const exactShape = fields(
  {
    cpu: cpuQuantity('CPU as a quantity of at least 1m, such as 250m'),
    memory: memoryQuantity('memory as a quantity of at least 4Mi, such as 512Mi'),
  },
  "a size, such as Size.S or Size.of({ cpu: '250m', memory: '512Mi' })",
  { measured: 'Write a size down here; this one is not measured' },
);

const rungs = `one of ${sizeNames.map((name) => `Size.${name}`).join(', ')}`;
const namedShape = fields(
  { size: custom((value) => sizeNames.some((name) => name === value), rungs) },
  rungs,
);

export const fixedSizeShape: Shape = either(
  (value) => (isBag(value) && 'size' in value ? namedShape : exactShape),
  exactShape.give,
);

const writtenDown: Shape = {
  give: 'a size that is written down, such as Size.S: init containers and migrations are not measured',
  check: (_, path, log) => {
    log.error('PropInvalid', `${path} is Size.measured(…)`, `Give ${writtenDown.give}`);
  },
};

/** The size of what runs for a moment, whose use tells nothing of the next time. */
export const writtenSizeShape: Shape = either(
  (value) => (isMeasured(value) ? writtenDown : fixedSizeShape),
  exactShape.give,
);

const measuredShape = fields(
  {
    measured: fields(
      {
        start: fixedSizeShape,
        tier: custom(isTier, `one of ${tiers.join(', ')}`),
      },
      "{ start: Size.S, tier: 'standard' }",
    ),
  },
  'Size.measured({ start: Size.S })',
);

export const sizeShape: Shape = either(
  (value) => (isBag(value) && 'measured' in value ? measuredShape : fixedSizeShape),
  exactShape.give,
);

/** Whether evidence may take a size over. */
export const isMeasured = (size: unknown): size is MeasuredSize =>
  isBag(size) && isBag(size.measured);

/** The amounts that a size stands for now. A fixed size heeds no evidence. */
export function amounts(size: Size, ladder: Ladder, evidence?: ExactSize): ExactSize {
  if (isMeasured(size)) return evidence ?? amounts(size.measured.start, ladder);
  const { cpu, memory } = 'size' in size ? ladder[size.size] : size;
  return { cpu, memory };
}

/** Disk for a container's scratch and logs, in bytes. */
export interface Disk {
  readonly bytes: number;
}

/**
 * Requests and limits of a container. Memory is not compressible, so its limit is its request: a pod that fits cannot be killed for
 * what another one takes. Disk likewise; over it the pod is evicted.
 */
export function resources(exact: ExactSize, cpuLimit: CpuLimit, disk: Disk): ResourceRequirements {
  const cpu = tryParseQuantity(exact.cpu) ?? 0;
  const { memory } = exact;
  const storage = mebibytes(disk.bytes);
  const limit = cpuLimit === 'none' ? undefined : burst(cpu, cpuLimit);
  return {
    requests: { cpu: exact.cpu, memory, 'ephemeral-storage': storage },
    limits: { ...(limit !== undefined && { cpu: limit }), memory, 'ephemeral-storage': storage },
  };
}

function burst(cpu: number, rule: Exclude<CpuLimit, 'none'>): string {
  return cores(Math.max(tryParseQuantity(rule.atLeast) ?? 0, cpu * rule.times));
}
