import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { FakeServer, says, success, type Answer } from '../prometheus/fake-server';
import { environment, model, workload } from '../rightsize/models';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
  const shop = model('shop', [workload('orders', [])], [environment('prod', {})]);
  folder.write('dist/model/shop.json', JSON.stringify(shop));
});
afterEach(() => {
  folder.remove();
});

const TIME = ['--from', '2026-11-10T10:00Z', '--to', '2026-11-10T12:00Z'];
const BEGIN = Date.UTC(2026, 10, 10, 10) / 1000;

async function asked(
  answers: readonly Answer[],
  more: readonly string[] = [],
  service = 'orders',
): Promise<{ readonly status: number | null; readonly said: string; readonly server: string }> {
  const server = await FakeServer.start(answers);
  try {
    const args = ['postmortem', service, '--prometheus', server.url, '--output', 'x.md', ...TIME];
    const { status, stderr } = await folder.call([...args, ...more]);
    return { status, said: stderr, server: server.url };
  } finally {
    await server.stop();
  }
}

const info = (namespace: string): Answer =>
  success({
    resultType: 'matrix',
    result: [
      {
        metric: { application: 'shop', environment: 'prod', namespace },
        values: [[BEGIN, '1']],
      },
    ],
  });
const nothing = success({ resultType: 'matrix', result: [] });
const none = success({ resultType: 'vector', result: [] });

const wroteNothing = (): void => {
  expect(() => folder.read('x.md')).toThrow();
};

describe('golden-path postmortem refuses, and writes nothing, when', () => {
  afterEach(wroteNothing);

  it.each([
    [
      ['--from', '2026-11-10T10:00Z', '--to', '2026-11-10T09:00Z'],
      "--to is '2026-11-10T09:00Z', which is not after --from. Give the later one.",
    ],
    [
      ['--from', '2026-11-10T10:00Z', '--to', '2999-11-10T09:00Z'],
      "--to is '2999-11-10T09:00Z', which is still to come. Give a time that is over: golden-path incident tells of what goes on.",
    ],
    [
      ['--from', 'yesterday', '--to', '2026-11-10T09:00Z'],
      "--from is 'yesterday'. Give a time in UTC, such as 2026-11-20T14:30Z.",
    ],
    [[], 'a postmortem is about a time. Give --from and --to, in UTC.'],
  ])('the time is wrong: %p', async (time, said) => {
    const args = ['postmortem', 'orders', '--prometheus', 'http://localhost:1', '-o', 'x.md'];
    const { status, stderr } = await folder.call([...args, ...time]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: `golden-path: ${said}\n` });
  });

  it('an application is given in the place of a service', async () => {
    expect(await asked([nothing], [], 'shop')).toMatchObject({
      status: 2,
      said: 'golden-path: shop is an application. Give one of its services: orders.\n',
    });
  });

  it('nobody knows the service', async () => {
    expect(await asked([nothing], [], 'order')).toMatchObject({
      status: 2,
      said: "golden-path: there is no service 'order'. Did you mean orders?\n",
    });
  });

  it('nobody is said to be asked', async () => {
    const { status, stderr } = await folder.call(['postmortem', 'orders', ...TIME]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'golden-path: there is nobody to ask. Give --prometheus <url>.\n',
    });
  });

  it('the data is that of another cluster', async () => {
    const { status, said, server } = await asked([info('shop-elsewhere')]);
    expect({ status, said }).toEqual({
      status: 2,
      said: `golden-path: ${server} has nothing of shop in prod (namespace shop-prod) in this time: it has shop in prod (namespace shop-elsewhere). Give the Prometheus of that environment, or the conditions that tell its cluster apart.\n`,
    });
  });

  it('the server has no sample of the time', async () => {
    const { status, said, server } = await asked([nothing, none]);
    expect({ status, said }).toEqual({
      status: 2,
      said: `golden-path: ${server} answers, and has no sample of this time: it did not run, or has thrown them away. Ask about a time within its retention, or the long-term store behind it.\n`,
    });
  });

  it('the server answers with a part of its data', async () => {
    const partial: Answer = says(
      200,
      JSON.stringify({
        status: 'success',
        data: { resultType: 'matrix', result: [] },
        warnings: ['store a is away'],
      }),
    );
    const { status, said } = await asked([info('shop-prod'), partial]);
    expect(status).toBe(2);
    expect(said).toContain('answered with a part of the data and warns: store a is away');
  });

  it('the server is slow', async () => {
    const { status, said } = await asked([() => undefined], ['--timeout', '1']);
    expect(status).toBe(2);
    expect(said).toContain('gave no answer within 1 s');
  });

  it('the server is not there', async () => {
    const args = ['postmortem', 'orders', '--prometheus', 'http://127.0.0.1:1', '-o', 'x.md'];
    const { status, stderr } = await folder.call([...args, ...TIME]);
    expect(status).toBe(2);
    expect(stderr).toContain('ECONNREFUSED');
  });
});

