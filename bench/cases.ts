import type { Inputs } from './inputs';
import type { Sizes } from './sizes';

/** What is measured: the families of one table row each. */
export type Family =
  | 'one application'
  | 'one application per service'
  | 'no rules'
  | 'pack golden-path'
  | 'pack strict'
  | 'rules alone'
  | 'stock cdk8s, chart per service'
  | 'stock cdk8s, one chart'
  | 'kustomize, overlay per environment'
  | 'kustomize, kustomization per service'
  | 'renderYaml'
  | "cdk8s' Yaml.stringify";

/** One measurement, repeated in each round in a process of its own. */
export interface Case {
  readonly family: Family;
  readonly services: number;
  /** The file below `children/`, without its ending. */
  readonly script: string;
  /** Its arguments. The folder is empty, and removed afterwards. */
  readonly arguments: (folder: string) => readonly string[];
  /** Measured in the first round only. */
  readonly once?: true;
}

/** All measurements. The parts of one size stand together, so that what is compared runs within seconds. */
export function casesOf(sizes: Sizes, inputs: Inputs): readonly Case[] {
  const { program } = inputs;
  const ours = (family: Family, shape: string) => (services: number) => ({
    family,
    services,
    script: 'ours',
    arguments: (folder: string) => [shape, String(services), folder],
  });
  const stock = (family: Family, shape: string) => (services: number) => ({
    family,
    services,
    script: 'stock',
    arguments: (folder: string) => [shape, inputs.objects(services), folder],
  });
  const kustomize = (family: Family, shape: 'together' | 'by-service') => (services: number) => ({
    family,
    services,
    script: 'kustomize',
    arguments: (folder: string) => [program ?? '', inputs.overlays(shape, services), folder],
  });
  const guardrails = (family: Family, pack: string) => (services: number) => ({
    family,
    services,
    script: 'guardrails',
    arguments: () => [pack, String(services)],
  });
  const yaml = (family: Family, emitter: string) => ({
    family,
    services: sizes.yaml.services,
    script: 'yaml',
    arguments: () => [emitter, inputs.objects(sizes.yaml.services), String(sizes.yaml.objects)],
  });
  const chartPerService = stock('stock cdk8s, chart per service', 'chart-per-service');
  const cases: readonly Case[] = [
    ...sizes.oneApplication.map(ours('one application', 'one')),
    ...sizes.manyApplications.map(ours('one application per service', 'many')),
    ...sizes.guardrails.map(guardrails('no rules', 'none')),
    ...sizes.guardrails.map(guardrails('pack golden-path', 'golden-path')),
    ...sizes.guardrails.map(guardrails('pack strict', 'strict')),
    ...sizes.guardrails.slice(0, 1).map((services) => ({
      family: 'rules alone' as const,
      services,
      script: 'rules',
      arguments: () => [String(sizes.judged)],
    })),
    ...sizes.chartPerService.map(chartPerService),
    ...sizes.chartPerServiceOnce.map((size) => ({ ...chartPerService(size), once: true as const })),
    ...sizes.oneChart.map(stock('stock cdk8s, one chart', 'one-chart')),
    ...(program === undefined ? [] : sizes.overlays).map(
      kustomize('kustomize, overlay per environment', 'together'),
    ),
    ...(program === undefined ? [] : sizes.kustomizationPerService).map(
      kustomize('kustomize, kustomization per service', 'by-service'),
    ),
    yaml('renderYaml', 'ours'),
    yaml("cdk8s' Yaml.stringify", 'cdk8s'),
  ];
  return [...cases].sort((a, b) => a.services - b.services);
}
