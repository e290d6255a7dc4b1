import { describe, expect, it } from '@jest/globals';
import { externalName } from '../../../lib/binding/providers/external-name';
import { requestFor } from './requests';

const nameOf = (application: string, environment: string, longest = 63, account?: string): string =>
  externalName(requestFor('redis', { facts: { application, environment } }), {
    longest,
    ...(account !== undefined && { account }),
  });

const named = (application: string, name: string): string => {
  const request = requestFor('redis', { facts: { application } });
  return externalName({ ...request, service: { ...request.service, name } }, { longest: 63 });
};

describe('the name of a service in a cloud', () => {
  it('is application, id and environment', () => {
    expect(nameOf('shop', 'prod')).toBe('shop-orders-db-prod');
  });

  it('is told apart from another that would be written alike', () => {
    expect(nameOf('shop-orders', 'prod')).toMatch(/^shop-orders-orders-db-prod-[0-9a-f]{8}$/);
    expect(nameOf('shop', 'prod-eu')).toMatch(/^shop-orders-db-prod-eu-[0-9a-f]{8}$/);
  });

  it('is the same for no two services of two applications', () => {
    const names = [named('a', 'b-c'), named('a-b', 'c'), named('a', 'b--c'), named('a--b', 'c')];
    expect(new Set(names).size).toBe(4);
  });

  it('differs by account where all customers share the names', () => {
    const [one, other] = [nameOf('shop', 'prod', 63, 'a'), nameOf('shop', 'prod', 63, 'b')];
    expect(one).toMatch(/^shop-orders-db-prod-[0-9a-f]{8}$/);
    expect(one).not.toBe(other);
    expect(nameOf('shop', 'prod', 63, 'a')).toBe(one);
  });

  it('is cut where it is too long, and stays a name of its own', () => {
    const long = 'shop'.repeat(15);
    const [one, other] = [nameOf(`${long}a`, 'prod', 40), nameOf(`${long}b`, 'prod', 40)];
    expect(one).toMatch(/^[a-z]{31}-[0-9a-f]{8}$/);
    expect(one).toHaveLength(40);
    expect(one).not.toBe(other);
  });

  it('has nothing that RDS or Azure refuses', () => {
    expect(nameOf('shop--eu', 'prod')).toMatch(/^shop-eu-orders-db-prod-[0-9a-f]{8}$/);
    expect(nameOf('shop', 'PR_12')).toMatch(/^shop-orders-db-pr-12-[0-9a-f]{8}$/);
    expect(named('shop', 'orders--db')).toMatch(/^shop-orders-db-prod-[0-9a-f]{8}$/);
  });
});
