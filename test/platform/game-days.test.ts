import { describe, expect, it } from '@jest/globals';
import { AdmissionPolicies, Application, Environment, Platform, WebService } from '../../lib';
import { bare, good } from './problems/making';

const platform = (): Platform => {
  const app = new Platform({
    environments: [
      new Environment('dev', { ...bare, gameDays: {} }),
      new Environment('staging', bare),
      new Environment('prod', { ...bare, gameDays: { reason: 'only here is the traffic' } }),
    ],
  });
  new WebService(new Application(app, 'shop', { owner: 'team-a' }), 'orders', good);
  new AdmissionPolicies(app);
  return app;
};
const { files, manifests, models } = platform().render();

const annotationsIn = (environment: string): unknown =>
  manifests
    .get(`${environment}/shop/environment.k8s.yaml`)
    ?.find(({ kind }) => kind === 'Namespace')?.metadata.annotations;
const INJECT = 'chaos-mesh.org/inject';

describe('an environment', () => {
  it('lets faults into its namespaces when it says so, and not otherwise', () => {
    expect(annotationsIn('dev')).toMatchObject({ [INJECT]: 'enabled' });
    expect(annotationsIn('prod')).toMatchObject({ [INJECT]: 'enabled' });
    expect(annotationsIn('staging')).not.toHaveProperty([INJECT]);
  });

  it('is known by it in the model', () => {
    const [model] = models;
    expect(model?.environments.map(({ name, gameDays }) => [name, gameDays])).toEqual([
      ['dev', {}],
      ['staging', undefined],
      ['prod', { reason: 'only here is the traffic' }],
    ]);
  });

  it('hands it on to what is made like it', () => {
    const dev = new Environment('dev', { ...bare, gameDays: {} });
    expect(dev.like('pr-12').props.gameDays).toEqual({});
  });
});

describe('the policy of game days', () => {
  it('is the same in every environment, since some share a cluster, and is applied with the others', () => {
    const texts = ['dev', 'staging', 'prod'].map((name) =>
      files.get(`${name}/cluster/game-days.k8s.yaml`),
    );
    expect(texts[0]).toContain('kind: ValidatingAdmissionPolicyBinding');
    expect(new Set(texts).size).toBe(1);
    expect(files.get('prod/cluster/kustomization.yaml')).toContain('- game-days.k8s.yaml');
  });

  it('refuses from the first day on, wherever the namespace is', () => {
    const [, binding] = manifests.get('dev/cluster/game-days.k8s.yaml') ?? [];
    expect(binding?.spec).toEqual({
      policyName: 'golden-path-game-days',
      validationActions: ['Deny', 'Audit'],
    });
  });
});
