import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  misplaced,
  noTextConstruct,
  sortedManifest,
  type Facet,
  type Manifest,
} from '../foundation';

/** Where an object of the golden path stands, and how it is computed. */
export interface GoldenObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The capability without which the cluster has no such kind. @default none */
  readonly facet?: Facet;
  /** Asked at synthesis, when all dependencies are known. Must be pure. */
  readonly make: () => Manifest;
  /** Names the object by its content, patches included. @default `name` */
  readonly rename?: (manifest: Manifest) => string;
}

const MARK = Symbol.for('cdk8s-golden-path.GoldenObject');

/** A Kubernetes object of the golden path. It is a plain cdk8s `ApiObject`: patches and added metadata work, and are counted. */
export class GoldenObject extends ApiObject {
  /** Whether a value is an object of the golden path, of whichever copy of the library. */
  public static isGoldenObject(this: void, value: unknown): value is GoldenObject {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  // ApiObject brings a `hasInstance` of its own, by which every object would be a golden one.
  public static override [Symbol.hasInstance](value: unknown): value is GoldenObject {
    return GoldenObject.isGoldenObject(value);
  }

  /** The capability that the cluster needs for it. */
  public readonly facet: Facet | undefined;
  readonly #make: () => Manifest;
  readonly #rename: ((manifest: Manifest) => string) | undefined;
  readonly #patches: JsonPatch[] = [];

  public constructor(scope: Construct, id: string, props: GoldenObjectProps) {
    const { apiVersion, kind, name } = props;
    super(scope, id, { apiVersion, kind, metadata: { name } });
    this.facet = props.facet;
    this.#make = props.make;
    this.#rename = props.rename;
    Object.defineProperty(this, MARK, { value: true });
    noTextConstruct(this, () => misplaced(this));
  }

  /** How many operations the team added by the escape hatch. */
  public get patchCount(): number {
    return this.#patches.length;
  }

  public override addJsonPatch(...operations: JsonPatch[]): void {
    this.#patches.push(...operations);
  }

  /**
   * The manifest. cdk8s' own rendering is passed by: it sorts or not by an environment variable, and resolves lazily what is plain here.
   */
  public override toJson(): Manifest {
    const made = this.#make();
    const added = this.metadata.toJson() as Partial<Manifest['metadata']>;
    const metadata = {
      ...added,
      ...made.metadata,
      ...merged('labels', made.metadata, added),
      ...merged('annotations', made.metadata, added),
    };
    const manifest = { ...made, metadata };
    if (this.#patches.length === 0) return this.#named(sortedManifest(manifest));
    const copy = structuredClone(manifest) as unknown;
    return this.#named(sortedManifest(JsonPatch.apply(copy, ...this.#patches) as Manifest));
  }

  #named(manifest: Manifest): Manifest {
    if (!this.#rename) return manifest;
    return { ...manifest, metadata: { ...manifest.metadata, name: this.#rename(manifest) } };
  }
}

function merged(
  field: 'labels' | 'annotations',
  made: Manifest['metadata'],
  added: Partial<Manifest['metadata']>,
): Partial<Manifest['metadata']> {
  const all = { ...made[field], ...added[field] };
  return Object.keys(all).length === 0 ? {} : { [field]: all };
}
