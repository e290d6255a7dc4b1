import { Chart, type ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import {
  applicationLabels,
  captureSource,
  describe,
  isBag,
  isLabelValue,
  ProblemLog,
  ProblemsFound,
  renderProblem,
  type Captured,
  type Problem,
} from '../foundation';
import { admit, checkId } from './admit';
import { remember } from './declared';
import { hasPlatform } from './defaults';
import { placeGraph } from './graph-objects';
import type { Part } from './part';
import { resolveApplication, type ResolvedApplication } from './resolve-application';
import type { ServicePart } from './service-part';
import { checkLocked, readSizes, type LockedSizes } from './sizing-lock';

export interface ApplicationProps {
  /** The team that answers for it: a label value such as `team-checkout`. */
  readonly owner: string;
  /**
   * The absolute path of the file with the measured sizes, which `golden-path rightsize` writes: `path.join(__dirname, 'sizing.lock.json')`.
   * Nothing else of the surroundings is read. @default none - measured sizes stay what they start with
   */
  readonly sizingLock?: string;
}

const MARK = Symbol.for('cdk8s-golden-path.Application');
/** `<application>-<environment>` must fit into a namespace's 63 characters. */
const LONGEST_ID = 50;

/** What one team ships together: its workloads, and anything else that cdk8s can build. It takes the place of a cdk8s `Chart`. */
export class Application extends Chart {
  /** Whether a value is an Application, of whichever copy of the library. */
  public static isApplication(this: void, value: unknown): value is Application {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  // Chart brings a `hasInstance` of its own, by which every chart would be an Application.
  public static override [Symbol.hasInstance](value: unknown): value is Application {
    return Application.isApplication(value);
  }

  /** The application in which a construct stands. */
  public static override of(construct: Construct): Application {
    const application = Application.tryOf(construct);
    if (application) return application;
    const { path } = construct.node;
    const log = new ProblemLog(path === '' ? 'the root' : path, captureSource());
    log.error('ApplicationMissing', 'it stands in no Application', 'Give one as its scope');
    throw new ProblemsFound(log.problems);
  }

  /** The same; undefined when there is none. @internal */
  public static tryOf(this: void, construct: Construct): Application | undefined {
    return construct.node.scopes.findLast(Application.isApplication);
  }

  /** Whether it only holds what has no application. @internal */
  public readonly isStandIn: boolean = false;
  /** Empty when no usable one was given, which is reported. */
  public readonly owner: string;
  /** @internal */
  public readonly source: Captured = captureSource();
  readonly #id: unknown;
  readonly #owner: unknown;
  readonly #sizingLock: unknown;
  readonly #parts = new Map<IConstruct, Part>();
  readonly #services: ServicePart[] = [];
  readonly #byPath = new Map<string, Pick<Part, 'source'>>();
  #resolved: ResolvedApplication | undefined;
  #sizes: { readonly read: LockedSizes | undefined } | undefined;

  public constructor(scope: Construct, id: string, props: ApplicationProps) {
    const admitted = admit(scope, id);
    super(scope, admitted, { labels: applicationLabels(admitted) });
    this.#id = id;
    this.#owner = isBag(props) ? props.owner : undefined;
    this.#sizingLock = isBag(props) ? props.sizingLock : undefined;
    this.owner = isOwner(this.#owner) ? this.#owner : '';
    Object.defineProperty(this, MARK, { value: true });
    remember(this, this.source);
    this.node.addValidation({ validate: () => this.#validate() });
  }

  /** Objects that name themselves by their place are called as their constructs are, below the application, without a hash. */
  public override generateObjectName(object: ApiObject): string {
    const scopes = object.node.scopes.slice(this.node.scopes.length);
    const ids = scopes.map(({ node }) => node.id).filter((id) => !HIDDEN.includes(id));
    const name = ids.join('-').toLowerCase();
    return name === '' ? super.generateObjectName(object) : name;
  }

  /** @internal */
  public join(part: Part): void {
    this.#parts.set(part.construct, part);
    remember(part.construct, part.source);
    this.#byPath.set(part.construct.node.path, part);
    this.#resolved = undefined;
  }

  /** @internal */
  public joinService(part: ServicePart): void {
    this.#services.push(part);
    remember(part.construct, part.source);
    this.#byPath.set(part.construct.node.path, part);
    this.#resolved = undefined;
  }

  /** What joined it. @internal */
  public parts(): readonly Pick<Part, 'construct' | 'source'>[] {
    return [...this.#parts.values(), ...this.#services];
  }

  /** The workload inside which a construct stands, the nearest one. @internal */
  public partAround(construct: IConstruct): Part | undefined {
    const scope = construct.node.scopes.findLast((each) => this.#parts.has(each));
    return scope && this.#parts.get(scope);
  }

  /** Where a workload or backing service, or else the application, was made. @internal */
  public sourceOf(path: string): Captured {
    return this.#byPath.get(path)?.source ?? this.source;
  }

  /** Places the objects that depend on all edges. @internal */
  public settle(): void {
    for (const part of this.#parts.values()) part.settle();
    placeGraph(this, () => ({ owner: this.owner, resolved: this.resolved() }));
  }

  /** The measured sizes, read when first asked for. @internal */
  public sizes(): LockedSizes | undefined {
    this.#sizes ??= { read: readSizes(this.#sizingLock, this.node.path, this.source) };
    return this.#sizes.read;
  }

  /** Everything that phase 1 knows, computed when first asked after the last construct joined. @internal */
  public resolved(): ResolvedApplication {
    const parts = { workloads: [...this.#parts.values()], services: this.#services };
    this.#resolved ??= resolveApplication(this.node.id, this.node.path, parts);
    return this.#resolved;
  }

  /** Problems of the application itself; those of its objects come with rendering. @internal */
  public problems(): readonly Problem[] {
    const log = new ProblemLog(this.node.path, this.source);
    if (this.owner === '') {
      const fix = "Give the team that answers for it, such as 'team-checkout'";
      log.error('PropInvalid', `owner is ${describe(this.#owner)}`, fix);
    }
    const outer = this.node.scopes.slice(0, -1).find(Application.isApplication);
    if (outer) {
      const found = `it stands inside the application ${outer.node.path}`;
      log.error('ApplicationNested', found, 'Give the platform as its scope');
    }
    const names = [...this.#parts.keys()].map(({ node }) => node.id);
    checkLocked(this.sizes(), this.node.id, names, log);
    const ids = checkId(this, this.#id, this.source, LONGEST_ID);
    return [
      ...ids,
      ...log.problems,
      ...(this.sizes()?.problems ?? []),
      ...this.resolved().problems,
    ];
  }

  #validate(): string[] {
    if (hasPlatform(this)) return [];
    this.settle();
    const errors = this.problems().filter(({ severity }) => severity === 'error');
    return errors.map(renderProblem);
  }
}

const isOwner = (value: unknown): value is string => value !== '' && isLabelValue(value);

/** Ids that cdk8s hides in names too: the one object that a construct stands for. */
const HIDDEN = ['Default', 'Resource'];
