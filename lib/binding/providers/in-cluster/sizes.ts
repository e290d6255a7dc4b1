import {
  fields,
  mebibytes,
  optional,
  quantity,
  tryParseQuantity,
  type Fields,
  type ServiceSize,
} from '../../../foundation';

/** What one instance of a backing service gets, as Kubernetes quantities. */
export interface Rung {
  readonly cpu: string;
  readonly memory: string;
  /** The size of its volume. Volumes grow and never shrink. */
  readonly storage: string;
}

/**
 * Each step is about twice the one before, and disk follows memory by a factor of ten. The smallest is what RabbitMQ and PostgreSQL start in.
 */
const STOCK: Readonly<Record<ServiceSize, Rung>> = {
  XS: { cpu: '100m', memory: '512Mi', storage: '5Gi' },
  S: { cpu: '250m', memory: '1Gi', storage: '10Gi' },
  M: { cpu: '500m', memory: '2Gi', storage: '20Gi' },
  L: { cpu: '1', memory: '4Gi', storage: '50Gi' },
  XL: { cpu: '2', memory: '8Gi', storage: '100Gi' },
};

/** What a size is made of here. */
export const rungOf = (
  size: ServiceSize,
  sizes: Readonly<Partial<Record<ServiceSize, Rung>>> = {},
): Rung => sizes[size] ?? STOCK[size];

/** Memory is not compressible: its limit is its request. A limit on CPU would slow a database down that has a free core beside it. */
export const resourcesOf = ({ cpu, memory }: Rung) =>
  ({ requests: { cpu, memory }, limits: { memory } }) as const;

/** Resources of the small pods and containers that operators put beside a service. */
export const SMALL = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } };

const MEBIBYTE = 2 ** 20;

/** A part of the memory, in mebibytes. */
export const shareOf = ({ memory }: Rung, share: number): number =>
  Math.floor(((tryParseQuantity(memory) ?? 0) * share) / MEBIBYTE);

/** A part of the memory as a quantity. */
export const quantityOf = (rung: Rung, share: number): string =>
  mebibytes(shareOf(rung, share) * MEBIBYTE);

const rungShape = fields(
  {
    cpu: quantity(0.01, 1024, "CPU as a quantity such as '500m'"),
    memory: quantity(128 * MEBIBYTE, 2 ** 44, "memory of at least 128Mi, such as '2Gi'"),
    storage: quantity(2 ** 30, 2 ** 50, "disk of at least 1Gi, such as '20Gi'"),
  },
  "{ cpu: '500m', memory: '2Gi', storage: '20Gi' }",
);

export const sizesShape: Fields = fields(
  {
    XS: optional(rungShape),
    S: optional(rungShape),
    M: optional(rungShape),
    L: optional(rungShape),
    XL: optional(rungShape),
  },
  `sizes, such as { M: ${rungShape.give} }`,
);
