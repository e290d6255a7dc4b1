import type { Construct } from 'constructs';
import type { ServiceDefinition, ServiceProps } from '../backing-service';
import {
  captureSource,
  conforms,
  describe,
  isBag,
  misplaced,
  noTextConstruct,
  ProblemLog,
  serviceReference,
  type BackingService,
  type BackingServiceModel,
  type Captured,
  type ServiceKind,
  type ServiceOutput,
  type ServiceReference,
  type ServiceTarget,
} from '../foundation';
import { checkId } from './admit';
import { Application } from './application';
import type { ServiceResolution } from './service-part';

/** A backing service that has joined its application. */
export interface JoinedService<O extends string> extends Pick<BackingService, 'backing'> {
  readonly variables: Readonly<Record<string, ServiceReference>>;
  /** A reference to one of its keys. A key that it does not give is reported where it is used. */
  readonly key: (name: O) => ServiceReference;
}

/** Operators name what they make by it, and labels by that: the longest suffix leaves this much. */
const LONGEST_ID = 40;

/** Makes a backing service part of its application. Nothing is looked at yet: constructors only store. */
export function joinService<K extends ServiceKind, P extends ServiceProps, O extends string>(
  definition: ServiceDefinition<K, P, O>,
  construct: Construct,
  id: unknown,
  props: P,
): JoinedService<O> {
  const application = Application.of(construct);
  const source = captureSource();
  const name = construct.node.id;
  noTextConstruct(construct, () => misplaced(construct));
  application.joinService({
    construct,
    source,
    port: definition.port,
    resolve: () => resolveService(definition, construct, id, source, props),
  });
  const backing: ServiceTarget = Object.freeze({
    kind: 'backing-service',
    application: application.node.path,
    name,
    service: definition.kind,
  });
  const key = keysOf(definition, backing);
  const variables: Record<string, ServiceReference> = {};
  for (const [name, wanted] of Object.entries<O>(definition.variables)) {
    variables[name] = key(wanted);
  }
  return {
    backing,
    key,
    variables: Object.freeze(variables),
  };
}

/** References to the keys of a service. One that it does not give keeps its name, and is reported where it is used. */
function keysOf<K extends ServiceKind, P extends ServiceProps, O extends string>(
  definition: ServiceDefinition<K, P, O>,
  backing: ServiceTarget,
): (name: string) => ServiceReference {
  const outputs: Readonly<Record<string, ServiceOutput>> = definition.outputs(backing.name);
  const unknown = { from: 'Secret', object: backing.name, optional: false } as const;
  return (key) => {
    const known = Object.hasOwn(outputs, key) ? outputs[key] : undefined;
    return serviceReference(backing, known ?? { ...unknown, key });
  };
}

function resolveService<K extends ServiceKind, P extends ServiceProps, O extends string>(
  definition: ServiceDefinition<K, P, O>,
  construct: Construct,
  id: unknown,
  source: Captured,
  props: P,
): ServiceResolution {
  const { path, id: name } = construct.node;
  const ofId = checkId(construct, id, source, LONGEST_ID);
  const log = new ProblemLog(path, source);
  const problems = (): ServiceResolution['problems'] => [...ofId, ...log.problems];
  const { shape } = definition;
  if (!isBag(props)) {
    log.error('PropMissing', `the props are ${describe(props)}`, `Give ${shape.give}`);
    return { problems: problems() };
  }
  if (!conforms(shape, props, '', log)) return { problems: problems() };
  const place = {
    name,
    path,
    size: props.size?.size ?? 'S',
    deletionPolicy: props.deletionPolicy ?? 'retain',
  };
  const contract = definition.resolve(place, props, log);
  const model = {
    ...contract,
    outputs: definition.outputs(name),
  } as unknown as BackingServiceModel;
  return { problems: problems(), ...(ofId.length === 0 && { model }) };
}
