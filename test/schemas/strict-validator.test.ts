import { describe, expect, it } from '@jest/globals';
import * as path from 'node:path';
import type { Manifest } from '../../lib';
import { closedResource, type Schema } from './closed';
import { crdSource, kubernetesSources, metadataOnly, openApiSource, type Source } from './sources';
import { strictValidator } from './strict-validator';

const CRDS = path.join(__dirname, '..', '..', 'imports', 'crds');
const { GOLDEN_PATH_SCHEMAS, GOLDEN_PATH_CRDS } = process.env;

/** Definitions as Kubernetes publishes them, of which a few fields are left. */
const small = openApiSource('small', {
  Deployment: {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string', enum: ['Deployment'] },
      metadata: { $ref: '#/definitions/ObjectMeta' },
      spec: { $ref: '#/definitions/DeploymentSpec' },
    },
    'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'Deployment' }],
  },
  ObjectMeta: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  DeploymentSpec: {
    type: 'object',
    required: ['selector', 'template'],
    properties: {
      replicas: { type: 'integer', format: 'int32' },
      selector: { type: 'object' },
      template: { $ref: '#/definitions/Template' },
    },
  },
  Template: {
    type: 'object',
    properties: {
      ports: {
        type: 'array',
        items: { $ref: '#/definitions/Port' },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
      },
      limit: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
    },
  },
  Port: {
    type: 'object',
    required: ['port'],
    properties: {
      port: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
      protocol: { type: 'string' },
    },
  },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
});

const deployment = (spec: object, metadata: object = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', ...metadata },
  spec,
});
const good = { replicas: 1, selector: {}, template: {} };

const AT = 'apps/v1 Deployment orders:';

describe('the strict validator, by definitions of Kubernetes', () => {
  const validate = strictValidator([small]);

  it('passes what has all that is wanted and nothing else', () => {
    const labels = { any: 'thing' };
    expect(validate(deployment(good, { labels }))).toEqual([]);
    const template = { ports: [{ port: 80 }, { port: '80' }], limit: '1.5Gi' };
    expect(validate(deployment({ ...good, template }))).toEqual([]);
  });

  it('reports an unknown field', () => {
    const spec = { ...good, template: { limits: '1Gi' } };
    expect(validate(deployment(spec))).toEqual([
      `${AT} /spec/template/limits is an unknown field (small)`,
    ]);
    expect(validate({ ...deployment(good), specs: {} })).toEqual([
      `${AT} /specs is an unknown field (small)`,
    ]);
  });

  it('reports a wrong type', () => {
    expect(validate(deployment({ ...good, replicas: '1' }))).toEqual([
      `${AT} /spec/replicas must be integer (small)`,
    ]);
    expect(validate(deployment(good, { labels: { on: true } }))).toEqual([
      `${AT} /metadata/labels/on must be string (small)`,
    ]);
    expect(validate(deployment({ ...good, template: null }))).toEqual([
      `${AT} /spec/template must be object (small)`,
    ]);
  });

  it('reports a missing field that is required', () => {
    expect(validate(deployment({ template: {} }))).toEqual([
      `${AT} /spec must have required property 'selector' (small)`,
    ]);
  });

  it('reports an amount that Kubernetes could not read', () => {
    for (const limit of ['1GiB', 'one', '', '1 Gi']) {
      const found = validate(deployment({ ...good, template: { limit } }));
      expect(found).toEqual([expect.stringContaining(`${AT} /spec/template/limit must match`)]);
    }
  });

  it('reports a number beyond its format', () => {
    expect(validate(deployment({ ...good, replicas: 2 ** 31 }))).toEqual([
      `${AT} /spec/replicas must match format "int32" (small)`,
    ]);
  });

  it('reports entries of a list that have the same keys', () => {
    const ports = [{ port: 80 }, { port: 81 }, { port: 80 }];
    expect(validate(deployment({ ...good, template: { ports } }))).toEqual([
      `${AT} /spec/template/ports must NOT have two entries with the same keys (small)`,
    ]);
  });

  it('reports a kind that has no schema', () => {
    const extension = { ...deployment(good), apiVersion: 'extensions/v1beta1' };
    expect(validate(extension)).toEqual(['extensions/v1beta1 Deployment orders: no schema']);
  });
});

