import { describe, expect, it } from '@jest/globals';
import { Application, Environment, Mesh, Platform, WebService, Worker } from '../../lib';
import { synthesize } from '../../lib/testing';
import { facts } from './meshed';

const image = `ghcr.io/example/app@sha256:${'0'.repeat(64)}`;
const kubelet = [{ cidr: '10.0.0.0/16' }];

describe('the objects of a mesh', () => {
  it.each([Mesh.istioAmbient(), Mesh.istioSidecar(), Mesh.linkerd({ kubelet })])(
    'keep every rule of the strictest pack (%#)',
    (mesh) => {
      const synthesis = synthesize(
        (platform) => {
          const app = new Application(platform, 'shop', { owner: 'team-a' });
          const web = new WebService(app, 'web', {
            ...{ image, port: 8080, health: '/ready', metrics: {} },
            expose: { host: '@' },
          });
          new Worker(app, 'mailer', { image, uses: [web], health: { liveness: { tcp: 8080 } } });
        },
        () =>
          new Platform({
            environments: [new Environment('dev', { ...facts, mesh })],
            defaults: { mesh: mesh.kind },
            guardrails: { pack: 'strict' },
          }),
      );
      expect(synthesis.problems).toEqual([]);
      expect(
        synthesis.objects('dev').some(({ apiVersion }) => /istio|linkerd/.test(apiVersion)),
      ).toBe(true);
    },
  );
});
