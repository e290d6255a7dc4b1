import {
  isDataKey,
  isDnsLabel,
  type ContainerModel,
  type ContainerPort,
  type ProblemLog,
} from '../foundation';
import { resources, Size } from '../sizing';
import {
  diskBytes,
  probePort,
  resolveProbes,
  resolveScratch,
  type AnyHealth,
  type ContainerFacts,
  type Probes,
  type ResolvedPort,
} from '../workload';
import { checkComposition } from './check-composition';
import type { ApplicationDefaults } from './defaults';
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

/** Fills in the defaults of every container of a workload. */
export function resolveContainers(
  main: MainContainer,
  props: WorkloadProps,
  defaults: ApplicationDefaults,
  log: ProblemLog,
): ResolvedContainers {
  const withUsed = addsUsed(props, log);
  const extra = (role: 'init' | 'sidecar', given: Readonly<Record<string, SidecarProps>>) =>
    Object.entries(given).map(([name, container]) => {
      const prefix = role === 'init' ? 'init' : 'sidecars';
      checkContainerName(name, prefix, log);
      const probes = resolveProbes(container.health, undefined, log);
      const place: Place = { workload: main.name, name, role, path: `${prefix}.${name}.env` };
      const size = container.size ?? (role === 'init' ? (props.size ?? Size.S) : Size.XS);
      const sized = { ...(role === 'init' ? withUsed(container) : container), size };
      return resolveContainer(place, sized, probes, portsOf(probes, main), defaults, log);
    });
  // Sidecars first: init containers may already need them.
  const before = [...extra('sidecar', props.sidecars ?? {}), ...extra('init', props.init ?? {})];
  const probes = resolveProbes(main.health, main.port, log);
  const place: Place = { workload: main.name, name: main.name, role: 'main', path: 'env' };
  const ports = mainPorts(main, probes);
  const own = resolveContainer(place, withUsed(props), probes, ports, defaults, log);
  const wirings = [own, ...before].map(({ wiring }) => wiring);
  checkTogether(
    [own, ...before].map(({ facts }) => facts),
    wirings,
    log,
  );
  return {
    main: {
      ...own.facts,
      ...(main.preStopSeconds !== undefined && { preStopSeconds: main.preStopSeconds }),
    },
    before: before.map(({ facts }) => facts),
    wirings,
  };
}

/** What containers of one pod must not both have. */
function checkTogether(
  containers: readonly ContainerFacts[],
  wirings: readonly Wiring[],
  log: ProblemLog,
): void {
  checkTaken(
    containers.map(({ name }) => name),
    log,
  );
  for (const facts of containers) checkMounts(facts, log);
  checkSettings(wirings, log);
  checkPorts(containers, log);
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
  place: Place,
  props: ContainerProps,
  probes: Probes,
  ports: readonly ContainerPort[],
  defaults: ApplicationDefaults,
  log: ProblemLog,
): { readonly facts: ContainerFacts; readonly wiring: Wiring } {
  const isMain = place.role === 'main';
  const scratch = resolveScratch(place.name, isMain, props.scratch ?? []);
  const disk = { bytes: diskBytes(scratch) };
  const sized = resources(props.size ?? Size.S, defaults.ladder, defaults.cpuLimit, disk);
  const wiring = wire({ ...place, isMain }, withRuntime(props, sized, place.path, log), log);
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
  };
  return { facts, wiring };
}

const checkedPorts = ({ startup, readiness, liveness }: Probes): readonly number[] =>
  [startup, readiness, liveness].flatMap((probe) => (probe && probePort(probe)) ?? []);

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

function checkContainerName(name: string, prefix: string, log: ProblemLog): void {
  if (isDnsLabel(name)) return;
  const fix = 'Use at most 63 small letters, digits and -, beginning with a letter';
  log.error('PropInvalid', `${prefix} has a container named '${name}'`, fix);
}

function checkTaken(names: readonly string[], log: ProblemLog): void {
  for (const name of new Set(names.filter((item, index) => names.indexOf(item) !== index))) {
    const fix = 'Name it differently; the main container has the name of the workload';
    log.error('ContainerNameTaken', `two containers are named '${name}'`, fix);
  }
}

/** Containers of a pod share its network: two of them cannot listen on one port. */
function checkPorts(containers: readonly ContainerFacts[], log: ProblemLog): void {
  const users = new Map<number, string>();
  for (const { name, ports, probes } of containers) {
    const declared = ports.map(({ containerPort }) => containerPort);
    for (const port of new Set([...declared, ...checkedPorts(probes)])) {
      const other = users.get(port);
      users.set(port, name);
      if (other === undefined) continue;
      const found = `containers ${other} and ${name} both use port ${port}`;
      log.error('PortTaken', found, 'Give one of them another port');
    }
  }
}

/** The settings of all containers are keys of one ConfigMap. */
function checkSettings(wirings: readonly Wiring[], log: ProblemLog): void {
  const keys = wirings.flatMap(({ settings }) => settings.map(({ key }) => key));
  keys.forEach((key, index) => {
    const found = `the setting '${key}'`;
    if (!isDataKey(key)) {
      log.error('EnvNameInvalid', `${found} is longer than 253 characters`, 'Shorten its name');
    } else if (keys.indexOf(key) !== index) {
      log.error('EnvNameTaken', `two containers have ${found}`, 'Rename one of the variables');
    }
  });
}

function checkMounts(facts: ContainerFacts, log: ProblemLog): void {
  const folders = new Set(facts.files.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  const mounts = [...facts.scratch.map(({ path }) => path), ...folders].sort();
  mounts.forEach((path, index) => {
    const inside = mounts
      .slice(0, index)
      .find((other) => path === other || path.startsWith(`${other}/`));
    if (inside === undefined) return;
    const found = `container ${facts.name} mounts '${path}' and '${inside}'`;
    log.error('MountPathTaken', found, 'Give the files or the scratch a folder of their own');
  });
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
  };
}
