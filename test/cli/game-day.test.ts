import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { repository } from '../../apps/repository';
import { FakeServer, success } from '../prometheus/fake-server';
import { ProjectFolder } from './project-folder';

const { models } = repository().render();
const EXPERIMENT = 'fail-broker-under-api';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
  for (const model of models) {
    folder.write(`dist/model/${model.application}.json`, JSON.stringify(model));
  }
});
afterEach(() => {
  folder.remove();
});

const RULE = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: x }
spec: { groups: [{ name: x, interval: 30s, rules: [{ record: x, expr: vector(1) }] }] }
`;

const written = (): readonly string[] => {
  const below = path.join(folder.path, 'game-days');
  return fs.existsSync(below) ? fs.readdirSync(below, { recursive: true }).map(String).sort() : [];
};

describe('golden-path game-day rehearse', () => {
  it('refuses what it cannot rehearse', async () => {
    const refused = async (...args: readonly string[]) =>
      (await folder.call(['game-day', 'rehearse', ...args])).stderr;
    expect(await refused('invoice')).toContain(
      "there is no application 'invoice'. Did you mean invoices?",
    );
    expect(await refused('invoices', '-e', 'prd')).toContain('Did you mean prod?');
    expect(await refused('invoices', '--factor', '0')).toBe(
      "golden-path: --factor is '0'. Give a whole number from 1 to 120.\n",
    );
    expect(await refused('online-boutique', '-e', 'dev')).toContain(
      'there is no file dist/staging/online-boutique/signals.k8s.yaml, which',
    );
  });

  it('refuses rules that are missing, cannot be read, or are none', async () => {
    const refused = () => folder.call(['game-day', 'rehearse', 'invoices']);
    const said = (stderr: string) => ({
      status: 2,
      stdout: '',
      stderr: `golden-path: ${stderr}\n`,
    });
    const file = 'dist/prod/invoices/signals.k8s.yaml';
    const missing = `there is no file ${file}, which holds the rules and alerts by the model beside it. Run golden-path synth.`;
    expect(await refused()).toEqual(said(missing));
    fs.mkdirSync(path.join(folder.path, file), { recursive: true });
    expect(await refused()).toEqual(said(missing));
    fs.rmdirSync(path.join(folder.path, file));
    folder.write(file, 'kind: PrometheusRule\na: [');
    const { status, stderr } = await refused();
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(`${file} cannot be read: the YAML`),
    ]);
    for (const groups of ['3', '[3]', '[{ name: x, interval: 30s, rules: [3] }]']) {
      folder.write(file, RULE.replace(/groups: .*/, `groups: ${groups} }`));
      expect(await refused()).toEqual(
        said(
          'a PrometheusRule in dist/prod/invoices is broken: each of its groups has a name, an interval, and rules with an expression. Run golden-path synth.',
        ),
      );
    }
  });

  it('knows applications that have no rules', async () => {
    const [model] = models.filter(({ application }) => application === 'invoices');
    const environments = model?.environments.map((each) => ({ ...each, files: [] }));
    folder.write('dist/model/invoices.json', JSON.stringify({ ...model, environments }));
    expect((await folder.call(['game-day', 'rehearse', 'invoices'])).stderr).toContain(
      'the output folder has no rules of invoices in prod. Give the platform defaults: { signals:',
    );
  });

  it('writes one postmortem, of one experiment, over nothing that is not generated', async () => {
    folder.write('dist/prod/invoices/signals.k8s.yaml', RULE);
    folder.write('ours.md', 'ours\n');
    const refused = (file: string, ...ids: readonly string[]) =>
      folder.call([
        ...['game-day', 'rehearse', 'invoices', '--postmortem', file, '--bin', '/nowhere'],
        ...ids.flatMap((id) => ['--experiment', id]),
      ]);
    expect(await refused('new.md', EXPERIMENT, 'kill-pod-of-api')).toEqual({
      ...{ status: 2, stdout: '' },
      stderr:
        'golden-path: a postmortem is about one incident, and 2 are rehearsed. Give one --experiment.\n',
    });
    const { status, stderr } = await refused('ours.md', EXPERIMENT);
    expect([status, stderr]).toEqual([2, expect.stringContaining("'ours.md' was changed")]);
    expect(folder.read('ours.md')).toBe('ours\n');
    expect((await refused('new.md', EXPERIMENT)).stderr).toContain('there is no prometheus in');
  });

  it('says how to get the servers where they are not', async () => {
    folder.write('dist/prod/invoices/signals.k8s.yaml', RULE);
    const args = ['--experiment', EXPERIMENT, '--bin', '/nowhere', '--record'];
    const { status, stderr, stdout } = await folder.call([
      'game-day',
      'rehearse',
      'invoices',
      ...args,
    ]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      "there is no prometheus in '/nowhere' (--bin), no promtool in '/nowhere' (--bin), no alertmanager or prometheus-alertmanager in '/nowhere' (--bin). Install Prometheus, which has promtool, and Alertmanager by",
    );
    expect(written()).toEqual([]);
    folder.write('notes', 'no program');
    const named = ['--promtool-bin', '/no/promtool', '--alertmanager-bin', 'notes'];
    const where = await folder.call([...['game-day', 'rehearse', 'invoices'], ...args, ...named]);
    expect(where.stderr).toContain(
      "no prometheus in '/nowhere' (--bin), nothing at '/no/promtool' (--promtool-bin), no program that may be run at 'notes' (--alertmanager-bin). Install",
    );
    const misspelled = ['--experiment', 'fail-broker-under-apy'];
    const near = await folder.call(['game-day', 'rehearse', 'invoices', ...misspelled]);
    expect([near.status, near.stderr]).toEqual([
      2,
      "golden-path: there is no experiment 'fail-broker-under-apy'. Did you mean fail-broker-under-api?\n",
    ]);
  });
});

describe('golden-path game-day rehearse with a program that is another', () => {
  it('names the program, what it said, and how to name another', async () => {
    folder.write('dist/prod/invoices/signals.k8s.yaml', RULE);
    for (const name of ['prometheus', 'promtool', 'alertmanager']) {
      folder.write(`bin/${name}`, '#!/bin/sh\necho level=error it has a cold >&2\nexit 7\n');
      fs.chmodSync(path.join(folder.path, 'bin', name), 0o755);
    }
    const args = ['--experiment', EXPERIMENT, '--bin', 'bin', '-q'];
    const { status, stderr } = await folder.call(['game-day', 'rehearse', 'invoices', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'golden-path: Alertmanager did not start: it ended with exit code 7:\nlevel=error it has a cold\nThe program is ',
    );
    expect(stderr).toContain('/bin/alertmanager. If it is not alertmanager, name another by');
    expect(stderr).toContain(' by --alertmanager-bin or --bin. Install Prometheus');
  });
});

describe('golden-path game-day verify', () => {
  const verify = (url: string, ...more: readonly string[]) =>
    folder.call([
      ...['game-day', 'verify', 'invoices', '--experiment', EXPERIMENT, '-e', 'prod'],
      ...[
        '--prometheus',
        url,
        '--record',
        '--from',
        '2026-10-20T10:00Z',
        '--to',
        '2026-10-20T10:10Z',
      ],
      ...more,
    ]);

  it('refuses a time that is none, before anybody is asked', async () => {
    const { status, stderr } = await verify('http://127.0.0.1:1', '--to', '2026-10-20T09:00Z');
    expect(status).toBe(2);
    expect(stderr).toContain(
      "--to is '2026-10-20T09:00Z', which is not after --from. Give the later one.",
    );
    expect((await verify('http://127.0.0.1:1', '--from', 'noon')).stderr).toContain(
      "--from is 'noon'. Give a time in UTC, such as 2026-11-20T14:30Z.",
    );
    expect((await verify('http://127.0.0.1:1', '--to', '2026-10-22T10:00Z')).stderr).toBe(
      'golden-path: --from and --to are more than a day and 6 min apart. Give the time of one experiment.\n',
    );
    // The ticket about a schedule that runs once a working day comes after days.
    const days = ['--experiment', 'suspend-reminders', '--to', '2026-10-23T10:00Z'];
    expect((await verify('http://127.0.0.1:1', ...days)).stderr).toContain('ECONNREFUSED');
  });

  it('writes nothing when no server answers', async () => {
    const { status, stdout, stderr } = await verify('http://127.0.0.1:1');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('ECONNREFUSED');
    expect(written()).toEqual([]);
  });

  it('writes nothing by the data of another cluster', async () => {
    const server = await FakeServer.start([
      success({
        resultType: 'matrix',
        result: [
          {
            metric: { application: 'other', environment: 'dev', namespace: 'other-dev' },
            values: [[Date.UTC(2026, 9, 20, 10) / 1000, '1']],
          },
        ],
      }),
    ]);
    try {
      const { status, stdout, stderr } = await verify(server.url);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(
        'has nothing of invoices in prod (namespace invoices-prod) in this time',
      );
      expect(written()).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('says that nobody was asked for silences, and holds nothing of one sample', async () => {
    const at = Date.UTC(2026, 9, 20, 10) / 1000;
    const place = { application: 'invoices', environment: 'prod', namespace: 'invoices-prod' };
    const server = await FakeServer.start([
      success({ resultType: 'matrix', result: [{ metric: place, values: [[at, '1']] }] }),
      success({ resultType: 'vector', result: [] }),
      success({ resultType: 'matrix', result: [] }),
    ]);
    try {
      const { status, stdout, stderr } = await verify(server.url, '--injected', 'up');
      expect(status).toBe(1);
      expect(stderr).toContain(
        'warning: no Alertmanager was asked, so silences are not known. Give its address by --alertmanager.\n',
      );
      expect(stdout).toContain('inconclusive: fail-broker-under-api in prod\n');
      expect(stdout).not.toMatch(/^ {2}held/m);
      expect(written()).toContain('invoices/2026-10-20T100000-fail-broker-under-api.prod.json');
    } finally {
      await server.stop();
    }
  });
});

describe('golden-path game-day coverage', () => {
  it('says what is in its way', async () => {
    const coverage = async () => (await folder.call(['game-day', 'coverage'])).stderr;
    folder.write('game-days', 'ours');
    expect(await coverage()).toBe(
      'golden-path: game-days is a file, where verdicts are recorded in a folder of that name. Move it away.\n',
    );
    folder.write(
      'dist/model/old.json',
      '{"application":"old","workloads":[],"services":[],"environments":[]}',
    );
    expect(await coverage()).toMatch(
      /old\.json is of an older golden-path, without edges\. Run golden-path synth\.\n$/,
    );
    fs.rmSync(path.join(folder.path, 'dist'), { recursive: true });
    expect(await coverage()).toMatch(
      /^golden-path: there is no model in '.*'\. Run golden-path synth first, in the repository of the application: there is no cdk8s\.yaml in this folder\.\n$/,
    );
  });

  it('finds what was never exercised, and records that are broken', async () => {
    const today = new Date().toISOString();
    const verdict = {
      ...{ application: 'invoices', experiment: EXPERIMENT, environment: 'prod', rehearsed: true },
      ...{ began: today, ended: today, outcome: 'held', answers: [] },
    };
    folder.write('game-days/invoices/a.json', JSON.stringify(verdict));
    folder.write('game-days/invoices/b.json', '{');
    // A plan is none.
    folder.write('game-days/invoices/prod/experiments/kill-pod-of-api.json', '{}');
    const { status, stdout, stderr } = await folder.call(['game-day', 'coverage', 'invoices']);
    expect(status).toBe(1);
    expect(stderr).toBe('warning: game-days/invoices/b.json is broken: it is no JSON\n');
    expect(stdout).toContain('invoices: 1 of 14 claims and 1 of 6 edges were exercised lately.');
    expect(stdout).toMatch(
      new RegExp(`hard-edge +${EXPERIMENT} +held ${today.slice(0, 10)} prod +- +-\n`),
    );
    expect(stdout).toMatch(/replicas +kill-pod-of-api +- +- +never exercised/);
  });
});
