import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hook, ProjectFolder, root } from './project-folder';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => folder.remove());

const pod = (name: string, more = 'hostNetwork: true'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {${more}}\n`;
const baseline = ['--pack', 'baseline'] as const;

interface Judged {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly rule: string;
    readonly object: { readonly name: string; readonly namespace?: string };
    readonly place?: { readonly file: string; readonly line: number };
    readonly source?: { readonly file: string; readonly line: number };
    readonly at?: string;
    readonly waiver?: object;
  }[];
  readonly problems: readonly { readonly code: string }[];
  readonly without: object;
}
const judged = async (args: readonly string[]): Promise<Judged> =>
  JSON.parse((await folder.call(['check', '--json', ...args])).stdout) as Judged;

describe('golden-path check of files', () => {
  it('judges files, folders and the standard input', () => {
    folder.write('k8s/b.yml', pod('b'));
    folder.write('k8s/deep/a.yaml', `---\n${pod('a')}`);
    folder.write(
      'k8s/c.json',
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"},"spec":{"hostPID":true}}',
    );
    folder.write('k8s/values.yaml', 'image: x\nimage: y\n');
    folder.write('k8s/tsconfig.json', '{ // a comment\n "a": 1 }');
    folder.write('k8s/broken.json', '{ "a": [ }');
    folder.write('k8s/notes.txt', pod('no'));
    folder.write('k8s/.git/d.yaml', pod('no'));
    folder.write('k8s/node_modules/e.yaml', pod('no'));
    fs.symlinkSync('..', path.join(folder.path, 'k8s/deep/up'));
    folder.write('other.txt', pod('named'));
    const names = ['k8s', 'other.txt', './k8s/b.yml', '-'];
    const args = ['check', '--json', ...baseline, ...names];
    const { findings, problems } = JSON.parse(folder.run(args, pod('piped')).stdout) as Judged;
    expect(problems).toEqual([]);
    expect(findings.map(({ object, place }) => [object.name, place?.file, place?.line])).toEqual([
      ['b', 'k8s/b.yml', 1],
      ['c', 'k8s/c.json', 1],
      ['a', 'k8s/deep/a.yaml', 2],
      ['named', 'other.txt', 1],
      ['piped', '<stdin>', 1],
    ]);
  });

  it('says in text what is wrong, and by its exit code', async () => {
    folder.write('a.yaml', pod('a'));
    const { status, stdout, stderr } = await folder.call(['check', ...baseline, 'a.yaml']);
    expect(stdout).toMatch(/^Pod\/a at a\.yaml:1\n {2}error {4}no-host-namespaces: /);
    expect(stdout).toMatch(/\nFound 1 error\. Judged 1 object by \d+ rules\.\n$/);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    folder.write('good.yaml', pod('good', 'hostNetwork: false'));
    const good = await folder.call(['check', ...baseline, 'good.yaml']);
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toMatch(/^Nothing found\. Judged 1 object by \d+ rules\.\n$/);
  });

  it('fails from the level on that is given, and shows no more when it is quiet', async () => {
    folder.write('a.yaml', pod('a', 'containers: [{name: c, image: "x:1"}]'));
    const only = (level: string) => folder.call(['check', 'a.yaml', '--fail-on', level, '-q']);
    const shown = (await only('error')).stdout;
    expect(shown).toContain('error  ');
    expect(shown).not.toContain('warning  ');
    expect((await only('warning')).stdout).toContain('warning  ');
    expect(await only('never')).toMatchObject({ status: 0, stdout: '' });
    const advice = ['check', 'a.yaml', ...baseline, '--fail-on', 'info', '-q'];
    expect(await folder.call(advice)).toMatchObject({ status: 0, stdout: '' });
  });

  it('reports files that cannot be read as manifests, beside what it found', async () => {
    folder.write('k8s/a.yaml', pod('a'));
    folder.write('k8s/bad.yaml', 'apiVersion: v1\nkind: Pod\nkind: Job\n');
    folder.write('k8s/chart.yaml', 'apiVersion: v1\n{{ if .x }}\nkind: Pod\n{{ end }}\n');
    const { status, stdout } = await folder.call(['check', ...baseline, 'k8s']);
    expect(status).toBe(1);
    expect(stdout).toContain("FileInvalid at k8s/bad.yaml:3: the key 'kind' stands twice");
    expect(stdout).toContain('If it is a template, render it first');
    expect((await folder.call(['check', 'k8s/bad.yaml', '-q'])).status).toBe(1);
    folder.write('huge.yaml', new Uint8Array(21 * 2 ** 20).fill(97));
    expect((await folder.call(['check', 'huge.yaml'])).stdout).toContain('larger than 20 MiB');
    expect((await folder.call(['check', '/dev/zero'])).stdout).toContain('larger than 20 MiB');
  });

  it('leaves rules out for a reason, and takes a namespace', async () => {
    folder.write('a.yaml', pod('a'));
    const without = ['--without', 'no-host-namespaces=the node agent needs it = all of it'];
    expect(await judged([...baseline, ...without, 'a.yaml'])).toMatchObject({
      ok: true,
      findings: [],
      without: { 'no-host-namespaces': 'the node agent needs it = all of it' },
    });
    const [found] = (await judged([...baseline, '-n', 'shop', 'a.yaml'])).findings;
    expect(found?.object.namespace).toBe('shop');
  });

  it('writes every format, into a file too', async () => {
    folder.write('services/a.yaml', pod('a'));
    folder.write('.git/HEAD', '');
    const inside = async (format: string): Promise<string> =>
      (await folder.call(['check', ...baseline, 'a.yaml', '--format', format], 'services')).stdout;
    expect(await inside('github')).toMatch(
      /^::error file=services\/a\.yaml,line=1,title=no-host-namespaces::/,
    );
    expect(await inside('sarif')).toContain('"uri": "services/a.yaml"');
    expect(await inside('junit')).toContain('file="a.yaml" line="1"');
    const args = ['check', ...baseline, 'services/a.yaml', '--format', 'json', '-o', 'out.json'];
    const { status, stdout, stderr } = await folder.call(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^Found 1 error\. .* The report is in out\.json\.\n$/);
    expect(JSON.parse(folder.read('out.json'))).toMatchObject({ version: 1, ok: false });
  });

  it('says what is wrong with the way it is called', async () => {
    folder.write('a.yaml', pod('a'));
    folder.write('empty/x.yaml', 'a: b\n');
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['nope.yaml'], "there is no file or folder 'nope.yaml'."],
      [['empty'], 'there is no Kubernetes object in empty.'],
      [
        ['a.yaml', '--as-of', '2027-02-30'],
        "--as-of is '2027-02-30'. Give a day such as 2027-03-31.",
      ],
      [
        ['a.yaml', '--without', 'no-host-port=x'],
        "there is no rule 'no-host-port'. Did you mean no-host-ports?",
      ],
      [
        ['a.yaml', '--without', 'no-host-ports'],
        "--without no-host-ports has no reason. Write --without 'no-host-ports=the reason'.",
      ],
      [['a.yaml', '--app', 'x'], '--app runs the app, and files are judged as they are.'],
      [
        ['--pack', 'strict'],
        "--pack is for files; what the platform's own rules are, it decides itself.",
      ],
      [['a.yaml', '-o', 'no/such/folder.json'], 'the report cannot be written: '],
    ];
    for (const [args, message] of wrong) {
      const { status, stdout, stderr } = await folder.call(['check', ...args]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`golden-path: ${message}`);
    }
    expect(folder.run(['check', '-'])).toMatchObject({
      ...{ status: 2, stdout: '' },
      stderr: 'golden-path: there is no Kubernetes object in -.\n',
    });
    for (const args of [['--format', 'xml'], ['--fail-on', 'bad'], ['--pack', 'x'], ['--nope']]) {
      expect((await folder.call(['check', 'a.yaml', ...args])).status).toBe(2);
    }
  });
});

describe('golden-path check of a platform', () => {
  const app = (extra: string, guardrails = '{}'): void => {
    folder.write(
      'main.ts',
      `import { Application, Capacity, Dns, Environment, Platform, waive, WebService } from '${root}/lib';
import { ApiObject } from 'cdk8s';
const facts = { network: { dns: Dns.kubeDns() }, capacity: Capacity.single() };
const platform = new Platform({ environments: [new Environment('dev', facts), new Environment('prod', facts)], guardrails: ${guardrails} });
const shop = new Application(platform, 'shop', { owner: 'team-a' });
const orders = new WebService(shop, 'orders', { image: 'x/orders:1', port: 8080, health: '/ready' });
${extra}
platform.synth();
`,
    );
    folder.write('cdk8s.yaml', `app: node -r ${hook} main.ts\n`);
  };
  const raw =
    "const raw = new ApiObject(shop, 'raw', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'raw' }, spec: { hostNetwork: true } });";
  const waived = `${raw}\nwaive(raw, 'no-host-namespaces', { reason: 'it watches the network', owner: 'team-a', expires: '2027-03-31' });`;
  const only = "{ pack: 'baseline' }";

  it('judges what the app makes, by its own rules, and writes nothing', async () => {
    app(raw, only);
    const { ok, findings, problems } = await judged([]);
    expect(ok).toBe(false);
    expect(problems).toEqual([]);
    expect(findings).toMatchObject([
      {
        ...{ rule: 'no-host-namespaces', at: 'shop/raw', environments: ['dev', 'prod'] },
        source: { file: 'main.ts', line: 5 },
      },
    ]);
    expect((await folder.call(['check'])).stdout).toContain('Pod/raw at main.ts:5 (dev, prod)');
    expect(fs.readdirSync(folder.path).sort()).toEqual([
      'cdk8s.yaml',
      'main.ts',
      'node_modules',
      'package.json',
    ]);
    app('', only);
    expect(await folder.call(['check'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('counts a finding again when its waiver is over, as synth does without writing less', async () => {
    app(waived, only);
    expect(await judged(['--as-of', '2027-03-31'])).toMatchObject({
      ...{ ok: true, problems: [] },
      findings: [{ rule: 'no-host-namespaces', waiver: { owner: 'team-a' } }],
    });
    const late = await judged(['--as-of', '2027-04-01']);
    expect(late).toMatchObject({
      ok: false,
      problems: [{ code: 'WaiverExpired', at: 'shop/raw' }],
    });
    expect(late.findings[0]?.waiver).toBeUndefined();

    expect((await folder.call(['synth', '--as-of', '2027-03-31'])).status).toBe(0);
    const written = folder.read('dist/prod/shop/application.k8s.yaml');
    const synth = await folder.call(['synth', '--as-of', '2027-04-01']);
    expect(synth.status).toBe(1);
    expect(synth.stderr).toContain('error: WaiverExpired at shop/raw (main.ts:5): ');
    expect(synth.stderr).toMatch(/dist: 0 written, 0 removed, \d+ unchanged\n$/);
    expect(folder.read('dist/prod/shop/application.k8s.yaml')).toBe(written);
    expect(
      JSON.parse((await folder.call(['synth', '--json', '--as-of', '2027-04-01'])).stdout),
    ).toMatchObject({
      ...{ ok: false, problems: [{ code: 'WaiverExpired' }] },
    });

    const files = ['dist', ...baseline];
    expect(await judged([...files, '--as-of', '2027-03-31'])).toMatchObject({ ok: true });
    expect(await judged([...files, '--as-of', '2027-04-01'])).toMatchObject({ ok: false });
  });

  it('reports the problems of the platform beside its findings', async () => {
    app(
      `${raw}\nnew WebService(shop, 'late', { image: 'x:latest', port: 8080, health: '/r' });`,
      only,
    );
    const { problems, findings } = await judged([]);
    expect(problems.map(({ code }) => code)).toEqual(['ImageUnpinned']);
    expect(findings).toEqual([]);
  });

  it('says why when the app fails, or there is none', async () => {
    app('null.boom;');
    const { status, stdout, stderr } = await folder.call(['check', '--json']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain("TypeError: Cannot read properties of null (reading 'boom')");
    folder.write('cdk8s.yaml', '');
    expect(await folder.call(['check'])).toMatchObject({ status: 2 });
  });
});
