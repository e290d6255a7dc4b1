import { describe, expect, it } from '@jest/globals';
import { VERSIONS } from '../cluster/assets';
import {
  defaultedIds,
  goldenCases,
  judged,
  recorded,
  recordedVersions,
  type GoldenCase,
} from './golden-verdicts';
import { defaulted } from './server/defaulted';

const idsOf = (object: GoldenCase['object']): readonly string[] =>
  judged(object).map(({ id }) => id);
const whateverTheDefaults = (ids: readonly string[]): readonly string[] =>
  ids.filter((id) => !defaultedIds.has(id));

it('has the verdicts of each version of Kubernetes that is tested', () => {
  expect(recordedVersions()).toEqual([...VERSIONS]);
});

describe.each(recordedVersions())('the API server of Kubernetes %s', (version) => {
  const verdicts = recorded(version);
  const verdictOf = ({ rule, key }: GoldenCase): readonly string[] | null | undefined =>
    verdicts[rule]?.[key];

  it('was asked about every fixture, and about nothing else', () => {
    const asked = Object.entries(verdicts).flatMap(([rule, own]) =>
      Object.keys(own).map((key) => `${rule} ${key}`),
    );
    expect(asked.sort()).toEqual(goldenCases.map(({ rule, key }) => `${rule} ${key}`).sort());
  });

  it('found what the engine finds, in the object as it is given', () => {
    const differences = goldenCases.flatMap((one) => {
      const told = whateverTheDefaults(verdictOf(one) ?? []);
      const found = whateverTheDefaults(idsOf(one.object));
      return verdictOf(one) === null || same(told, found) ? [] : [{ key: one.key, told, found }];
    });
    expect(differences).toEqual([]);
  });

  it('found what the engine finds, by every rule, in the object as the server fills it in', () => {
    const differences = goldenCases.flatMap((one) => {
      const told = verdictOf(one);
      const found = idsOf(defaulted(one.object));
      return told === null || same(told, found) ? [] : [{ key: one.key, told, found }];
    });
    expect(differences).toEqual([]);
  });

  it('refused by itself what the fixtures say, and nothing else', () => {
    const refused = goldenCases.filter((one) => verdictOf(one) === null);
    expect(refused).toEqual(goldenCases.filter((one) => one.refused));
  });
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
