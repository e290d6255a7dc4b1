import { describe, expect, it } from '@jest/globals';
import type { AlertmanagerClient, Silence, SilenceMatcher } from '../../lib/alertmanager';
import { keptQuiet } from '../../lib/cli/game-day/live';
import { experimentsOf, floorsOf, placeOf } from '../../lib/game-day';
import { shop } from '../game-day/models';

const model = shop();
const environment = model.environments.find(({ name }) => name === 'staging')!;
const look = {
  place: placeOf(model, environment, [model]),
  floors: floorsOf(0.5),
  experiments: experimentsOf(model, environment).filter(
    ({ id }) => id === 'slow-down-stock-under-orders',
  ),
};

const matcher = (name: string, value: string, more: Partial<SilenceMatcher> = {}) => ({
  ...{ name, value, isRegex: false, isEqual: true },
  ...more,
});
const found = (...matchers: readonly SilenceMatcher[]) => {
  const times = { startsAt: '', endsAt: '', createdBy: '' };
  const silence: Silence = { id: '1', state: 'active', comment: 'c', matchers, ...times };
  const client = {
    alerts: () => Promise.resolve([]),
    silences: () => Promise.resolve([silence]),
  } as Partial<AlertmanagerClient> as AlertmanagerClient;
  return keptQuiet(look, client);
};

describe('a silence', () => {
  it.each([
    ['the namespace', [matcher('namespace', 'shop-staging')]],
    ['an objective', [matcher('service', 'stock'), matcher('slo', 'availability')]],
    ['any objective', [matcher('environment', 'staging'), matcher('slo', '.+', { isRegex: true })]],
    ['what it is not', [matcher('slo', 'freshness', { isEqual: false })]],
    [
      'a label that nobody knows',
      [matcher('team', 'owner', { isEqual: false }), matcher('region', 'eu')],
    ],
  ])('of %s may hide what is expected', async (_, matchers) => {
    expect(await found(...matchers)).toEqual([
      'the silence 1 (c) may hide an alert that is expected. Let it expire first.',
    ]);
  });

  it.each([
    ['another namespace', [matcher('namespace', 'shop-prod')]],
    ['another service', [matcher('service', 'mailer'), matcher('region', 'eu')]],
    ['an objective that there is not', [matcher('service', 'stock'), matcher('slo', 'freshness')]],
  ])('of %s hides nothing', async (_, matchers) => {
    expect(await found(...matchers)).toEqual([]);
  });
});
