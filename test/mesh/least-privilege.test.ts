import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual, ok } from 'node:assert/strict';
import {
  grpc,
  http,
  later,
  Mesh,
  meshKinds,
  soft,
  tcp,
  WebService,
  type Port,
  type WebServiceProps,
} from '../../lib';
import { allows, good, meshedIn, meshOf, reaches } from './meshed';

const RUNS = { numRuns: 60 };
const MOST = 6;
const ports: readonly Port[] = [http(8080), grpc(9000), tcp(5432), http(8080, { servicePort: 80 })];

interface Node {
  readonly port: Port;
  /** Whether each of the services calls it. */
  readonly callers: readonly boolean[];
  readonly stages?: readonly string[];
}
const node: fc.Arbitrary<Node> = fc.record(
  {
    port: fc.constantFrom(...ports),
    callers: fc.array(fc.boolean(), { minLength: MOST, maxLength: MOST }),
    stages: fc.constantFrom(['dev'], ['prod']),
  },
  { requiredKeys: ['port', 'callers'], noNullPrototype: true },
);
const graph = fc.array(node, { minLength: 2, maxLength: MOST });

const nameOf = (index: number): string => `s${index}`;

describe('a mesh', () => {
  it.each(meshKinds)('of %s allows exactly the declared edges, whatever the graph', (kind) => {
    let edges = 0;
    fc.assert(
      fc.property(graph, (nodes) => {
        const mesh = meshOf(kind);
        const synthesis = meshedIn(kind, { dev: { mesh }, prod: { mesh } }, (app) => {
          const services: WebService[] = nodes.map(
            ({ port, stages }, index) =>
              new WebService(app, nameOf(index), {
                image: good.image,
                port,
                health: { readiness: port.protocol === 'grpc' ? { grpc: '' } : { path: '/ready' } },
                uses: nodes.flatMap((callee, to) =>
                  callee.callers[index] ? [later(() => soft(services[to]?.address as never))] : [],
                ),
                ...(stages && { presence: { stages, reason: 'a part of it' } }),
              } as WebServiceProps),
          );
        });
        const errors = synthesis.problems.filter(({ severity }) => severity === 'error');
        deepStrictEqual(errors, []);
        for (const environment of ['dev', 'prod']) {
          const manifests = synthesis.objects(environment);
          const isHere = (index: number): boolean =>
            nodes[index]?.stages?.includes(environment) ?? true;
          for (const [to, { port, callers }] of nodes.entries()) {
            for (const from of nodes.keys()) {
              if (!isHere(from) || !isHere(to)) continue;
              const declared = callers[from] === true;
              edges += declared ? 1 : 0;
              const at = `${kind} ${environment} ${nameOf(from)} -> ${nameOf(to)}`;
              const pair = [manifests, nameOf(from), nameOf(to)] as const;
              deepStrictEqual(allows[kind](...pair, port.number), declared, `${at} in the mesh`);
              deepStrictEqual(reaches(...pair, mesh.tunnel.port), declared, `${at} by its tunnel`);
              deepStrictEqual(reaches(...pair, port.number), declared, `${at} without the mesh`);
              ok(!allows[kind](...pair, 1) || kind === 'linkerd', `${at} on another port`);
            }
          }
        }
      }),
      RUNS,
    );
    ok(edges > 100);
  });

  it('of sidecars that call each other on the port itself opens no tunnel between them', () => {
    const mesh = Mesh.istioSidecar();
    const synthesis = meshedIn('istio', { dev: { mesh } }, (app) => {
      const cart = new WebService(app, 'cart', { ...good, port: 8080 });
      new WebService(app, 'shop', { ...good, port: 8080, uses: [cart] });
    });
    const manifests = synthesis.objects('dev');
    ok(reaches(manifests, 'shop', 'cart', 8080));
    ok(!reaches(manifests, 'shop', 'cart', mesh.tunnel.port));
  });
});
