import { describe, expect, it } from '@jest/globals';
import {
  aws,
  Application,
  Capacity,
  Dns,
  Environment,
  KafkaTopic,
  Platform,
  Worker,
  type AwsProps,
} from '../../../../lib';
import { synthesize } from '../../../../lib/testing';
import { awsAccount as account } from '../../../accounts';
import { addBackingServices } from '../../../kustomize/backing-services';

const problemsOf = (facts: unknown) => aws(facts as AwsProps).check?.('providers.default');

describe('the facts of aws()', () => {
  it('pass when they are right', () => {
    expect(problemsOf(account)).toEqual([]);
  });

  it('are reported when they are missing', () => {
    expect(problemsOf({})).toEqual([
      {
        found: 'providers.default.region is missing',
        fix: "Give a region such as 'eu-central-1'",
      },
      {
        found: 'providers.default.accountId is missing',
        fix: "Give the twelve digits of the account, such as '123456789012'",
      },
      {
        found: 'providers.default.providerConfig is missing',
        fix: "Give { kind: 'ClusterProviderConfig', name: 'default' }",
      },
      {
        found: 'providers.default.vpc is missing',
        fix: 'Give { cidrs, subnetGroups, securityGroupIds }',
      },
    ]);
  });

  it.each([
    [{ region: 'Frankfurt' }, "region is 'Frankfurt'"],
    [{ accountId: 123456789012 }, 'accountId is 123456789012'],
    [{ providerConfig: { kind: 'Config', name: 'x' } }, "providerConfig.kind is 'Config'"],
    [{ vpc: { ...account.vpc, cidrs: [] } }, 'vpc.cidrs is []'],
    [{ vpc: { ...account.vpc, cidrs: ['10.20.0.0'] } }, "vpc.cidrs[0] is '10.20.0.0'"],
    [{ vpc: { ...account.vpc, subnetIds: ['a'] } }, "vpc.subnetIds[0] is 'a'"],
    [{ vpc: { ...account.vpc, securityGroupIds: [] } }, 'vpc.securityGroupIds is []'],
    [{ kmsKeyArn: 'alias/key' }, "kmsKeyArn is 'alias/key'"],
    [{ backup: { retentionDays: 0 } }, 'backup.retentionDays is 0'],
    [{ rdsCertificates: 'rds-ca' }, "rdsCertificates is 'rds-ca'"],
    [{ classes: { rds: { S: 't4g.small' } } }, "classes.rds.S is 't4g.small'"],
  ])('are reported when they are wrong: %j', (wrong, found) => {
    expect(problemsOf({ ...account, ...wrong })?.map((each) => each.found)).toEqual([
      `providers.default.${found}`,
    ]);
  });
});

describe('an environment of aws()', () => {
  const synthesis = (add: (app: Application) => void) =>
    synthesize(
      (platform) => {
        add(new Application(platform, 'shop', { owner: 'team-a' }));
      },
      () =>
        new Platform({
          guardrails: { pack: 'strict' },
          environments: [
            new Environment('prod', {
              network: { dns: Dns.kubeDns() },
              capacity: Capacity.asDeclared(),
              capabilities: ['reloader'],
              providers: { default: aws(account) },
            }),
          ],
        }),
    );

  it('passes the strict guardrails with every kind that it offers', () => {
    const { problems } = synthesis((app) => {
      const image = `ghcr.io/example/mailer@sha256:${'0'.repeat(64)}`;
      new Worker(app, 'mailer', { image, uses: addBackingServices(app) });
    });
    expect(problems).toEqual([]);
  });

  it('has no topics of Kafka', () => {
    const { problems } = synthesis((app) => {
      const image = `ghcr.io/example/mailer@sha256:${'0'.repeat(64)}`;
      new Worker(app, 'mailer', { image, uses: [new KafkaTopic(app, 'events', {})] });
    });
    expect(problems.map(({ code, found }) => `${code}: ${found}`)).toEqual([
      'ServiceRefused: it is a kafka-topic, and aws() offers postgres, mysql, redis, rabbitmq, bucket',
    ]);
  });
});
