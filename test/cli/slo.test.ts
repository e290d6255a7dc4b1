import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplicationModel, ObjectiveModel } from '../../lib/foundation';
import { environment, model, workload } from '../rightsize/models';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => {
  folder.remove();
});

const detected = (severity: 'page' | 'ticket', errorRatio: number, burnSeconds: number) => ({
  ...{ severity, errorRatio, burnSeconds },
  seconds: burnSeconds + (severity === 'page' ? 90 : 210),
});

const availability = (objective: number, burns: number): ObjectiveModel => ({
  ...{ id: 'shop/orders/availability', slo: 'availability', objective, from: 'declaration' },
  ...{ budgetMinutes: objective === 99.9 ? 43.2 : 432, source: 'open-telemetry', series: [] },
  detection: [
    detected('page', 1, burns),
    detected('page', 0.1, 10 * burns),
    detected('ticket', 1, 3 * burns),
  ],
});
const latency: ObjectiveModel = {
  ...availability(99, 518.4),
  ...{ id: 'shop/orders/latency', slo: 'latency', from: 'platform', underSeconds: 0.25 },
};
const freshness: ObjectiveModel = {
  ...availability(99, 518.4),
  ...{ id: 'shop/mailer/freshness', slo: 'freshness', withinSeconds: 600 },
};

const shop = (...objectives: readonly ObjectiveModel[]): ApplicationModel =>
  model(
    'shop',
    [
      workload('orders', [], { objectives }),
      workload('mailer', [], { kind: 'worker', objectives: [freshness] }),
      workload('mute', [], { kind: 'worker' }),
      workload('ads', [], { noObjectives: 'a page can do without' }),
      workload('orders-migrate', [], { kind: 'migration' }),
    ],
    [environment('prod', {})],
  );
const write = (given: ApplicationModel): void => {
  folder.write(`dist/model/${given.application}.json`, JSON.stringify(given));
};

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  const options = { cwd: folder.path, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync('git', [...who, ...args], options);
  expect(status).toBe(0);
  return stdout.trim();
}

const commit = (): string => {
  git('init', '-q');
  git('add', 'dist');
  git('commit', '-qm', 'before');
  return git('rev-parse', '--short=7', 'HEAD');
};

/** Lines with one blank between their cells. */
const lines = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));

