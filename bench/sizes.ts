/** How many services each tool is given, always in three environments. */
export interface Sizes {
  readonly rounds: number;
  /** This library, all services in one application. Holds every size of the other tools. */
  readonly oneApplication: readonly number[];
  /** This library, as many applications as services. */
  readonly manyApplications: readonly number[];
  readonly chartPerService: readonly number[];
  /** Measured in the first round only. */
  readonly chartPerServiceOnce: readonly number[];
  readonly oneChart: readonly number[];
  readonly overlays: readonly number[];
  readonly kustomizationPerService: readonly number[];
  /** This library, with the rules of several packs and with none. */
  readonly guardrails: readonly number[];
  /** The objects that the rules of pack strict are measured on. */
  readonly judged: number;
  readonly yaml: { readonly services: number; readonly objects: number };
}

export const normal: Sizes = {
  rounds: 3,
  oneApplication: [50, 100, 200, 400, 1000, 2000],
  manyApplications: [1000, 2000],
  chartPerService: [100, 200, 400],
  chartPerServiceOnce: [],
  oneChart: [1000],
  overlays: [100, 200],
  kustomizationPerService: [50],
  guardrails: [1000],
  judged: 10_000,
  yaml: { services: 1000, objects: 6000 },
};

/** The one measurement that takes minutes, once, beside all others. */
export const full: Sizes = { ...normal, chartPerServiceOnce: [1000] };

/** Shows that the script works. Its numbers say nothing. */
export const quick: Sizes = {
  rounds: 1,
  oneApplication: [4, 10, 20, 40],
  manyApplications: [20, 40],
  chartPerService: [10, 20],
  chartPerServiceOnce: [],
  oneChart: [20],
  overlays: [10, 20],
  kustomizationPerService: [4],
  guardrails: [20],
  judged: 200,
  yaml: { services: 20, objects: 120 },
};
