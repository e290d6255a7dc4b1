import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { OnlineBoutique } from '../../apps/online-boutique';
import { platform } from '../../apps/platform';
import {
  tryParseQuantity,
  type DeploymentSpec,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  type NetworkPolicySpec,
} from '../../lib/foundation';
import { synthesize } from '../../lib/testing';
import {
  factsIn,
  manifestsIn,
  selects,
  yamlLines,
  type ContainerFacts,
  type ManifestFacts,
  type WorkloadFacts,
} from '../../scripts/boutique-facts';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Google's manifests, where they are at hand; the facts are what this repository keeps of them. */
const input = join(root, '../shared/inputs/online-boutique.yaml');
const facts = JSON.parse(read('test/apps/online-boutique.facts.json')) as ManifestFacts;

const synthesis = synthesize((app) => new OnlineBoutique(app), platform);
const text = (path: string): string => synthesis.files.get(path) ?? '';
const rendered = ['application', 'loadgenerator'].map((name) =>
  text(`dev/online-boutique/${name}.k8s.yaml`),
);
const ours = factsIn(rendered.join('---\n'));

const REDIS = 'redis-cart';
/** The address of the carts with its password, in the words of StackExchange.Redis. */
const CARTS = '$(REDIS_HOST):$(REDIS_PORT),password=$(REDIS_PASSWORD),ssl=$(REDIS_TLS)';
const ASSISTANT = 'shoppingassistantservice';
const workloads = facts.workloads.filter(({ name }) => name !== REDIS);

function find(name: string): WorkloadFacts {
  const found = ours.workloads.find((workload) => workload.name === name);
  if (!found) throw new Error(`There is no Deployment ${name}.`);
  return found;
}

/** What each container of a workload has, by the name of the container. */
const byContainer = <T>(workload: WorkloadFacts, of: (container: ContainerFacts) => T) => ({
  main: of(workload),
  ...Object.fromEntries(Object.entries(workload.init).map(([name, init]) => [name, of(init)])),
});

const withoutRedis = ({ env }: ContainerFacts) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'REDIS_ADDR'));

interface Address {
  readonly caller: string;
  readonly variable: string;
  readonly host: string;
  readonly port: number;
}

const addresses: readonly Address[] = workloads.flatMap((workload) =>
  [workload, ...Object.values(workload.init)].flatMap(({ env }) =>
    Object.entries(env).flatMap(([variable, value]) => {
      const [, host, port] = /^([a-z][a-z0-9-]*):(\d+)$/.exec(value) ?? [];
      if (host === undefined || host === REDIS || host === ASSISTANT) return [];
      return [{ caller: workload.name, variable, host, port: Number(port) }];
    }),
  ),
);

describe('Online Boutique', () => {
  if (existsSync(input)) {
    it('keeps exactly the facts of its input', () => {
      expect(facts).toEqual(factsIn(readFileSync(input, 'utf8')));
    });
  }

  it('has no problem of any severity', () => {
    expect(synthesis.problems).toEqual([]);
  });

  it('has the workloads of its input and no others', () => {
    expect(ours.workloads.map(({ name }) => name)).toEqual(workloads.map(({ name }) => name));
    expect(ours.workloads).toHaveLength(11);
  });

  it.each(['dev', 'staging', 'prod'])('has the way in from outside as a route in %s', (stage) => {
    const route = synthesis.find({ kind: 'HTTPRoute', name: 'frontend', environment: stage });
    const domain = stage === 'prod' ? 'example.com' : `${stage}.example.com`;
    expect(route.spec).toMatchObject({
      hostnames: [`shop.${domain}`],
      rules: [{ backendRefs: [{ name: 'frontend', port: 80 }] }],
    });
  });
});

describe.each(workloads.map((workload) => [workload.name, workload] as const))(
  '%s',
  (name, theirs) => {
    it('runs the images of the input', () => {
      const image = (container: ContainerFacts) => container.image;
      expect(byContainer(find(name), image)).toEqual(byContainer(theirs, image));
    });

    it('offers the ports of the input', () => {
      expect(find(name).port).toBe(theirs.port);
      const inside = theirs.services.filter((service) => service.name !== 'frontend-external');
      expect(find(name).services).toEqual(inside);
    });

    it('has each variable of the input with the same value', () => {
      const env = byContainer(find(name), (container) => container.env);
      expect(env).toMatchObject(byContainer(theirs, withoutRedis));
      if (name === 'cartservice') expect(env.main.REDIS_ADDR).toBe(CARTS);
      else expect(env.main).not.toHaveProperty('REDIS_ADDR');
    });

    it('is asked for its readiness as in the input, and otherwise for its liveness', () => {
      const { readiness, liveness } = find(name);
      expect(readiness).toEqual(theirs.readiness);
      expect(liveness === undefined).toBe(theirs.liveness === undefined);
      if (readiness) expect(liveness).not.toEqual(readiness);
    });

    it('requests the CPU of the input and may use at least its memory', () => {
      const { requests, limits } = find(name);
      const bytes = (memory: string | undefined): number => tryParseQuantity(memory ?? '') ?? NaN;
      expect(requests.cpu).toBe(theirs.requests.cpu);
      expect(bytes(limits.memory)).toBeGreaterThanOrEqual(bytes(theirs.limits.memory));
      expect(requests.memory).toBe(limits.memory);
    });
  },
);

