import {
  describe,
  nearest,
  ProblemLog,
  type BackingServiceModel,
  type EdgeModel,
  type Problem,
  type ServiceData,
} from '../foundation';
import { declaredAt } from './declared';
import type { ServicePart } from './service-part';

/** A backing service, and its contract unless its props made that impossible. */
export interface KnownService {
  readonly part: ServicePart;
  readonly model?: BackingServiceModel;
}

/** Resolves the backing services of an application by name. */
export function resolveServices(
  parts: readonly ServicePart[],
  problems: Problem[],
): ReadonlyMap<string, KnownService> {
  const known = new Map<string, KnownService>();
  for (const part of parts) {
    const { model, problems: found } = part.resolve();
    problems.push(...found);
    const { id, path } = part.construct.node;
    const other = known.get(id);
    if (other) {
      const log = new ProblemLog(path, part.source);
      const at = other.part.construct.node.path;
      log.error(
        'IdTaken',
        `${at} is a backing service of that id too${declaredAt(other.part.construct)}`,
        'Give it an id of its own',
      );
      problems.push(...log.problems);
    } else {
      known.set(id, { part, ...(model && { model }) });
    }
  }
  return known;
}

/** The edge to a backing service; undefined when it leads nowhere, which is reported. */
export function serviceEdge(
  from: string,
  { target, key, soft }: ServiceData,
  services: ReadonlyMap<string, KnownService>,
  log: ProblemLog,
): EdgeModel | undefined {
  const known = services.get(target.name);
  if (!known) {
    const found = `it refers to ${describe(target.name)}, which the application does not have`;
    log.error('DependencyUnknown', found, 'Refer to a backing service of this application');
    return undefined;
  }
  const keys = Object.keys(known.model?.outputs ?? {});
  if (known.model && !keys.includes(key)) {
    const near = nearest(key, keys);
    const found = `it refers to ${describe(key)} of ${target.name}, a ${target.service}`;
    const fix = near === undefined ? `Its keys are ${keys.join(', ')}` : `Write ${near}`;
    log.error('ServiceKeyUnknown', found, fix);
  }
  return { from, to: target.name, kind: 'backing-service', port: known.part.port, soft };
}
