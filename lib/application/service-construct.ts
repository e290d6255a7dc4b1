import { Construct } from 'constructs';
import type { ServiceDefinition } from '../backing-service';
import type { BackingService, ServiceKind, ServiceReference, ServiceTarget } from '../foundation';
import { joinService } from './join-service';
import { inApplication } from './stand-in';

/** What every backing service is to the workloads that use it. `O` are the keys that they may read. */
export abstract class ServiceConstruct<O extends string>
  extends Construct
  implements BackingService
{
  public readonly backing: ServiceTarget;
  public readonly soft = false;
  public readonly variables: Readonly<Record<string, ServiceReference>>;
  readonly #key: (name: O) => ServiceReference;

  /** @internal */
  protected constructor(
    definition: ServiceDefinition<ServiceKind, never, O>,
    scope: Construct,
    id: string,
    props: object,
  ) {
    super(...inApplication(scope, id));
    const { backing, variables, key } = joinService(definition, this, id, props as never);
    this.backing = backing;
    this.variables = variables;
    this.#key = key;
  }

  /** A reference to any of its keys. */
  public key(name: O): ServiceReference {
    return this.#key(name);
  }
}
