import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { blocks, handbook } from './handbook';
import { ShopRepository } from './shop-repository';

const RELEASE = 'v2.7.0';
let repository: ShopRepository;

beforeAll(() => {
  repository = new ShopRepository();
  repository.release(RELEASE, { orders: '2.7.0' });
});

afterAll(() => {
  repository.remove();
});

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

const documents = (): readonly Document[] =>
  blocks()
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Document));

function find(apiVersion: string, kind: string): Document {
  const found = documents().filter((item) => item.apiVersion === apiVersion && item.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('docs/promotion.md', () => {
  it('is short', () => {
    expect(handbook.split('\n').length).toBeLessThan(170);
  });

  it('has YAML that parses, an object in each document', () => {
    const yaml = blocks().filter(({ language }) => language === 'yaml');
    const parsed = yaml.flatMap(({ text }) => parseAllDocuments(text));
    expect(parsed.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(documents().map(({ kind }) => kind)).toEqual([
      'Application',
      'GitRepository',
      'Kustomization',
    ]);
  });

  it('points Argo CD at a folder and a revision, and prunes', () => {
    const { spec } = find('argoproj.io/v1alpha1', 'Application');
    expect(spec).toEqual({
      project: 'default',
      source: {
        repoURL: expect.stringMatching(/^https:/),
        targetRevision: 'env/prod',
        path: 'dist/prod/shop',
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop-prod' },
      syncPolicy: { automated: { prune: true }, syncOptions: ['ServerSideApply=true'] },
    });
  });

  it('points Flux at a folder and a revision, waits and prunes', () => {
    const source = find('source.toolkit.fluxcd.io/v1', 'GitRepository');
    const { metadata, spec } = find('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
    expect(source.spec).toEqual({
      interval: '1m',
      url: expect.stringMatching(/^https:/),
      ref: { branch: 'env/prod' },
    });
    expect(spec).toEqual({
      interval: '10m',
      timeout: '15m',
      sourceRef: { kind: 'GitRepository', name: source.metadata.name },
      path: 'dist/prod/shop',
      prune: true,
      wait: true,
      dependsOn: [{ name: 'cluster' }],
    });
    expect(metadata.namespace).toBe(source.metadata.namespace);
  });

  it('names folders of the form dist/<env>/<app>, each of which a release has', () => {
    const named = [...handbook.matchAll(/\bdist\/[\w.<>*/-]+/g)].map(([place]) => place);
    const folders = new Set(
      named
        .filter((place) => !place.startsWith('dist/model'))
        .map((place) => place.replace(/\/[\w-]+\.k8s\.yaml$/, '')),
    );
    expect(folders).toEqual(
      new Set([
        'dist/<env>/<app>',
        'dist/*/shop',
        'dist/dev/shop',
        'dist/staging/shop',
        'dist/prod/shop',
      ]),
    );
    for (const folder of [...folders].filter((place) => !/[<*]/.test(place))) {
      const kustomization = repository.bytes(RELEASE, `${folder}/kustomization.yaml`);
      expect(parse(kustomization.toString())).toMatchObject({ kind: 'Kustomization' });
    }
  });

  it('names the annotations and the namespace that prod really has', () => {
    const environment = repository.bytes(RELEASE, 'dist/prod/shop/environment.k8s.yaml').toString();
    const namespace = parseAllDocuments(environment)[0]?.toJS() as {
      readonly metadata: { readonly name: string; readonly annotations: Record<string, string> };
    };
    const { name, annotations } = namespace.metadata;
    const keeping = Object.entries(annotations).filter(([key]) => !key.startsWith('golden-path/'));
    expect(keeping).toHaveLength(2);
    for (const [key, value] of keeping) expect(handbook).toContain(`\`${key}: ${value}\``);
    expect(handbook).toContain(`--namespace ${name} `);
  });
});