describe('golden-path slo', () => {
  it('lists objectives, budgets and times to detect, and who has none', async () => {
    write(shop(availability(99.9, 51.84), latency));
    write(model('stock', [], []));
    expect(await folder.call(['slo'])).toEqual({
      status: 0,
      stdout: `application  service  objective                             from         budget    page 100 %  page 10 %  page 2 %  ticket 100 %  ticket 10 %  ticket 2 %
shop         orders   99.9 % of requests without a failure  declaration  43.2 min  2m 22s      10m 8s     -         6m 6s         -            -
shop         orders   99 % of requests within 250ms         platform     432 min   10m 8s      1h 27m     -         29m 25s       -            -
shop         mailer   99 % of the time fresh within 10m     declaration  432 min   10m 8s      1h 27m     -         29m 25s       -            -
without objectives: shop/mute (worker), shop/ads (a page can do without)
`,
      stderr:
        'budget: minutes of total outage in 30 days. page, ticket: from the first error to the message at the longest, when 100, 10 or 2 % fail, of which a scrape, the evaluation and the group wait are 1m 30s of a page and 3m 30s of a ticket; -: never, or it is all or nothing.\n',
    });
    expect(await folder.call(['slo', 'stock'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('prints the same as data', async () => {
    write(shop(latency));
    const { stdout, stderr } = await folder.call(['slo', 'shop', '--json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      objectives: [
        { application: 'shop', service: 'orders', ...latency },
        { application: 'shop', service: 'mailer', ...freshness },
      ],
      without: [
        { application: 'shop', service: 'mute', kind: 'worker' },
        {
          ...{ application: 'shop', service: 'ads', kind: 'web-service' },
          reason: 'a page can do without',
        },
      ],
    });
  });

  it('shows what changed since a commit, whatever stands in the folder', async () => {
    write(shop(availability(99, 518.4), latency));
    const hash = commit();
    const same = await folder.call(['slo', '--against', 'HEAD']);
    expect(same).toEqual({
      status: 0,
      stdout: '',
      stderr: `no objective changed since HEAD (${hash}).\n`,
    });
    write(shop(availability(99.9, 51.84)));
    write(
      model(
        'stock',
        [workload('api', [], { objectives: [{ ...latency, id: 'stock/api/latency' }] })],
        [],
      ),
    );
    const { status, stdout } = await folder.call(['slo', '--against', 'HEAD', '-q']);
    expect(status).toBe(0);
    expect(lines(stdout)).toEqual([
      'change | objective | is | from | budget | page 100 % | page 10 % | page 2 % | ticket 100 % | ticket 10 % | ticket 2 %',
      'changed | shop/orders/availability | 99 % of requests without a failure -> 99.9 % of requests without a failure | declaration | 432 min -> 43.2 min | 10m 8s -> 2m 22s | 1h 27m -> 10m 8s | - | 29m 25s -> 6m 6s | - | -',
      'removed | shop/orders/latency | 99 % of requests within 250ms | platform | 432 min | 10m 8s | 1h 27m | - | 29m 25s | - | -',
      'added | stock/api/latency | 99 % of requests within 250ms | platform | 432 min | 10m 8s | 1h 27m | - | 29m 25s | - | -',
      '',
    ]);
    const json = await folder.call(['slo', 'stock', '--against', 'HEAD', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({
      version: 1,
      against: `HEAD (${hash})`,
      changes: [
        {
          ...{ change: 'added', id: 'stock/api/latency', application: 'stock', service: 'api' },
          after: { ...latency, id: 'stock/api/latency' },
        },
      ],
    });
  });

  it('reads a commit from below the root of the repository', async () => {
    folder.write('deploy/dist/model/shop.json', JSON.stringify(shop(latency)));
    git('init', '-q');
    git('add', 'deploy');
    git('commit', '-qm', 'before');
    folder.write('deploy/dist/model/shop.json', JSON.stringify(shop()));
    const { stdout } = await folder.call(['slo', '--against', 'HEAD', '-q'], 'deploy');
    expect(lines(stdout)[1]).toContain('removed | shop/orders/latency | ');
  });

  it('says what is wrong with a revision, and with names', async () => {
    write(shop(latency));
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { status, stdout, stderr } = await folder.call(['slo', ...args]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      return stderr.replaceAll(folder.path, '…');
    };
    expect(await refused('--against', 'HEAD')).toMatch(
      /^golden-path: git knows no repository around '…\/dist' \(.*not a git repository.*\)\. --against compares with a commit: run it in a clone\.\n$/,
    );
    git('init', '-q');
    git('add', 'package.json');
    git('commit', '-qm', 'first');
    const hash = git('rev-parse', '--short=7', 'HEAD');
    expect([
      await refused('--against', 'HEAD'),
      await refused('--against', 'mian'),
      await refused('--against', '--output=x'),
      await refused('shopp'),
    ]).toEqual([
      `golden-path: HEAD (${hash}) has no dist/model. Give a revision in which the output folder is committed.\n`,
      "golden-path: git knows no revision 'mian'. Give a commit, branch or tag, such as HEAD~1 or origin/main; a shallow clone may lack it.\n",
      "golden-path: git knows no revision '--output=x'. Give a commit, branch or tag, such as HEAD~1 or origin/main; a shallow clone may lack it.\n",
      "golden-path: there is no application 'shopp'. Did you mean shop?\n",
    ]);
    folder.write('dist/model/shop.json', '{');
    git('add', 'dist');
    git('commit', '-qm', 'broken');
    write(shop(latency));
    expect(await refused('--against', 'HEAD')).toContain(
      'golden-path: HEAD:dist/model/shop.json cannot be read: ',
    );
  });
});
