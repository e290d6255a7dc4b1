import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serverText } from '../../lib/cli/prometheus-options';
import { PrometheusError } from '../../lib/prometheus';
import { sealed } from '../../lib/sizing';
import { FakeServer, type Answer } from '../prometheus/fake-server';
import { unsealed } from '../sizing/entries';
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
const stock = new Application(platform, 'stock', { owner: 'team-b' });
new Worker(stock, 'counter', { image: 'x/counter:1', size: Size.measured() });
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
    folder.write('lines', 'hunter2\nhunter2\n');
    folder.write('empty', '\n');
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[], 'shop runs in several environments of stage prod. Give --environment, one of eu, us.'],
      [['-e', 'use'], "there is no environment 'use'. Did you mean us?"],
      [['--application', 'shopp'], "there is no application 'shopp'. Did you mean shop?"],
      [['--window', '3'], "--window is '3'. Give whole days from 7 to 90, such as 14."],
      [
        ['--selector', 'cluster'],
        `--selector is 'cluster'. Give conditions as PromQL has them, the values in double quotes: 'cluster="prod-eu",region="eu"'.`,
      ],
      [
        ['--incident', 'yesterday'],
        "--incident is 'yesterday'. Give its begin and end in UTC, such as 2026-11-03T10:00Z/2026-11-03T14:30Z.",
      ],
      [
        ['--selector', 'cluster=prod-eu,region=x'],
        `--selector is 'cluster=prod-eu,region=x'. Give conditions as PromQL has them, the values in double quotes: 'cluster="prod-eu",region="eu"'.`,
      ],
      [
        ['--incident', '2026-11-31/2026-12-02'],
        "--incident is '2026-11-31/2026-12-02'. Give its begin and end in UTC, such as 2026-11-03T10:00Z/2026-11-03T14:30Z.",
      ],
      [
        ['-e', 'eu', '--header', 'Authorization Bearer hunter2'],
        "a --header is not a name, a colon and a value. Give one such as 'X-Scope-OrgID: team-a'.",
      ],
      [
        ['-e', 'eu', '--bearer-token-file', 'lines'],
        "'lines' has several lines. Give a file with the token or the password on one line.",
      ],
      [
        ['-e', 'eu', '--bearer-token-file', 'empty'],
        "'empty' is empty. Give a file with the token or the password on one line.",
      ],
      [
        ['--as-of', '9999-12-31'],
        '--as-of is 9999-12-31, which is still to come: the days before it are not measured yet. Give today or a day before.',
      ],
      [
        ['-e', 'eu', '--lock', 'nowhere/sizing.lock.json'],
        "'nowhere/sizing.lock.json' cannot be written (ENOENT). Make its folder first.",
      ],
      [
        ['-e', 'eu', '--check', '--html', 'nowhere/sizes.html'],
        "'nowhere/sizes.html' cannot be written (ENOENT). Make its folder first.",
      ],
      [['-e', 'eu', '--html', 'node_modules'], "'node_modules' is a folder. Give a file in it."],
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
      expect(stderr).not.toContain('hunter2');
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

  it('asks under each of several conditions', async () => {
    await withAnswers([knows([])], async ({ url, seen }) => {
      const conditions = ['--selector', 'cluster="eu",region!="x"', '--selector', 'a="b"'];
      await rightsize(url, '-e', 'eu', ...conditions);
      expect(seen[0]?.form.query).toContain('cluster="eu",region!="x",a="b"');
    });
  });

  it.each([[[]], [['--check']]])('is not content when it sees nothing %p', async (args) => {
    await withAnswers([knows([])], async ({ url }) => {
      const { status, stdout, stderr } = await rightsize(url, '-q', '-e', 'eu', ...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      const hint = 'Check --selector, the tenant and whether it is deployed.';
      expect(stderr).toBe(
        `golden-path: shop: ${url} knows no pods of namespace shop-eu. ${hint}\n` +
          `stock: ${url} knows no pods of namespace stock-eu. ${hint}\nsizing.lock.json is as it was.\n`,
      );
      expect(folder.read('sizing.lock.json')).toBe(LOCK);
    });
  });

  it('names the application of which it sees nothing', async () => {
    await withAnswers([knows(['shop'])], async ({ url }) => {
      const both = await rightsize(url, '-q', '-e', 'eu');
      expect(both.status).toBe(2);
      expect(both.stderr).toBe(
        `golden-path: stock: ${url} knows no pods of namespace stock-eu. Check --selector, the tenant and whether it is deployed; --application asks about the others alone.\nsizing.lock.json is as it was.\n`,
      );
      const { status, stdout, stderr } = await rightsize(url, '-e', 'eu', '--application', 'shop');
      expect(status).toBe(0);
      expect(stdout).toContain(
        'shop in eu, namespace shop-eu: 2026-11-06 to 2026-11-19, no samples\n',
      );
      expect(stdout.match(/no metrics of it were found/g)).toHaveLength(1);
      expect(stdout).toContain('check that it runs there');
      expect(stderr).toContain('1 without enough data. sizing.lock.json needs no change.\n');
    });
  });

  it('leaves the lock as it was when the server dies in the middle', async () => {
    const dies: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"status":"success","data":{"resultType":"matr', () => {
        response.socket?.destroy();
      });
    };
    await withAnswers(
      [knows(['shop', 'stock']), knows(['shop', 'stock']), dies],
      async ({ url }) => {
        const { status, stdout, stderr } = await rightsize(url, '-e', 'eu');
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
        expect(stderr).toContain('broke the connection');
        expect(stderr).toContain('\nsizing.lock.json is as it was.\n');
        expect(folder.read('sizing.lock.json')).toBe(LOCK);
      },
    );
  });

  it('says of an entry that was changed by hand, and is not content', async () => {
    const mailer = { application: 'shop', workload: 'mailer', container: 'mailer' };
    const changed = { ...sealed(mailer, unsealed), request: { cpu: '5', memory: '300Mi' } };
    const applications = { shop: { mailer: { mailer: changed } }, gone: {} };
    folder.write('sizing.lock.json', JSON.stringify({ version: 1, applications }));
    await withAnswers([knows(['shop', 'stock'])], async ({ url }) => {
      const { status, stdout, stderr } = await rightsize(url, '-e', 'eu', '--check', '--json');
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, lock: { tampered: [mailer] } });
      expect(stderr).toContain(
        'warning: shop/mailer: its entry in sizing.lock.json was changed by hand. Restore it from version control, or let golden-path rightsize write it anew, which takes enough data.\n',
      );
      expect(stderr).toContain(
        'warning: sizing.lock.json has sizes of gone, which this output does not have. Delete applications.gone from it, unless another project uses it.\n',
      );
    });
  });

  it('speaks of its own options where TLS fails', async () => {
    await withAnswers([knows([])], async ({ port }) => {
      const { status, stderr } = await rightsize(`https://127.0.0.1:${port}`, '-e', 'eu');
      expect(status).toBe(2);
      expect(stderr).toContain('answers without TLS');
      expect(stderr).toContain('Begin the address with http://');
    });
    const error = new PrometheusError('https://x', 'up', {
      ...{ fault: 'tls', found: 'does not get through TLS', fix: 'Give the certificate (ca)' },
    });
    expect(serverText(error)).toBe(
      "https://x does not get through TLS. Give the authority's certificate by --ca-file, the name in the certificate by --server-name, and a client certificate by --cert-file and --key-file where one is wanted.",
    );
  });
});

/** A server that has seen pods of some applications alive, and nothing of their use. */
const knows =
  (applications: readonly string[]): Answer =>
  (response, { path, form }) => {
    const isRange = path?.endsWith('query_range') ?? false;
    const application = applications.find((name) => form.query?.includes(`"${name}-eu"`));
    const name = application === 'shop' ? 'mailer' : 'counter';
    const metric = { pod: `${name}-5b6d7f8c9d-x2x4z`, container: name };
    const isCount = form.query?.includes('count_over_time(container_cpu') ?? false;
    const end = Date.UTC(2026, 10, 20) / 1000;
    const result =
      application !== undefined && isCount && isRange ? [{ metric, values: [[end, '288']] }] : [];
    const data = { resultType: isRange ? 'matrix' : 'vector', result };
    response.end(JSON.stringify({ status: 'success', data }));
  };

async function withAnswers(
  answers: readonly Answer[],
  use: (server: FakeServer) => Promise<void>,
): Promise<void> {
  const server = await FakeServer.start(answers);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}
