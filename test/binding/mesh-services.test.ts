import { describe, expect, it } from '@jest/globals';
import { Mesh, type EnvironmentProps, type Manifest } from '../../lib';
import { everyService, inClusters } from '../kustomize/every-service';
import { meshedIn, selector } from '../mesh/meshed';

const own: Partial<EnvironmentProps> = {
  providers: inClusters.stored,
  pullSecrets: ['registry'],
  secretStore: { name: 'vault' },
};
const made = (mesh?: Mesh): readonly Manifest[] => {
  const its = mesh ? { mesh } : { omits: { mesh: 'the cluster has none' } };
  return meshedIn(mesh?.kind ?? 'istio', { dev: { ...own, ...its } }, everyService).objects('dev');
};

/** The kinds that lead to pods, and how many templates each has. */
const TEMPLATES = {
  Cluster: 1,
  Kafka: 2,
  KafkaNodePool: 1,
  MariaDB: 2,
  PhysicalBackup: 1,
  RabbitmqCluster: 1,
  Seaweed: 1,
  StatefulSet: 1,
} as const;
const isTemplate = (kind: string): kind is keyof typeof TEMPLATES => kind in TEMPLATES;

/** How often an object has a label or an annotation that keeps a pod out of the mesh. */
const counted = (all: readonly Manifest[], text: string): readonly (readonly [string, number])[] =>
  all.flatMap(({ kind, spec }) =>
    isTemplate(kind) ? [[kind, JSON.stringify(spec).split(text).length - 1] as const] : [],
  );

describe('backing services that run in a meshed namespace', () => {
  it.each([
    [Mesh.istioAmbient(), '"istio.io/dataplane-mode":"none"'],
    [Mesh.istioSidecar(), '"sidecar.istio.io/inject":"false"'],
    [Mesh.linkerd(), '"linkerd.io/inject":"disabled"'],
  ])('have no pod in it (%#)', (mesh, text) => {
    const all = made(mesh).filter(({ kind }) => kind !== 'StatefulSet');
    const found = counted(all, text);
    expect(found.map(([kind, count]) => `${kind} ${count}`)).toEqual(
      found.map(([kind]) => `${kind} ${TEMPLATES[kind as keyof typeof TEMPLATES]}`),
    );
    expect(new Set(found.map(([kind]) => kind)).size).toBe(7);
    for (const { spec } of made(mesh).filter(({ kind }) => kind === 'StatefulSet')) {
      const { metadata } = (spec as { template: Pick<Manifest, 'metadata'> }).template;
      expect(metadata).toMatchObject(mesh.outside);
    }
  });

  it('have no trace of a mesh where there is none', () => {
    expect(JSON.stringify(made())).not.toMatch(/istio|linkerd/);
  });

  it('are reached in plain TCP, past the tunnel', () => {
    const all = made(Mesh.istioAmbient());
    const spec = (name: string): unknown =>
      all.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)?.spec;
    expect(JSON.stringify(spec('shipper-allow-backing-services'))).toContain('"port":5432');
    // Nobody calls the worker, and it calls nobody in the mesh.
    expect(spec('shipper-allow-mesh')).toBe(undefined);
    expect(JSON.stringify(spec('orders-db-ingress'))).not.toContain('15008');
  });

  it('are selected by no policy of the mesh', () => {
    const selected = made(Mesh.istioAmbient())
      .filter(({ apiVersion }) => apiVersion.startsWith('security.istio.io/'))
      .map(({ spec }) => (spec as { selector: unknown }).selector);
    expect([...new Set(selected.map((each) => JSON.stringify(each)))].sort()).toEqual(
      ['packer', 'shipper'].map((name) => JSON.stringify(selector(name))),
    );
  });
});
