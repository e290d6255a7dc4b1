import { isDataKey, isDnsLabel, type ProblemLog } from '../foundation';
import { probePort, type ContainerFacts, type Probes } from '../workload';
import type { Wiring } from './wiring';

/** What containers of one pod must not both have. */
export function checkTogether(
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

/** Reports a name that no container can have. */
export function checkContainerName(name: string, prefix: string, log: ProblemLog): void {
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

/** The ports that checks ask. */
export const checkedPorts = ({ startup, readiness, liveness }: Probes): readonly number[] =>
  [startup, readiness, liveness].flatMap((probe) => (probe && probePort(probe)) ?? []);
