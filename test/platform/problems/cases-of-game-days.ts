import { Application, Environment, Platform, WebService } from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bare, bound, good, type Case, type Cases } from './making';

/** An environment that stands for production. */
const inProduction =
  (gameDays: object): Case =>
  () =>
    synthesize(
      (app) => {
        new WebService(new Application(app, 'shop', { owner: 'team-a' }), 'orders', good);
      },
      () =>
        new Platform({
          environments: [new Environment('live', { ...bare, stage: 'prod', gameDays })],
        }),
    ).problems;

/** What environments say of game days. */
export const casesOfGameDays: Cases = {
  EnvironmentInvalid: [
    [
      inProduction({}),
      'EnvironmentInvalid at environment live: gameDays is {} in the stage prod, without a reason. Leave gameDays out, or give gameDays.reason: what is learnt here that staging cannot tell.',
    ],
  ],
  PropInvalid: [
    [
      bound({ gameDays: true }),
      "PropInvalid at environment dev: gameDays is true. Give {} or { reason: 'why' }.",
    ],
  ],
};
