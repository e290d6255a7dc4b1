import { afterAll, describe, expect, it } from '@jest/globals';
import {
  Application,
  Bucket,
  Capacity,
  Dns,
  Environment,
  gcp,
  inCluster,
  Platform,
  Postgres,
  RabbitMq,
  Worker,
} from '../../lib';
import { googleProject } from '../accounts';
import { addBackingServices } from '../kustomize/backing-services';
import { blocksOf, exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/backing-services.md');
const examples = exampleFolder('backing-services');
afterAll(examples.remove);

const platformOf = (name: string): Platform => {
  const file = `${name.replaceAll(' ', '-')}.ts`;
  examples.write(file, exampleOf(page, name));
  const { prod } = examples.load(file) as { readonly prod: Environment };
  return new Platform({ environments: [prod] });
};

describe('docs/backing-services.md', () => {
  it('has examples that compile', () => {
    const blocks = blocksOf(page).filter(({ language }) => language === 'ts');
    expect(blocks.length).toBeGreaterThan(0);
    const files = blocks.map(({ text }, index) => {
      examples.write(`block-${index}.ts`, text);
      return `block-${index}.ts`;
    });
    expect(examples.typeErrors(files)).toEqual([]);
  }, 60_000);

  it('shows an environment of aws() that has every kind', () => {
    const platform = platformOf('prod on AWS');
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new Worker(app, 'mailer', { image: 'x:1', uses: addBackingServices(app) });
    expect(platform.render().problems).toEqual([]);
  });

  it('shows prod with what others made, which has what its example asks for', () => {
    const platform = platformOf('prod with what others made');
    const app = new Application(platform, 'billing', { owner: 'team-billing' });
    const db = new Postgres(app, 'billing-db', { version: 16, extensions: ['vector'] });
    const uses = [
      db,
      new Bucket(app, 'documents', {}),
      new RabbitMq(app, 'broker', { queues: { render: {} } }),
    ];
    new Worker(app, 'mailer', {
      image: 'x:1',
      uses,
      files: { '/etc/pg/ca.crt': db.key('ca.crt') },
    });
    expect(platform.render().problems).toEqual([]);
  });

  it.each([
    ['a broker with a topology', 'Mails', { rabbitmq: inCluster() }],
    ['verify the server', 'Reports', { postgres: gcp(googleProject) }],
  ])('has %s, which has no findings', (name, exported, providers) => {
    const file = `${exported}.ts`;
    examples.write(file, exampleOf(page, name));
    const Example = (examples.load(file) as Record<string, new (scope: Platform) => Application>)[
      exported
    ];
    const environment = new Environment('prod', {
      capacity: Capacity.asDeclared(),
      network: { dns: Dns.kubeDns() },
      capabilities: ['reloader'],
      providers,
    });
    const platform = new Platform({ environments: [environment] });
    if (Example) new Example(platform);
    const { problems, guardrails } = platform.render();
    expect(problems).toEqual([]);
    expect(guardrails.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.each(['prod on Google Cloud', 'prod on Azure'])('has %s, which a platform takes', (name) => {
    expect(platformOf(name).render().problems).toEqual([]);
  });
});
