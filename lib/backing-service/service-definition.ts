import {
  custom,
  optional,
  serviceSizes,
  type DeletionPolicy,
  type Fields,
  type ModelOf,
  type ProblemLog,
  type ServiceKind,
  type ServiceOutput,
  type ServiceSize,
} from '../foundation';

/** What every backing service has. */
export interface ServiceProps {
  /**
   * How much it has to do. What a size is made of is the provider's to say; from M on it is highly available where the provider can do it and
   * the environment has room.
   * @default Size.S
   */
  readonly size?: { readonly size: ServiceSize };
  /** What happens to the data when the service is taken out of the application. @default 'retain' - data cannot be made again */
  readonly deletionPolicy?: DeletionPolicy;
}

/** Where a backing service stands, with what every contract has. */
export interface ServicePlace {
  readonly name: string;
  readonly path: string;
  readonly size: ServiceSize;
  readonly deletionPolicy: DeletionPolicy;
}

/** A kind of backing service: its wire protocol as data. `O` are the keys that workloads may read. */
export interface ServiceDefinition<
  K extends ServiceKind = ServiceKind,
  P extends ServiceProps = ServiceProps,
  O extends string = string,
> {
  readonly kind: K;
  /** The port that the protocol has by itself; a provider may have another. */
  readonly port: number;
  readonly outputs: (id: string) => Readonly<Record<O, ServiceOutput>>;
  /** The environment variables by which clients find it, each with its key. */
  readonly variables: Readonly<Record<string, O>>;
  readonly shape: Fields;
  /** The contract. Asked with props that have the right form. */
  readonly resolve: (place: ServicePlace, props: P, log: ProblemLog) => ContractOf<K>;
}

/** A contract without its outputs, which the definition gives. */
export type ContractOf<K extends ServiceKind> =
  ModelOf<K> extends infer M ? (M extends unknown ? Omit<M, 'outputs'> : never) : never;

const outputsIn = <K extends string>(
  from: ServiceOutput['from'],
  object: string,
  keys: readonly K[],
  isOptional: boolean,
): Readonly<Record<K, ServiceOutput>> =>
  Object.fromEntries(
    keys.map((key) => [key, { from, object, key, optional: isOptional }]),
  ) as unknown as Readonly<Record<K, ServiceOutput>>;

/** Keys that every provider gives, and keys that some leave out. */
export const secretOutputs = <R extends string, O extends string>(
  object: string,
  required: readonly R[],
  others: readonly O[],
): Readonly<Record<R | O, ServiceOutput>> => ({
  ...outputsIn('Secret', object, required, false),
  ...outputsIn('Secret', object, others, true),
});

/** The same in a ConfigMap, for what is no secret. */
export const configMapOutputs = <R extends string, O extends string>(
  object: string,
  required: readonly R[],
  others: readonly O[],
): Readonly<Record<R | O, ServiceOutput>> => ({
  ...outputsIn('ConfigMap', object, required, false),
  ...outputsIn('ConfigMap', object, others, true),
});

const isServiceSize = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  serviceSizes.some((size) => size === (value as { readonly size?: unknown }).size);

/** The shapes of what every backing service has. */
export const serviceShapes = {
  size: optional(
    custom(isServiceSize, `one of ${serviceSizes.map((s) => `Size.${s}`).join(', ')}`),
  ),
  deletionPolicy: optional(
    custom((value) => value === 'retain' || value === 'delete', "'retain' or 'delete'"),
  ),
};
