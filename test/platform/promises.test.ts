import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import {
  Application,
  external,
  perEnvironment,
  Platform,
  ProblemsFound,
  secret,
  WebService,
  Worker,
} from '../../lib';
import { OnlineBoutique } from '../../apps/online-boutique';
import { platform } from '../../apps/platform';
import { repository } from '../../apps/repository';

const root = path.resolve(__dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const good = { image: 'ghcr.io/example/orders:1.4.2', port: 8080, health: '/ready' } as const;
/** An application that differs by environment in every way it can. */
class Shop extends Application {
  public constructor(scope: Platform) {
    super(scope, 'shop', { owner: 'team-a' });
    const catalog = new WebService(this, 'catalog', { ...good, metrics: {} });
    new WebService(this, 'orders', {
      ...good,
      env: {
        CATALOG: catalog.url,
        LEVEL: perEnvironment({ dev: 'debug', staging: 'info', prod: 'warn' }),
        KEY: secret('stripe-key'),
      },
      uses: [external('api.stripe.com')],
      expose: { host: 'orders' },
    });
    const presence = { stages: ['dev'], reason: 'artificial' } as const;
    new Worker(this, 'load', { image: 'x:1', presence, env: { TARGET: catalog.address } });
  }
}
const render = (): ReadonlyMap<string, string> => {
  const app = platform();
  new Shop(app);
  new OnlineBoutique(app);
  const { files, problems } = app.render();
  expect(problems).toEqual([]);
  return files;
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a synthesis', () => {
  it('gives the same bytes twice', () => {
    expect([...render()]).toEqual([...render()]);
  });

  it('gives the same bytes under another zone, locale, environment and working directory', () => {
    const run = (name: string, cwd: string, env: Record<string, string>): string => {
      const outdir = path.join(folder, name);
      const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');
      execFileSync(process.execPath, ['-r', hook, path.join(root, 'apps/main.ts')], {
        cwd,
        env: {
          PATH: process.env.PATH ?? '',
          CDK8S_OUTDIR: outdir,
          TS_NODE_PROJECT: path.join(root, 'tsconfig.json'),
          ...env,
        },
      });
      const files = fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort();
      const texts = files.filter((file) => fs.statSync(path.join(outdir, file)).isFile());
      return sha256(
        texts.map((file) => file + fs.readFileSync(path.join(outdir, file), 'utf8')).join(),
      );
    };
    const plain = run('plain', root, {});
    const odd = run('odd', os.tmpdir(), {
      TZ: 'Pacific/Chatham',
      LC_ALL: 'tr_TR.UTF-8',
      NODE_ENV: 'production',
      CDK8S_DISABLE_SORT: '1',
      CDK8S_LEGACY_HASH: '1',
      CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
      FOO: 'bar',
    });
    expect(odd).toBe(plain);
  });

  it('writes the application with one digest in every environment', () => {
    const files = render();
    for (const application of ['shop', 'online-boutique']) {
      const digests = ['dev', 'staging', 'prod'].map((environment) =>
        sha256(files.get(`${environment}/${application}/application.k8s.yaml`) ?? ''),
      );
      expect(new Set(digests).size).toBe(1);
      const model = JSON.parse(files.get(`model/${application}.json`) ?? '') as {
        readonly digests: Readonly<Record<string, string>>;
      };
      expect(model.digests.application).toBe(digests[0]);
    }
  });

  it('writes the rules with one digest wherever they stand, once for each Prometheus', () => {
    const files = render();
    const [dev, staging, prod] = ['dev', 'staging', 'prod'].map((environment) =>
      files.get(`${environment}/online-boutique/signals.k8s.yaml`),
    );
    expect(dev).toBeUndefined();
    expect(prod).toContain('kind: PrometheusRule');
    expect(staging).toBe(prod);
  });

  it('puts what differs into the environment alone', () => {
    const files = render();
    const phaseOne = [...files].filter(([name]) =>
      /^(dev|staging|prod)\/.*\.k8s\.yaml$/.test(name),
    );
    for (const [name, text] of phaseOne.filter(
      ([file]) => !file.endsWith('environment.k8s.yaml'),
    )) {
      expect({ name, text }).not.toEqual({
        name,
        text: expect.stringMatching(
          /^\s*namespace:|replicas:|example\.com|(^|[ ."'])(dev|staging|prod)($|[ ."'])/m,
        ),
      });
    }
  });

  it('has pod templates in phase-1 files only', () => {
    for (const [name, text] of render()) {
      if (!name.endsWith('environment.k8s.yaml')) continue;
      const kinds = parseAllDocuments(text).map(
        (document) => (document.toJS() as { kind: string }).kind,
      );
      expect(kinds).not.toContain('Deployment');
      expect(text).not.toContain('template:\n        spec:\n          containers');
    }
  });

  it('is read back from its YAML as what it was', () => {
    const app = platform();
    new Shop(app);
    const { files, manifests } = app.render();
    for (const [name, objects] of manifests) {
      const read = parseAllDocuments(files.get(name) ?? '').map(
        (document) => document.toJS() as object,
      );
      expect(read).toEqual(objects);
    }
  });

  it('writes, and leaves alone what did not change', () => {
    const outdir = path.join(folder, 'written');
    const write = (): void => {
      const app = new Platform({ environments: platform().environments, outdir });
      new Shop(app);
      app.synth();
    };
    const app = new Platform({ environments: platform().environments, outdir });
    new Shop(app);
    app.synth();
    const file = path.join(outdir, 'dev/shop/application.k8s.yaml');
    fs.utimesSync(file, 1, 1);
    app.synth();
    expect(fs.statSync(file).mtimeMs).toBe(1000);
    expect(write).toThrow(`OutputShared at platform (test/platform/promises.test.ts:`);
  });

  it('writes nothing when it fails', () => {
    const outdir = path.join(folder, 'failed');
    const app = new Platform({ environments: platform().environments, outdir });
    new WebService(new Application(app, 'shop', { owner: 'a' }), 'orders', { ...good, image: 'x' });
    expect(() => {
      app.synth();
    }).toThrow(ProblemsFound);
    expect(fs.existsSync(outdir)).toBe(false);
  });

  it('streams both phases as YAML', () => {
    const app = platform();
    new Shop(app);
    const kinds = parseAllDocuments(app.synthYaml()).map(
      (document) => (document.toJS() as { kind: string }).kind,
    );
    expect(kinds).toContain('Namespace');
    expect(kinds.filter((kind) => kind === 'Deployment')).toHaveLength(3 + 2 + 2);
  });
});

describe('dist/', () => {
  it('is what the sources synthesize', () => {
    const { files } = repository().render();
    const dist = path.join(root, 'dist');
    const found = fs
      .readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((file) => fs.statSync(path.join(dist, file)).isFile());
    expect(found.sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) {
      expect({ name, same: fs.readFileSync(path.join(dist, name), 'utf8') === text }).toEqual({
        name,
        same: true,
      });
    }
  });
});