describe('the strict validator, by a structural schema', () => {
  const resource = (spec: Schema): Source => ({
    name: 'crd',
    schemaOf: () => closedResource({ type: 'object', properties: { spec } }),
  });
  const findings = (spec: Schema, value: unknown): readonly string[] =>
    strictValidator([resource(spec)])({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'a' },
      spec: value,
    });
  const of = (field: Schema, more: Schema = {}): Schema => ({
    type: 'object',
    properties: { field },
    ...more,
  });

  it('takes no field without a place, however deep, nor one in an object that names none', () => {
    const nested = of({ type: 'array', items: of({ type: 'object' }) });
    expect(findings(nested, { field: [{ field: {} }] })).toEqual([]);
    expect(findings(nested, { field: [{ fields: {} }] })).toEqual([
      'example.com/v1 Thing a: /spec/field/0/fields is an unknown field (crd)',
    ]);
    expect(findings(nested, { field: [{ field: { x: 1 } }] })).toEqual([
      'example.com/v1 Thing a: /spec/field/0/field/x is an unknown field (crd)',
    ]);
    const map = of({ type: 'object', additionalProperties: of({ type: 'string' }) });
    expect(findings(map, { field: { any: { field: 'x' } } })).toEqual([]);
    expect(findings(map, { field: { any: { fields: 'x' } } })).toHaveLength(1);
  });

  it('keeps what may be unknown', () => {
    const open = of({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true });
    expect(findings(open, { field: { x: { y: 1 } } })).toEqual([]);
    expect(findings(of({ 'x-kubernetes-preserve-unknown-fields': true }), { field: 1 })).toEqual(
      [],
    );
    const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true, properties: {} };
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(findings(of(embedded), { field: config })).toEqual([]);
    expect(findings(of(embedded), { field: { ...config, data: {} } })).toHaveLength(1);
  });

  it('takes integers and strings for one another only where it is said', () => {
    const either = of({ 'x-kubernetes-int-or-string': true });
    expect([1, '1', '10%'].flatMap((field) => findings(either, { field }))).toEqual([]);
    expect(findings(either, { field: 1.5 })).toHaveLength(1);
    expect(findings(of({ type: 'integer' }), { field: '1' })).toHaveLength(1);
    const patterned = of({ pattern: '^[0-9]+$', 'x-kubernetes-int-or-string': true });
    expect(findings(patterned, { field: 'x' })).toHaveLength(1);
  });

  it('takes null only where it is said', () => {
    expect(findings(of({ type: 'string', nullable: true }), { field: null })).toEqual([]);
    expect(findings(of({ type: 'string' }), { field: null })).toHaveLength(1);
  });

  it('wants what is required, unless it has a default', () => {
    expect(findings(of({ type: 'string' }, { required: ['field'] }), {})).toEqual([
      "example.com/v1 Thing a: /spec must have required property 'field' (crd)",
    ]);
    expect(findings(of({ type: 'string', default: '' }, { required: ['field'] }), {})).toEqual([]);
  });

  it('reads patterns as Go does', () => {
    expect(findings(of({ type: 'string', pattern: '(?i)^a\\z' }), { field: 'A' })).toEqual([]);
    expect(findings(of({ type: 'string', pattern: '(?i)^a\\z' }), { field: 'A\n' })).toHaveLength(
      1,
    );
  });

  it('does not close the alternatives of a field, which only narrow it', () => {
    const narrowed = of({ type: 'string' }, { anyOf: [{ required: ['field'] }] });
    expect(findings(narrowed, { field: 'x' })).toEqual([]);
    expect(findings(narrowed, {})).not.toEqual([]);
  });
});

/** What must be found in objects as we emit them, whatever stands for the schemas. */
describe('the strict validator, by the schemas at hand', () => {
  const validate = strictValidator([
    ...(GOLDEN_PATH_SCHEMAS === undefined
      ? [metadataOnly]
      : kubernetesSources(GOLDEN_PATH_SCHEMAS)),
    crdSource(GOLDEN_PATH_CRDS ?? CRDS),
  ]);
  const spec = {
    secretStoreRef: { name: 'vault', kind: 'SecretStore' },
    data: [{ secretKey: 'key', remoteRef: { key: 'orders' } }],
  };
  const secret = (changed: object): Manifest => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'orders' },
    spec: { ...spec, ...changed },
  });
  const SECRET = 'external-secrets.io/v1 ExternalSecret orders:';

  it('finds faults of a custom resource', () => {
    expect(validate(secret({}))).toEqual([]);
    expect(validate(secret({ refresh: '1h' }))).toEqual([
      `${SECRET} /spec/refresh is an unknown field (crds)`,
    ]);
    expect(validate(secret({ refreshInterval: 60 }))).toEqual([
      `${SECRET} /spec/refreshInterval must be string (crds)`,
    ]);
    expect(validate(secret({ data: [{ secretKey: 'key' }] }))).toEqual([
      `${SECRET} /spec/data/0 must have required property 'remoteRef' (crds)`,
    ]);
    expect(validate({ ...secret({}), apiVersion: 'external-secrets.io/v1beta1' })).toEqual([
      'external-secrets.io/v1beta1 ExternalSecret orders: no schema',
    ]);
  });

  it('finds faults of the metadata', () => {
    const labels = { on: true } as unknown as Record<string, string>;
    const found = validate({ ...secret({}), metadata: { name: 'orders', labels } });
    expect(found).toEqual([`${SECRET} /metadata/labels/on must be string (crds)`]);
    const core = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'orders', labels } };
    expect(validate(core)[0]).toContain('ConfigMap orders: /metadata/labels/on must be string');
  });

  // The definitions of Kubernetes are no part of this project.
  if (GOLDEN_PATH_SCHEMAS === undefined) return;

  it('finds faults of a Deployment by each version', () => {
    const container = { name: 'app', image: 'example/orders:1' };
    const pod = (changed: object): Manifest =>
      deployment({
        selector: {},
        template: { spec: { containers: [{ ...container, ...changed }] } },
      });
    const versions = kubernetesSources(GOLDEN_PATH_SCHEMAS).map(({ name }) => name);
    const each = (line: string): readonly string[] => versions.map((name) => `${line} (${name})`);
    const at = `${AT} /spec/template/spec/containers/0`;

    expect(versions).toContain('kubernetes-v1.30.0');
    expect(versions).not.toContain('kubernetes-v1.28.0');
    expect(validate(pod({}))).toEqual([]);
    expect(validate(pod({ imagePolicy: 'Always' }))).toEqual(
      each(`${at}/imagePolicy is an unknown field`),
    );
    expect(validate(pod({ image: 1 }))).toEqual(each(`${at}/image must be string`));
    expect(validate(pod({ env: [{ value: 'x' }] }))).toEqual(
      each(`${at}/env/0 must have required property 'name'`),
    );
    expect(validate(pod({ resources: { limits: { cpu: 'all' } } }))).toHaveLength(versions.length);
    expect(validate(pod({ volumeMounts: [{}] }))).toHaveLength(2 * versions.length);
  });
});
