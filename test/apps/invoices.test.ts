import { describe, expect, it } from '@jest/globals';
import { Invoices } from '../../apps/invoices';
import { platform } from '../../apps/platform';
import type { Manifest } from '../../lib';
import { synthesize } from '../../lib/testing';

const synthesis = synthesize((app) => new Invoices(app), platform);
const environments = ['dev', 'staging', 'prod'];

const kindsIn = (environment: string): ReadonlySet<string> =>
  new Set(synthesis.objects(environment).map(({ apiVersion, kind }) => `${kind} ${apiVersion}`));

describe('the application of invoices', () => {
  it('has no problem and no finding', () => {
    expect(synthesis.problems).toEqual([]);
  });

  it('is the same to the byte wherever it stands', () => {
    for (const file of ['application', 'observability', 'migrate/application']) {
      const texts = environments.map((name) =>
        synthesis.files.get(`${name}/invoices/${file}.k8s.yaml`),
      );
      expect(texts[0]).toMatch(/kind: /);
      expect(new Set(texts).size).toBe(1);
    }
  });

  it('has its backing services by operators in dev and in AWS in prod', () => {
    expect([...kindsIn('dev')]).toEqual(
      expect.arrayContaining([
        'Cluster postgresql.cnpg.io/v1',
        'RabbitmqCluster rabbitmq.com/v1beta1',
        'Seaweed seaweed.seaweedfs.com/v1',
      ]),
    );
    for (const environment of ['staging', 'prod']) {
      expect([...kindsIn(environment)]).toEqual(
        expect.arrayContaining([
          'Instance rds.aws.m.upbound.io/v1beta1',
          'Broker mq.aws.m.upbound.io/v1beta1',
          'Bucket s3.aws.m.upbound.io/v1beta1',
        ]),
      );
    }
  });

  it('scales its worker on the queue, down to none, and never by CPU too', () => {
    const scaled = synthesis.find({ kind: 'ScaledObject', name: 'renderer', environment: 'prod' });
    expect(scaled.spec).toMatchObject({
      minReplicaCount: 0,
      maxReplicaCount: 20,
      triggers: [{ type: 'rabbitmq', metadata: { queueName: 'render', value: '20' } }],
    });
    const autoscaled = synthesis
      .objects('prod')
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ metadata }) => metadata.name);
    expect(autoscaled).toEqual(['api']);
  });

  it('lets those who use the bucket, and no others, act as a role of the account', () => {
    const roles = synthesis
      .objects('prod')
      .filter(({ kind }) => kind === 'PodIdentityAssociation')
      .map(({ metadata }: Manifest) => metadata.name);
    expect(roles.sort()).toEqual(['api', 'api-migrate', 'renderer']);
  });

  it('brings the schema by a Job of its own, and reminds by the clock', () => {
    const jobs = synthesis.objects('prod').filter(({ kind }) => kind === 'Job');
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual([
      expect.stringMatching(/^api-migrate-/),
    ]);
    const reminders = synthesis.find({ kind: 'CronJob', name: 'reminders', environment: 'prod' });
    expect(reminders.spec).toMatchObject({ schedule: '0 7 * * 1-5', timeZone: 'Europe/Berlin' });
  });
});
