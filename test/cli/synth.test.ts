import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recover, swap } from '../../lib/cli/swap';
import { packageVersion } from '../../lib/cli/version';

const root = path.resolve(__dirname, '../..');
const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');
const bin = path.join(root, 'lib/cli/bin.ts');
let folder = '';

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const run = (args: readonly string[]): Ran =>
  spawnSync(process.execPath, ['-r', hook, bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TS_NODE_PROJECT: path.join(root, 'tsconfig.json') },
  });
const write = (file: string, text: string): void => {
  fs.writeFileSync(path.join(folder, file), text);
};
const app = (image: string, extra = ''): void => {
  write(
    'main.ts',
    `import { Application, Capacity, Dns, Environment, Platform, WebService } from '${root}/lib';
const network = { dns: Dns.kubeDns() };
const platform = new Platform({ environments: [new Environment('dev', { network, capacity: Capacity.single() })] });
const shop = new Application(platform, 'shop', { owner: 'team-a' });
new WebService(shop, 'orders', { image: '${image}', port: 8080, health: '/ready' });
${extra}
platform.synth();
`,
  );
  write('cdk8s.yaml', `app: node -r ${hook} main.ts\n`);
};
const dist = (file: string): string => path.join(folder, 'dist', file);
const leftovers = (): readonly string[] =>
  fs.readdirSync(folder).filter((name) => name.startsWith('.dist'));