describe('The addresses of Online Boutique', () => {
  type Labels = Readonly<Record<string, string>>;
  type Direction = 'ingress' | 'egress';
  interface Rule {
    readonly peers: readonly NetworkPolicyPeer[];
    readonly ports: readonly NetworkPolicyPort[];
  }
  const objects = synthesis.objects();
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => spec as NetworkPolicySpec);

  const rulesOf = (policy: NetworkPolicySpec, direction: Direction): readonly Rule[] =>
    direction === 'egress'
      ? (policy.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [] }))
      : (policy.ingress ?? []).map(({ from, ports }) => ({
          peers: from ?? [],
          ports: ports ?? [],
        }));

  /** Whether a policy of one pod lets a TCP connection to or from the other pass. */
  const lets = (direction: Direction, own: Labels, other: Labels, port: number): boolean =>
    policies
      .filter(({ podSelector }) => selects(podSelector.matchLabels, own))
      .flatMap((policy) => rulesOf(policy, direction))
      .filter(({ peers }) => peers.some((peer) => selects(peer.podSelector?.matchLabels, other)))
      .some(({ ports }) => ports.some((each) => each.protocol === 'TCP' && each.port === port));

  const labelsOf = (name: string): Labels => {
    const { template } = synthesis.find({ kind: 'Deployment', name }).spec as DeploymentSpec;
    return template.metadata?.labels ?? {};
  };
  const connects = (caller: string, callee: string, port: number): boolean =>
    lets('egress', labelsOf(caller), labelsOf(callee), port) &&
    lets('ingress', labelsOf(callee), labelsOf(caller), port);

  it('are found in the input', () => {
    expect(addresses).toHaveLength(16);
  });

  it.each(addresses)(
    'are open: $caller reaches $host:$port, its $variable',
    ({ caller, host, port }) => {
      const service = find(host).services.find((each) => each.name === host && each.port === port);
      expect(service?.targetPort).toBe(find(host).port);
      expect(connects(caller, host, service?.targetPort ?? 0)).toBe(true);
    },
  );

  it('are all that the network lets pass inside the application', () => {
    const expected = addresses.map(({ caller, host }) => `${caller} -> ${host}`);
    const ports = [...new Set(workloads.flatMap(({ port }) => port ?? []))];
    const names = workloads.map(({ name }) => name);
    const open = names.flatMap((caller) =>
      names.flatMap((callee) =>
        ports
          .filter((port) => connects(caller, callee, port))
          .map((port) => (port === find(callee).port ? `${caller} -> ${callee}` : `port ${port}`)),
      ),
    );
    expect(open.sort()).toEqual([...new Set(expected)].sort());
  });

  it('are hard dependencies but three, without which the caller goes on', () => {
    const { edges } = synthesis.model;
    expect(edges.filter(({ soft }) => soft).map(({ from, to }) => `${from} -> ${to}`)).toEqual([
      'checkoutservice -> emailservice',
      'frontend -> adservice',
      'frontend -> recommendationservice',
    ]);
  });
});

describe('The environments of Online Boutique', () => {
  const environments = ['dev', 'staging', 'prod'];

  it('have one digest of the application', () => {
    const digests = environments.map((environment) => {
      const file = text(`${environment}/online-boutique/application.k8s.yaml`);
      return createHash('sha256').update(file).digest('hex');
    });
    expect(new Set(digests)).toEqual(new Set([synthesis.model.digests.application]));
  });

  it('have the load generator in dev and staging, with the same bytes, and not in prod', () => {
    const file = 'online-boutique/loadgenerator.k8s.yaml';
    expect(text(`staging/${file}`)).toBe(text(`dev/${file}`));
    const having = environments.filter((environment) =>
      [...synthesis.files]
        .filter(([path]) => path.startsWith(`${environment}/`) && path.endsWith('.k8s.yaml'))
        .flatMap(([, yaml]) => manifestsIn(yaml))
        .some((manifest) => manifest.metadata.name === 'loadgenerator'),
    );
    expect(having).toEqual(['dev', 'staging']);
    expect(text('prod/online-boutique/kustomization.yaml')).not.toContain('loadgenerator');
  });

  it('come out of as many lines as the README says', () => {
    const code = read('apps/online-boutique.ts').split('\n');
    const composition = code.filter((line) => /^\s*(?!\/[/*]|\*)\S/.test(line)).length;
    const output = [...synthesis.files]
      .filter(([path]) => environments.includes(path.split('/')[0] ?? ''))
      .reduce((sum, [, file]) => sum + yamlLines(file), 0);
    const readme = existsSync(join(root, 'README.md')) ? read('README.md') : '';
    const stated = [...readme.matchAll(/<!-- boutique:(.*?)-->/g)].map(([comment]) => comment);
    const measured = `<!-- boutique: ${facts.lines} ${composition} ${output} -->`;
    expect(stated).toEqual(stated.map(() => measured));
    expect(composition).toBeLessThan(facts.lines / 5);
  });

  it('have no findings, and the input has as many as the README says', () => {
    expect(synthesis.guardrails.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(synthesis.model.waivers).toEqual([]);
    const { error, warning, info } = facts.findings;
    const readme = read('README.md');
    expect(readme).toContain(`<!-- findings: ${error} ${warning} ${info} -->`);
    expect(readme).toContain(`${error} errors, ${warning} warnings and ${info} infos`);
  });
});
