import { describe, expect, it } from '@jest/globals';
import { existing, type ExistingProps, type Provider, type Supply } from '../../lib';
import { providerChecks, type CheckFacts } from '../../lib/testing';

const facts: ExistingProps = {
  engine: 'PostgreSQL 16 of another team',
  to: [{ cidr: '192.0.2.1/32' }],
  ports: [5432],
  tls: 'required',
  entry: 'shop/orders-db',
  versions: [16, 7],
  extensions: [],
  values: { bucket: 'orders', region: 'eu-central-1' },
};
const there = existing(facts);

describe('the checks of what providers answer', () => {
  it('ask for what a provider has', () => {
    const { supplies } = existing({ ...facts, versions: [6, '8.4'] });
    const old: Provider = { name: 'old()', supplies: { redis: supplies.redis as Supply } };
    const failed = (given: CheckFacts): readonly string[] =>
      providerChecks(old, given).flatMap((check) => check.findings);
    expect(failed({})).toContain('size S, retain: is refused');
    expect(failed({ props: { redis: { version: 6 } } })).toEqual([]);
  });

  it('report one that returns nothing', () => {
    const silent: Provider = {
      name: 'silent()',
      supplies: { bucket: (() => undefined) as unknown as Supply },
    };
    expect(providerChecks(silent)[0]?.findings).toContain(
      'size S, retain: returns nothing that is made or refused',
    );
  });

  it('report a refusal that names one side', () => {
    const terse: Provider = {
      name: 'terse()',
      supplies: { redis: () => ({ refused: [{ found: 'it wants Redis 20', fix: 'Do not' }] }) },
    };
    expect(providerChecks(terse)[1]?.findings).toEqual([
      'wanting 20: is refused without both sides',
    ]);
  });

  it('report one that refuses what everybody needs, and one that refuses nothing', () => {
    const never: Provider = {
      name: 'never()',
      supplies: { redis: () => ({ refused: [{ found: 'no', fix: '' }] }) },
    };
    const [needed, refusals] = providerChecks(never);
    expect(needed?.findings).toContain('size S, retain: is refused');
    expect(needed?.findings).toContain('size S, retain: is refused without found and fix');
    expect(refusals?.findings).toEqual([
      'wanting 20: is refused without found and fix',
      'wanting 20: is refused without both sides',
    ]);
    const supply = there.supplies.postgres as Supply;
    const always: Provider = {
      name: 'always()',
      supplies: {
        postgres: (request) =>
          supply({
            ...request,
            service: { ...request.service, version: 16, extensions: [] },
          }),
      },
    };
    expect(providerChecks(always)[1]?.findings).toEqual([
      'wanting 99: is supplied all the same',
      'wanting no_such_extension: is supplied all the same',
    ]);
  });
});
