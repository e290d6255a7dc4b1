/**
 * Filled in once by the platform package, so that the keys of `perEnvironment` and `presence` are typed by its environments:
 * `declare module 'cdk8s-golden-path' { interface Register { platform: ReturnType<typeof platform> } }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- declaration merging fills it
export interface Register {}

/** The names of the platform's environments; any text when no platform is registered. */
export type EnvironmentName = Register extends {
  readonly platform: {
    readonly environments: readonly { readonly name: infer N extends string }[];
  };
}
  ? N
  : string;

/** The stages that the platform's environments stand for; any text when no platform is registered. */
export type StageName = Register extends {
  readonly platform: {
    readonly environments: readonly { readonly stage: infer S extends string }[];
  };
}
  ? S
  : string;
