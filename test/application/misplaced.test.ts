import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, it } from '@jest/globals';
import {
  Application,
  KafkaTopic,
  Postgres,
  RabbitMq,
  Redis,
  renderProblem,
  ScheduledJob,
  WebService,
  Worker,
  type Problem,
} from '../../lib';
import { synthesize, synthesizeIn } from '../../lib/testing';

const good = { image: 'x/y:1', port: 8080, health: '/ready' } as const;
const brief = ({ code, at }: Problem): string => `${code} at ${at}`;

describe('what stands in no application', () => {
  it('is reported with everything else, each by itself', () => {
    const { problems, files } = synthesize((platform) => {
      const db = new Postgres(platform, 'db', { version: 16 });
      const web = new WebService(platform, 'web', { ...good, migrate: { command: ['m'] } });
      new Worker(platform, 'worker', { image: 'x/y:1' });
      new ScheduledJob(new Construct(platform, 'jobs'), 'nightly', {
        image: 'x/y:1',
        schedule: '@daily',
      });
      const shop = new Application(platform, 'shop', { owner: 'team-a' });
      new WebService(shop, 'cart', { ...good, health: 'no', uses: [db], env: { W: web.url } });
    });
    expect(problems.map(brief)).toEqual([
      'ApplicationMissing at web',
      'ApplicationMissing at worker',
      'ApplicationMissing at db',
      'ApplicationMissing at jobs/nightly',
      'PathInvalid at shop/cart',
    ]);
    expect([...files.keys()]).toEqual([]);
  });

  it('is reported by every kind of backing service', () => {
    const { problems } = synthesize((platform) => {
      new Redis(platform, 'cache', {});
      new KafkaTopic(platform, 'events', {});
      new RabbitMq(platform, 'broker', { queues: {} });
    });
    expect(problems.map(brief)).toEqual([
      'ApplicationMissing at cache',
      'ApplicationMissing at events',
      'ApplicationMissing at broker',
    ]);
  });

  it('is reported by an App of cdk8s too', () => {
    const app = new App();
    new WebService(app, 'web', good);
    expect(() => {
      app.synth();
    }).toThrow(/ApplicationMissing at web \(.*\): it stands in no Application/);
  });

  it('has no application to ask for', () => {
    const construct = new Construct(new App(), 'alone');
    expect(() => Application.of(construct)).toThrow(/ApplicationMissing at alone \(/);
    expect(() => Application.of(new App())).toThrow(/ApplicationMissing at the root \(/);
  });
});

describe('an id that is taken', () => {
  it('by another application is said once, and where that was declared', () => {
    const { problems } = synthesize((platform) => {
      for (const image of ['a/b:1', 'c/d:1']) {
        const shop = new Application(platform, 'shop', { owner: 'team-a' });
        new Worker(shop, 'w', { image });
      }
    });
    expect(problems.map((problem) => renderProblem(problem).replace(/:\d+/g, ''))).toEqual([
      "IdTaken at shop~2 (test/application/misplaced.test.ts): the scope has another construct named 'shop', declared at test/application/misplaced.test.ts. Give it an id of its own.",
    ]);
  });

  it('by another workload is said once for all their objects', () => {
    const { problems } = synthesizeIn((app) => {
      new WebService(new Construct(app, 'one'), 'orders', good);
      new WebService(new Construct(app, 'two'), 'orders', good);
      new Worker(app, 'mails-migrate', { image: 'x/y:1' });
      new Worker(app, 'mails', { image: 'x/y:1', migrate: { command: ['m'] } });
    });
    expect(problems.map(brief)).toEqual([
      'IdTaken at test/two/orders',
      'IdTaken at test/mails-migrate',
    ]);
  });
});

describe('the same backing service', () => {
  it('brings all of its variables once to a message', () => {
    const { problems } = synthesizeIn((app) => {
      const [a, b, c] = ['a', 'b', 'c'].map((id) => new Postgres(app, id, { version: 16 }));
      const cache = new Redis(app, 'cache', {});
      if (a && b && c) new Worker(app, 'w', { image: 'x/y:1', uses: [a, cache, b, c, a] });
    });
    expect(problems.map(({ found }) => found.replace(/PG.*SSLMODE/, '…'))).toEqual([
      'uses[2] (b) brings …, as uses[0] (a) does',
      'uses[3] (c) brings …, as uses[0] (a) does',
      'uses names a twice',
    ]);
  });
});