describe('golden-path postmortem check', () => {
  it('says what is owed, by file and line', async () => {
    folder.write('x.md', '# Postmortem\n\nneeds human: all of it\n');
    const { status, stdout } = await folder.call(['postmortem', 'check', 'x.md']);
    expect(status).toBe(1);
    expect(stdout).toContain('x.md:3: is not filled in: all of it\n');
  });

  it('knows what is no postmortem', async () => {
    folder.write('README.md', '# Mine\n\nText.\n');
    const { status, stdout } = await folder.call(['postmortem', 'check', 'README.md']);
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout:
        'README.md:1: is no postmortem: it has none of its parts. Let golden-path postmortem write one\n',
    });
  });

  it('needs a file that is there', async () => {
    const { status, stderr } = await folder.call(['postmortem', '--check', 'y.md']);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "golden-path: there is no file 'y.md'.\n",
    });
  });
});

describe('golden-path postmortem replay', () => {
  it('needs a file that is there', async () => {
    const args = ['postmortem', 'replay', 'nope.md', '--prometheus', 'http://127.0.0.1:1'];
    expect(await folder.call(args)).toMatchObject({
      status: 2,
      stderr: "golden-path: there is no file 'nope.md'.\n",
    });
  });

  it('takes no file that is none', async () => {
    folder.write('x.md', '# Mine\n');
    const { status, stderr } = await folder.call([
      ...['postmortem', 'replay', 'x.md', '--prometheus', 'http://127.0.0.1:1'],
    ]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        "golden-path: 'x.md' is no postmortem of golden-path: it does not begin with what and when it was. Give the service, with --from and --to.\n",
    });
  });

  it('says by how much a page came later than today', async () => {
    const rule = {
      alert: 'Burn',
      expr: 'failing > 0',
      labels: { application: 'shop', service: 'orders', severity: 'page' },
    };
    const rules = { groups: [{ name: 'x', interval: '30s', rules: [rule] }] };
    folder.write(
      'dist/prod/shop/signals.k8s.yaml',
      stringify({
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
        ...{ metadata: { name: 'x' }, spec: rules },
      }),
    );
    const server = await FakeServer.start([
      (response, seen) => {
        answer(seen.form.query ?? '', seen.path ?? '')(response, seen);
      },
    ]);
    try {
      const { status, stdout } = await folder.call([
        ...['postmortem', 'replay', 'orders', '--prometheus', server.url, '--quiet', ...TIME],
      ]);
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: [
          'alert  service  objective  then                 today',
          'Burn   orders   -          2026-11-10 11:00:00  2026-11-10 10:49:00',
          '',
          "Today's rules would have paged 11 min earlier. Times are in UTC, and may be 45 s off.",
          '',
        ].join('\n'),
      });
    } finally {
      await server.stop();
    }
  });
});

/** What a server that saw an outage from 10:49 on, and paged at 11:00, says. */
function answer(query: string, path: string): Answer {
  const at = (minute: number, count: number, step: number) =>
    Array.from({ length: count }, (_, index) => [BEGIN + minute * 60 + index * step, '1']);
  const rows = (metric: object, values: unknown): Answer =>
    success({ resultType: 'matrix', result: [{ metric, values }] });
  if (!path.endsWith('query_range')) return none;
  if (query.includes('golden_path:namespace:info')) return info('shop-prod');
  if (query.startsWith('ALERTS{')) {
    const labels = { alertname: 'Burn', application: 'shop', service: 'orders', severity: 'page' };
    return rows({ ...labels, alertstate: 'firing' }, at(60, 20, 15));
  }
  return query.includes('failing') ? rows({}, at(49, 40, 30)) : nothing;
}
