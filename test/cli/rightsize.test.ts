import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeServer, type Answer } from '../prometheus/fake-server';
import { hook, ProjectFolder, root } from './project-folder';

let folder: ProjectFolder;
const LOCK = '{"version":1,"applications":{}}';
beforeEach(async () => {
  folder = new ProjectFolder();
  folder.write(
    'main.ts',
    `import { Application, Capacity, Dns, Environment, Platform, Size, Worker } from '${root}/lib';
const facts = { network: { dns: Dns.kubeDns() }, capacity: Capacity.single() };
const platform = new Platform({ environments: ['eu', 'us'].map((name) => new Environment(name, { ...facts, stage: 'prod' })) });
const shop = new Application(platform, 'shop', { owner: 'team-a' });
new Worker(shop, 'mailer', { image: 'x/mailer:1', size: Size.measured() });
platform.synth();
`,
  );
  folder.write('cdk8s.yaml', `app: node -r ${hook} main.ts\n`);
  folder.write('sizing.lock.json', LOCK);
  expect((await folder.call(['synth', '-q'])).status).toBe(0);
});
afterEach(() => {
  folder.remove();
});

const rightsize = (url: string, ...args: readonly string[]) =>
  folder.call(['rightsize', '--prometheus', url, '--as-of', '2026-11-20', ...args]);

describe('golden-path rightsize', () => {
  it('says what is wrong with the way it is called', async () => {
    folder.write('broken.json', '<<<<<<< HEAD');
    folder.write('token', 'secret\n');
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[], 'shop runs in several environments of stage prod. Give --environment, one of eu, us.'],
      [['-e', 'use'], "there is no environment 'use'. Did you mean us?"],
      [['--application', 'shopp'], "there is no application 'shopp'. Did you mean shop?"],
      [['--window', '3'], "--window is '3'. Give whole days from 7 to 90, such as 14."],
      [
        ['--selector', 'cluster'],
        '--selector is \'cluster\'. Give one condition, such as cluster="prod-eu".',
      ],
      [
        ['--incident', 'yesterday'],
        "--incident is 'yesterday'. Give its begin and end in UTC, such as 2026-11-03T10:00Z/2026-11-03T14:30Z.",
      ],
      [
        ['-e', 'eu', '--header', 'tenant'],
        "--header is 'tenant'. Give a name and a value, such as 'X-Scope-OrgID: team-a'.",
      ],
      [['-e', 'eu', '--username', 'me'], '--username and --password-file go together.'],
      [
        [
          ...['-e', 'eu', '--bearer-token-file', 'token'],
          ...['--username', 'me', '--password-file', 'token'],
        ],
        '--bearer-token-file and --username are two ways to log in. Give one.',
      ],
      [['-e', 'eu', '--cert-file', 'token'], '--cert-file and --key-file go together.'],
      [['-e', 'eu', '--timeout', '0'], "--timeout is '0'. Give whole seconds, such as 120."],
      [['-e', 'eu', '--ca-file', 'nope.pem'], "there is no file 'nope.pem'."],
      [['-e', 'eu', '--lock', 'broken.json'], 'broken.json holds the marks of a merge conflict.'],
      [['--as-of', 'today'], "--as-of is 'today'. Give a day such as 2027-03-31."],
    ];
    for (const [args, message] of wrong) {
      const { status, stdout, stderr } = await rightsize('http://127.0.0.1:1', ...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`golden-path: ${message}`);
    }
    const nowhere = await rightsize('prometheus:9090', '-e', 'eu');
    expect(nowhere.status).toBe(2);
    expect(nowhere.stderr).toContain('is no address of a Prometheus');
    expect((await folder.call(['rightsize'])).status).toBe(2);
  });

  it('says why a server gives no evidence, and leaves the lock as it was', async () => {
    const rejects: Answer = (response) => {
      const error = 'query processing would load too many samples into memory';
      response
        .writeHead(422)
        .end(JSON.stringify({ status: 'error', errorType: 'execution', error }));
    };
    const server = await FakeServer.start([rejects]);
    try {
      const { status, stdout, stderr } = await rightsize(server.url, '-e', 'eu');
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('too many samples');
      expect(stderr).toContain('\nsizing.lock.json is as it was.\n');
      expect(folder.read('sizing.lock.json')).toBe(LOCK);
    } finally {
      await server.stop();
    }
  });

  it('sends what it logs in with, and names it nowhere', async () => {
    folder.write('token', 'tell-nobody\n');
    const nothing: Answer = (response) => {
      response.end('{"status":"success","data":{"resultType":"vector","result":[]}}');
    };
    const server = await FakeServer.start([nothing]);
    try {
      const tenant = ['--header', 'X-Scope-OrgID: team-a', '--bearer-token-file', 'token'];
      const ran = await rightsize(server.url, '-e', 'eu', '--selector', 'cluster="eu"', ...tenant);
      const [seen] = server.seen;
      expect(seen?.headers).toMatchObject({
        authorization: 'Bearer tell-nobody',
        'x-scope-orgid': 'team-a',
      });
      expect(seen?.form.query).toContain('cluster="eu"');
      expect(ran.stdout + ran.stderr).not.toContain('tell-nobody');
    } finally {
      await server.stop();
    }
  });

  it('finds nothing where there are no metrics, and changes nothing', async () => {
    const nothing: Answer = (response, { path }) => {
      const resultType = path?.endsWith('query_range') ? 'matrix' : 'vector';
      response.end(JSON.stringify({ status: 'success', data: { resultType, result: [] } }));
    };
    const server = await FakeServer.start([nothing]);
    try {
      const { status, stdout, stderr } = await rightsize(server.url, '-e', 'eu');
      expect(status).toBe(0);
      expect(stdout).toContain('no metrics of it were found');
      expect(stderr).toContain(
        '1 container: 0 right, 0 under, 0 over, 1 without enough data. sizing.lock.json needs no change.\n',
      );
    } finally {
      await server.stop();
    }
  });
});
