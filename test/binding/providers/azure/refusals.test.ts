import { describe, expect, it } from '@jest/globals';
import { azure, type AzureProps } from '../../../../lib';
import { azureAccount as facts, azureGroup as account } from '../../../accounts';
import { refusals } from '../requests';
import { here, six } from './account';

describe('azure()', () => {
  it.each<readonly [string, () => readonly string[], readonly string[]]>([
    [
      'a version of PostgreSQL',
      () => refusals(here, 'postgres', { props: { version: 17 } }),
      [
        'it wants PostgreSQL 17, and azure() has 13 to 16. Write a version of 13 to 16, or name another provider for postgres.',
      ],
    ],
    [
      'a database that the server has for itself',
      () => refusals(here, 'postgres', { props: { database: 'azure_sys' } }),
      [
        "its database is azure_sys, which the servers of azure() have for themselves. Give it another name, such as database: 'app'.",
      ],
    ],
    [
      'a version of MySQL',
      () => refusals(here, 'mysql', { props: { version: '8.4' } }),
      [
        "it wants MySQL 8.4, and azure() has 8.0. Write version: '8.0', or name another provider for mysql.",
      ],
    ],
    [
      'the version of Redis that a contract has unless it says otherwise',
      () => refusals(here, 'redis'),
      [
        'it wants Redis 7, and azure() has 6. Write version: 6, or name another provider for redis.',
      ],
    ],
    [
      'a durable Redis',
      () => refusals(here, 'redis', { props: { version: 6, durable: true } }),
      [
        'it is durable, and azure() has Redis without persistence. Write durable: false, or name another provider for redis.',
      ],
    ],
    [
      'a bucket',
      () => [`${here.lacks?.bucket?.found ?? ''}. ${here.lacks?.bucket?.fix ?? ''}.`],
      [
        'a bucket speaks S3, and Azure Blob Storage, which azure() has, does not. Name another provider for bucket in the environment, such as existing() with a store that speaks S3.',
      ],
    ],
    [
      'what has no network',
      () => {
        const bare = azure(account);
        return [
          ...refusals(bare, 'postgres'),
          ...refusals(bare, 'mysql'),
          ...refusals(bare, 'redis', six),
        ];
      },
      [
        'it is a postgres, and azure() has no subnet delegated to PostgreSQL. Give azure() postgres: { subnet, dnsZone, cidr }.',
        'it is a mysql, and azure() has no subnet delegated to MySQL. Give azure() mysql: { subnet, dnsZone, cidr }.',
        'it is a redis, and azure() has no subnet for its private endpoint. Give azure() redis: { subnet, dnsZone, cidr }.',
      ],
    ],
  ])('refuses %s', (_what, refuse, messages) => {
    expect(refuse()).toEqual(messages);
  });

  it('reports facts of the account that are missing or wrong', () => {
    const check = (given: object): unknown => azure(given as AzureProps).check?.('providers.redis');
    expect(check(facts)).toEqual([]);
    expect(check({ subscription: 'prod', location: 'westeurope', redis: { cidr: '10' } })).toEqual([
      { found: "providers.redis.subscription is 'prod'", fix: 'Give the id of a subscription' },
      {
        found: 'providers.redis.resourceGroup is missing',
        fix: 'Give the name of a resource group',
      },
      {
        found: 'providers.redis.redis.subnet is missing',
        fix: "Give the resource id of a subnet, such as '/subscriptions/…'",
      },
      {
        found: 'providers.redis.redis.dnsZone is missing',
        fix: "Give the resource id of a private DNS zone, such as '/subscriptions/…'",
      },
      {
        found: "providers.redis.redis.cidr is '10'",
        fix: "Give an address block such as '10.20.0.0/24'",
      },
    ]);
  });
});
