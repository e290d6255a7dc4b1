import { Application, Identity, Platform, WebService, type Environment } from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bound, good, untyped, type Case, type Cases } from './making';

const region = 'eu-central-1';
const labelled = (podLabels: object): Case => {
  const platform = (): Platform =>
    new Platform({ environments: [] as Environment[], defaults: untyped({ podLabels }) });
  return () =>
    synthesize(
      (app) => new WebService(new Application(app, 'a', { owner: 'a' }), 'a', good),
      platform,
    ).problems;
};

export const casesOfIdentity: Cases = {
  IdentityInvalid: [
    [
      bound({
        identity: Identity.irsa({
          region,
          role: () => {
            throw new TypeError('boom');
          },
        }),
      }),
      "IdentityInvalid at shop/orders in dev: a function that Identity.irsa() was given failed with 'boom'. Mend what it does for orders.",
    ],
    [
      bound({ identity: Identity.irsa({ region, role: () => 'orders' }) }),
      "IdentityInvalid at shop/orders in dev: Identity.irsa() gives it 'orders', which cannot be. Return undefined, or the ARN of a role, such as 'arn:aws:iam::111122223333:role/orders'.",
    ],
    [
      bound({
        identity: Identity.gke({
          project: 'example-project',
          projectNumber: '123456789012',
          grants: untyped(() => [{ role: 'owner' }]),
        }),
      }),
      "IdentityInvalid at shop/orders in dev: Identity.gke() gives it [ { role: 'owner' } ], which cannot be. Return undefined, or a list of grants, such as [{ role: 'roles/storage.objectUser' }].",
    ],
    [
      bound({ identity: Identity.azure({ client: () => '11111111-2222-3333-4444-555555555555' }) }),
      "IdentityInvalid at shop/orders in dev: Identity.azure() passes over its pods, which have no label azure.workload.identity/use: 'true'. Give the platform defaults: { podLabels: { 'azure.workload.identity/use': 'true' } }.",
    ],
  ],
  LabelInvalid: [
    [
      labelled({ 'app.kubernetes.io/name': 'x' }),
      "LabelInvalid at platform: defaults.podLabels has the key 'app.kubernetes.io/name'. Give 'name' or 'example.com/name', and none that the library gives.",
    ],
    [
      labelled({ 'example.com/tier': 'a b' }),
      "LabelInvalid at platform: defaults.podLabels.example.com/tier is 'a b'. Give the value of a label.",
    ],
  ],
};
