import type { ContainerModel, ContainerPort, EnvVar, ProblemLog } from '../foundation';
import { resources, Size, type FixedSize } from '../sizing';
import {
  diskBytes,
  resolveProbes,
  resolveScratch,
  type AnyHealth,
  type ContainerFacts,
  type Probes,
  type ResolvedPort,
} from '../workload';
import { checkContainerName, checkedPorts, checkTogether } from './check-containers';
import { checkComposition } from './check-composition';
import type { ApplicationDefaults } from './defaults';
import { checkLockedContainers, resolveSize, type ResolvedSize } from './resolve-size';
import type { LockedWorkload } from './sizing-lock';
import { withRuntime } from './runtime-variables';
import { usedVariables } from './used-variables';
import { wire, type Wiring } from './wiring';
import type { ContainerProps, SidecarProps, WorkloadProps } from './workload-props';

/** What the main container has and the others have not. */
export interface MainContainer {
  readonly name: string;
  readonly port?: ResolvedPort;
  readonly metricsPort?: number;
  readonly health?: AnyHealth;
  readonly preStopSeconds?: number;
  /** Variables that say where its telemetry goes. @default none */
  readonly telemetry?: readonly EnvVar[];
}

/** All containers of a pod, and all that they refer to. */
export interface ResolvedContainers {
  readonly main: ContainerFacts;
  readonly before: readonly ContainerFacts[];
  readonly wirings: readonly Wiring[];
}

interface Place {
  readonly workload: string;
  readonly name: string;
  readonly role: ContainerFacts['role'];
  readonly path: string;
}

/** What decides about containers beside their props. */
export interface ContainerSetting {
  readonly defaults: ApplicationDefaults;
  readonly locked: LockedWorkload;
}

/** Fills in the defaults of every container of a workload. */
export function resolveContainers(
  main: MainContainer,
  props: WorkloadProps,
  { defaults, locked }: ContainerSetting,
  log: ProblemLog,
): ResolvedContainers {
  const withUsed = addsUsed(props, log);
  const sizeOf = (name: string, size: Size): ResolvedSize =>
    resolveSize({ workload: main.name, name }, size, defaults.ladder, locked, log);
  const ownSize = sizeOf(main.name, props.size ?? Size.S);
  const extra = (role: 'init' | 'sidecar', containers: Readonly<Record<string, SidecarProps>>) =>
    Object.entries(containers).map(([name, container]) => {
      const prefix = role === 'init' ? 'init' : 'sidecars';
      checkContainerName(name, prefix, log);
      const probes = resolveProbes(container.health, undefined, log);
      const place: Place = { workload: main.name, name, role, path: `${prefix}.${name}.env` };
      const stock: FixedSize = role === 'init' ? ownSize.exact : Size.XS;
      const size = sizeOf(name, container.size ?? stock);
      const given = role === 'init' ? withUsed(container) : container;
      return resolveContainer({ place, size }, given, probes, portsOf(probes, main), defaults, log);
    });
  // Sidecars first: init containers may already need them.
  const before = [...extra('sidecar', props.sidecars ?? {}), ...extra('init', props.init ?? {})];
  const probes = resolveProbes(main.health, main.port, log);
  const place: Place = { workload: main.name, name: main.name, role: 'main', path: 'env' };
  const sized = { place, size: ownSize, first: main.telemetry ?? [] };
  const ports = mainPorts(main, probes);
  const own = resolveContainer(sized, withUsed(props), probes, ports, defaults, log);
  const wirings = [own, ...before].map(({ wiring }) => wiring);
  const all = [own, ...before].map(({ facts }) => facts);
  checkTogether(all, wirings, log);
  checkLockedContainers(main.name, all, locked, log);
  return {
    main: {
      ...own.facts,
      ...(main.preStopSeconds !== undefined && { preStopSeconds: main.preStopSeconds }),
    },
    before: before.map(({ facts }) => facts),
    wirings,
  };
}

interface SizedPlace {
  readonly place: Place;
  readonly size: ResolvedSize;
  /** Variables before those of the team. @default none */
  readonly first?: readonly EnvVar[];
}

/** Adds the variables of the backing services that a workload uses; those that a container gives itself hold. */
function addsUsed(
  { uses = [] }: WorkloadProps,
  log: ProblemLog,
): <T extends ContainerProps>(given: T) => T {
  const used = usedVariables(uses, log);
  return (given) => ({ ...given, env: { ...used, ...given.env } });
}

function resolveContainer(
  { place, size, first = [] }: SizedPlace,
  props: ContainerProps,
  probes: Probes,
  ports: readonly ContainerPort[],
  defaults: ApplicationDefaults,
  log: ProblemLog,
): { readonly facts: ContainerFacts; readonly wiring: Wiring } {
  const isMain = place.role === 'main';
  const scratch = resolveScratch(place.name, isMain, props.scratch ?? []);
  const disk = { bytes: diskBytes(scratch) };
  const sized = resources(size.exact, defaults.cpuLimit, disk);
  const wired = wire({ ...place, isMain }, withRuntime(props, sized, place.path, log), log);
  // A variable that the team gives holds.
  const own = first.filter(({ name }) => !Object.hasOwn(props.env ?? {}, name));
  const wiring = { ...wired, env: [...own, ...wired.env] };
  checkComposition(wiring.env, place.path, log);
  const facts: ContainerFacts = {
    name: place.name,
    role: place.role,
    image: props.image,
    ...(props.runtime && { runtime: props.runtime }),
    ...(props.command && { command: props.command }),
    ...(props.args && { args: props.args }),
    env: wiring.env,
    files: wiring.files,
    ports,
    probes,
    scratch,
    resources: sized,
    ...(size.measured && { measured: size.measured }),
  };
  return { facts, wiring };
}

/** Ports that only checks use; they are declared, so that a policy or a person can find them. */
function portsOf(probes: Probes, main: MainContainer): readonly ContainerPort[] {
  const known = [main.port?.number, main.metricsPort];
  const extra = [...new Set(checkedPorts(probes))].filter((port) => !known.includes(port));
  return extra.map((containerPort, index) => ({
    name: index === 0 ? 'health' : `health-${index + 1}`,
    containerPort,
    protocol: 'TCP',
  }));
}

function mainPorts(main: MainContainer, probes: Probes): readonly ContainerPort[] {
  const { port, metricsPort } = main;
  return [
    ...(port ? [{ name: port.name, containerPort: port.number, protocol: 'TCP' }] : []),
    ...(metricsPort !== undefined && metricsPort !== port?.number
      ? [{ name: 'metrics', containerPort: metricsPort, protocol: 'TCP' }]
      : []),
    ...portsOf(probes, main),
  ];
}

/** A container as the model describes it. */
export function containerModel(facts: ContainerFacts): ContainerModel {
  const { requests = {}, limits = {} } = facts.resources;
  const texts = (amounts: typeof requests): Record<string, string> =>
    Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, String(amount)]));
  return {
    name: facts.name,
    role: facts.role,
    image: facts.image,
    ...(facts.runtime && { runtime: facts.runtime }),
    requests: texts(requests),
    limits: texts(limits),
    ...(facts.measured && { measured: facts.measured }),
  };
}