describe('golden-path synth', () => {
  it('writes the output, then only what changed, and removes what is gone', () => {
    app(
      'x/orders:1',
      `new WebService(new Application(platform, 'old', { owner: 'a' }), 'a', { image: 'x:1', port: 8080, health: '/r' });`,
    );
    const first = run(['synth']);
    expect(first.stderr).toBe(
      'dev requests 0.2 cores, 512Mi\ndist: 8 written, 0 removed, 0 unchanged\n',
    );
    expect(first.stdout).toMatch(/^old {2}[0-9a-f]{12} {2}dev\nshop {2}[0-9a-f]{12} {2}dev\n$/);
    expect(first.status).toBe(0);
    fs.utimesSync(dist('dev/shop/kustomization.yaml'), 1, 1);

    app('x/orders:2');
    const second = run(['synth']);
    expect(second.stderr).toBe(
      'dev requests 0.1 cores, 256Mi\ndist: 2 written, 4 removed, 2 unchanged\n',
    );
    expect(fs.existsSync(dist('dev/old'))).toBe(false);
    expect(fs.statSync(dist('dev/shop/kustomization.yaml')).mtimeMs).toBe(1000);
    expect(leftovers()).toEqual([]);
  });

  it('leaves the output as it was when there are problems, and says them all', () => {
    app('x/orders:1');
    run(['synth']);
    const before = fs.readFileSync(dist('dev/shop/application.k8s.yaml'), 'utf8');
    app('x/orders:latest');
    const { status, stdout, stderr } = run(['synth']);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `1 problem
  ImageUnpinned at shop/orders (main.ts:5): image is 'x/orders:latest'. Give a version tag or a digest.
dist is as it was.
`,
    );
    expect(fs.readFileSync(dist('dev/shop/application.k8s.yaml'), 'utf8')).toBe(before);
    expect(leftovers()).toEqual([]);
  });

  it('leaves the output as it was when the app crashes, and shows why', () => {
    app('x/orders:1');
    run(['synth']);
    app('x/orders:1', 'null.boom;');
    const { status, stderr } = run(['synth']);
    expect(status).toBe(1);
    expect(stderr).toContain("TypeError: Cannot read properties of null (reading 'boom')");
    expect(fs.existsSync(dist('dev/shop/application.k8s.yaml'))).toBe(true);
  });

  it('prints its result as JSON', () => {
    app('x/orders:latest');
    const { status, stdout } = run(['synth', '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      ok: false,
      output: 'dist',
      problems: [
        { code: 'ImageUnpinned', at: 'shop/orders', source: { file: 'main.ts', line: 5 } },
      ],
    });
    app('x/orders:1');
    expect(JSON.parse(run(['synth', '--json']).stdout)).toMatchObject({
      ok: true,
      applications: [{ application: 'shop', owner: 'team-a', environments: ['dev'] }],
      files: { written: 4 },
      problems: [],
    });
  });

  it('writes what stock cdk8s synth writes', () => {
    app('x/orders:1');
    run(['synth']);
    const ours = fs.readFileSync(dist('dev/shop/application.k8s.yaml'), 'utf8');
    const cli = path.join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
    const stock = spawnSync(process.execPath, [cli, 'synth', '-o', 'stock', '--no-check-upgrade'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TS_NODE_PROJECT: path.join(root, 'tsconfig.json') },
    });
    expect(stock.status).toBe(0);
    expect(fs.readFileSync(path.join(folder, 'stock/dev/shop/application.k8s.yaml'), 'utf8')).toBe(
      ours,
    );
  });

  it('says what is wrong with the way it is called, without a stack', () => {
    expect(run(['synth'])).toMatchObject({
      status: 2,
      stderr:
        'golden-path: there is no app to run. Add `app: node main.js` to cdk8s.yaml, or give --app.\n',
    });
    write('cdk8s.yaml', 'app: [\n');
    expect(run(['synth']).stderr).toMatch(/^golden-path: cdk8s.yaml cannot be read: /);
    app('x/orders:1');
    expect(run(['synth', '-o', '.']).stderr).toMatch(
      /^golden-path: the output folder .* holds the project itself\./,
    );
    fs.mkdirSync(path.join(folder, 'src'));
    write('src/a.ts', '');
    const { status, stderr } = run(['synth', '-o', 'src']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/src holds a\.ts, which no synthesis wrote\. Give another folder/);
    expect(run(['synth', '-o', 'main.ts']).stderr).toMatch(/main\.ts is a file\./);
    fs.rmSync(path.join(folder, 'node_modules'));
    expect(run(['synth']).status).toBe(2);
    const unknown = run(['snyth']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('Did you mean synth?');
  });

  it('warns of sizes of applications that the output does not have', () => {
    const applications = { gone: {}, shop: {} };
    write('sizing.lock.json', JSON.stringify({ version: 1, applications }));
    const sizingLock = path.join(folder, 'sizing.lock.json');
    app(
      'x/orders:1',
      `const more = new Application(platform, 'more', { owner: 'team-a', sizingLock: '${sizingLock}' });
new WebService(more, 'stock', { image: 'x/stock:1', port: 8080, health: '/ready' });`,
    );
    const { status, stderr } = run(['synth', '-q']);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr:
        'warning: sizing.lock.json has sizes of gone, which this output does not have. Delete applications.gone from it, unless another project uses it.\n',
    });
    expect(JSON.parse(fs.readFileSync(dist('model/more.json'), 'utf8'))).toMatchObject({
      sizingLock: 'sizing.lock.json',
    });
  });

  it('says when the app wrote nothing', () => {
    write('cdk8s.yaml', 'app: node -e 0\n');
    const { status, stderr } = run(['synth']);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'The app wrote nothing: does it call synth(), and has it an Application?',
    );
  });

  it('keeps the output when a plain App synthesized instead of a Platform', () => {
    app('x/orders:1');
    run(['synth']);
    write(
      'main.ts',
      `import { App, Chart, ApiObject } from 'cdk8s';\nconst app = new App();\nnew ApiObject(new Chart(app, 'c'), 'o', { apiVersion: 'v1', kind: 'ConfigMap' });\napp.synth();\n`,
    );
    const { status, stderr } = run(['synth']);
    expect(status).toBe(1);
    expect(stderr).toContain('No Platform synthesized');
    expect(fs.existsSync(dist('dev/shop/application.k8s.yaml'))).toBe(true);
  });

  it('prints its version', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${packageVersion()}\n` });
  });
});

describe('the swap', () => {
  const make = (name: string, files: Readonly<Record<string, string>>): string => {
    const at = path.join(folder, name);
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
      fs.writeFileSync(path.join(at, file), text);
    }
    return at;
  };

  it('puts one folder in the place of another and counts', () => {
    const output = make('out', { 'a/same': '1', 'a/changed': '1', gone: '1' });
    const fresh = make('fresh', { 'a/same': '1', 'a/changed': '2', new: '1' });
    expect(swap(fresh, output)).toEqual({ written: 2, removed: 1, unchanged: 1 });
    expect(fs.readdirSync(output, { recursive: true }).sort()).toEqual([
      'a',
      'a/changed',
      'a/same',
      'new',
    ]);
    expect(fs.existsSync(fresh)).toBe(false);
  });

  it('mends a crash between its two renames', () => {
    make('.out-previous', { a: '1' });
    recover(path.join(folder, 'out'));
    expect(fs.readFileSync(path.join(folder, 'out/a'), 'utf8')).toBe('1');
  });
});
