import { Application, type ApplicationDefaults } from '../application';
import { existing } from '../binding';
import { Capacity, Dns, Environment } from '../environment';
import { nearest, type ApplicationModel, type Manifest, type Problem } from '../foundation';
import type { GuardrailReport } from '../guardrail';
import { CLUSTER, Platform, type Rendering } from '../platform';

/** Thrown when a synthesis has not what a test looks for. Says what comes nearest. */
export class NotFound extends Error {
  public override readonly name = 'NotFound';
}

/** Which object a test looks for. */
export interface Wanted {
  readonly kind: string;
  readonly name: string;
  /** All that stands in this environment is searched. @default the objects of the application, the same everywhere */
  readonly environment?: string;
}

/** What a synthesis in memory made of one application. */
export class Synthesis {
  readonly #rendering: Rendering;

  public constructor(rendering: Rendering) {
    this.#rendering = rendering;
  }

  /** Errors and warnings. */
  public get problems(): readonly Problem[] {
    return this.#rendering.problems;
  }

  /** What the guardrails found, waived or not. */
  public get guardrails(): GuardrailReport {
    return this.#rendering.guardrails;
  }

  /** Text by path below the output folder, such as `dev/shop/application.k8s.yaml`. */
  public get files(): ReadonlyMap<string, string> {
    return this.#rendering.files;
  }

  /** The model of the application. @throws NotFound when problems left none */
  public get model(): ApplicationModel {
    const [model] = this.#rendering.models;
    if (!model) throw new NotFound(`There is no model: ${this.problems.length} problems.`);
    return model;
  }

  /**
   * All that stands in one environment, or else the objects of the application, which are the same in all.
   * @throws NotFound when there is no such environment
   */
  public objects(environment?: string): readonly Manifest[] {
    const seen = new Map<string, readonly Manifest[]>();
    for (const [path, manifests] of this.#rendering.manifests) {
      const [folder = '', application = '', ...rest] = path.split('/');
      const file = rest.join('/');
      const isOfApplication = application !== CLUSTER && rest.at(-1) !== 'environment.k8s.yaml';
      const isWanted = environment === undefined ? isOfApplication : folder === environment;
      if (isWanted) seen.set(file, manifests);
    }
    if (environment !== undefined && seen.size === 0) {
      throw new NotFound(
        `There is no environment ${environment}. There are: ${this.#environments().join(', ')}.`,
      );
    }
    return [...seen.values()].flat();
  }

  #environments(): readonly string[] {
    return [
      ...new Set([...this.#rendering.manifests.keys()].map((path) => path.split('/')[0] ?? '')),
    ];
  }

  /** An object, or undefined. */
  public tryFind(wanted: Wanted): Manifest | undefined {
    return this.objects(wanted.environment).find(
      ({ kind, metadata }) => kind === wanted.kind && metadata.name === wanted.name,
    );
  }

  /** An object. @throws NotFound that says which objects there are */
  public find(wanted: Wanted): Manifest {
    const found = this.tryFind(wanted);
    if (found) return found;
    const keys = this.objects(wanted.environment).map(keyOf);
    const key = `${wanted.kind}/${wanted.name}`;
    const near = nearest(key, keys) ?? keys.find((other) => other.startsWith(`${wanted.kind}/`));
    const place = wanted.environment === undefined ? 'the application' : wanted.environment;
    const hint = near === undefined ? `There are: ${keys.join(', ')}.` : `Did you mean ${near}?`;
    throw new NotFound(`There is no ${key} in ${place}. ${hint}`);
  }
}

const keyOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

/** For backing services of every kind: what they are made of is the platform's to test. */
const standIn = existing({
  engine: 'a stand-in',
  to: [{ cidr: '192.0.2.1/32' }],
  ports: [443],
  tls: 'required',
  entry: 'stand-in',
  values: { bucket: 'test', region: 'test' },
});

/**
 * A platform with three environments that have everything, for tests of an application that has no platform at hand.
 * @param defaults - what it decides for every application; one with objectives needs `{ signals: Signals.openTelemetry() }` or another source
 */
export function testPlatform(defaults: Partial<ApplicationDefaults> = {}): Platform {
  const facts = {
    network: { dns: Dns.kubeDns(), metrics: [{ namespace: 'monitoring' }] },
    gateway: {
      name: 'public',
      namespace: 'gateway-system',
      peers: [{ namespace: 'gateway-system' }],
    },
    secretStore: { name: 'store' },
    providers: { default: standIn },
    capabilities: ['reloader', 'observability', 'keda'],
  } as const;
  return new Platform({
    environments: [
      new Environment('dev', { ...facts, domain: 'dev.test', capacity: Capacity.single() }),
      new Environment('staging', {
        ...facts,
        domain: 'staging.test',
        capacity: Capacity.atMost(3),
      }),
      new Environment('prod', { ...facts, domain: 'prod.test', capacity: Capacity.asDeclared() }),
    ],
    defaults,
  });
}

/**
 * Synthesizes an application in memory, with all environments, and writes nothing.
 * @param make - makes the application under the platform it is given: `(app) => new Shop(app)`
 * @param platform - the platform team's factory; stock environments unless given
 */
export function synthesize(
  make: (platform: Platform) => unknown,
  platform: () => Platform = () => testPlatform(),
): Synthesis {
  const app = platform();
  make(app);
  return new Synthesis(app.render());
}

/** Synthesizes one or more constructs inside an application of their own, named `test`. */
export function synthesizeIn(make: (application: Application) => unknown): Synthesis {
  return synthesize((platform) => {
    make(new Application(platform, 'test', { owner: 'team-test' }));
  });
}
