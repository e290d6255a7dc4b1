import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { architecturePage, problemsPage } from '../../scripts/docs';
import { rulesPage } from '../../scripts/rules-page';
import { blocksOf, exampleFolder, exampleOf, pageOf, root } from './examples';

const readme = pageOf('README.md');
const hatch = pageOf('docs/escape-hatch.md');
const guardrails = pageOf('docs/guardrails.md');
const mesh = pageOf('docs/mesh.md');
const { path: folder, write, typeErrors, remove } = exampleFolder('readme');
const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');

/** The block whose first line is a comment that names it. */
const named = (name: string, page = readme): string => exampleOf(page, name);
const shell = (command: string): string => {
  const ran = spawnSync('bash', ['-euo', 'pipefail', '-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
    // Bash takes a socket, as Node gives it one, for a remote shell, and reads the machine's bashrc.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect({ command, stderr: ran.stderr, status: ran.status }).toMatchObject({ status: 0 });
  return ran.stdout;
};

beforeAll(() => {
  write('package.json', '{}');
  const config = /`(\{ "compilerOptions".*?\})` in `tsconfig.json`/.exec(readme)?.[1];
  // The library is its sources here, and ten times as many as what a team compiles.
  const fast = { 'ts-node': { swc: true } };
  write('tsconfig.json', JSON.stringify({ ...(JSON.parse(config ?? '') as object), ...fast }));
  for (const name of ['platform.ts', 'shop.ts', 'main.ts', 'shop.test.ts'])
    write(name, named(name));
  write('stateful.ts', named('stateful.ts', hatch));
  shell(`node -r ${hook} main.ts`);
});
afterAll(remove);

describe('the README', () => {
  it('is under 200 lines', () => {
    expect(readme.split('\n').length).toBeLessThan(200);
  });

  it('has TypeScript that compiles against the library', () => {
    write(
      'globals.d.ts',
      "declare const test: typeof import('@jest/globals').test;\ndeclare const expect: typeof import('@jest/globals').expect;\n",
    );
    const names = [
      'platform.ts',
      'shop.ts',
      'main.ts',
      'shop.test.ts',
      'stateful.ts',
      'globals.d.ts',
    ];
    expect(typeErrors(names)).toEqual([]);
  });

  it('types the keys of perEnvironment by the platform that it shows', () => {
    write('wrong.ts', named('shop.ts').replace("prod: 'info'", ''));
    expect(typeErrors(['platform.ts', 'wrong.ts']).join()).toContain("Property 'prod' is missing");
  });

  it('adds a service with a dependency and a hostname in under 15 lines of formatted TypeScript', () => {
    const [, ...lines] = named('adds to shop.ts').trimEnd().split('\n');
    const text = `${lines.join('\n')}\n`;
    expect(lines.length).toBeLessThan(15);
    const cli = path.join(root, 'node_modules/prettier/bin/prettier.cjs');
    const args = [cli, '--config', path.join(root, '.prettierrc.json'), '--parser', 'typescript'];
    const formatted = spawnSync(process.execPath, args, { input: text, encoding: 'utf8' });
    expect(formatted.stdout).toBe(text);
    const shop = named('shop.ts');
    const end = shop.lastIndexOf('  }\n}');
    write('more.ts', shop.slice(0, end) + text + shop.slice(end));
    write('more-main.ts', named('main.ts').replace('./shop', './more'));
    expect(typeErrors(['platform.ts', 'more.ts'])).toEqual([]);
    shell(`CDK8S_OUTDIR=more node -r ${hook} more-main.ts`);
    const text2 = fs.readFileSync(path.join(folder, 'more/prod/shop/environment.k8s.yaml'), 'utf8');
    expect(text2).toContain('- reviews.example.com');
    const application = fs.readFileSync(
      path.join(folder, 'more/prod/shop/application.k8s.yaml'),
      'utf8',
    );
    expect(application.match(/name: reviews$/gm)?.length).toBeGreaterThan(4);
  });

  it('waives what it breaks, and says so in the model', () => {
    const shop = named('shop.ts').replace('{ Application,', '{ Application, waive,');
    const end = shop.lastIndexOf('  }\n}');
    const text = shop.slice(0, end) + named('waives in shop.ts', guardrails) + shop.slice(end);
    write('waived.ts', `import { JsonPatch } from 'cdk8s';\n${text}`);
    write('waived-main.ts', named('main.ts').replace('./shop', './waived'));
    expect(typeErrors(['platform.ts', 'waived.ts'])).toEqual([]);
    shell(`CDK8S_OUTDIR=waived node -r ${hook} waived-main.ts`);
    const model = fs.readFileSync(path.join(folder, 'waived/model/shop.json'), 'utf8');
    expect(JSON.parse(model)).toMatchObject({
      waivers: [{ rule: 'read-only-root-filesystem', objects: [{ name: 'catalog' }] }],
    });
  });

  it('prints what it says after each command', () => {
    const all = blocksOf(readme);
    const commands = all.flatMap(({ language, text }, index) => {
      const next = all[index + 1];
      return language === 'sh' && text.includes('dist/') && next?.language === 'text'
        ? [[text, next.text] as const]
        : [];
    });
    expect(commands.length).toBeGreaterThan(0);
    for (const [command, output] of commands) expect(shell(command)).toBe(output);
  });

  it('shows the files that are written', () => {
    const layout =
      blocksOf(readme).find(({ text }) => text.includes('kustomization.yaml'))?.text ?? '';
    const named_ = [...layout.matchAll(/^ {2}([\w.]+\.yaml) /gm)].map(([, name]) => name);
    const facets = named_.filter((name) => name !== 'observability.k8s.yaml').sort();
    expect(fs.readdirSync(path.join(folder, 'dist/dev/shop')).sort()).toEqual(facets);
    expect(fs.existsSync(path.join(folder, 'dist/model/shop.json'))).toBe(true);
  });

  it('shows a message as it is printed', () => {
    const message = blocksOf(readme)
      .find(({ text }) => text.startsWith('ScaleInverted'))
      ?.text.trim();
    write('wrong-scale.ts', named('shop.ts').replace('{ min: 2, max: 10 }', '{ min: 5, max: 3 }'));
    write('wrong-main.ts', named('main.ts').replace('./shop', './wrong-scale'));
    const { stderr } = spawnSync(process.execPath, ['-r', hook, 'wrong-main.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr.replace('wrong-scale.ts', 'shop.ts')).toContain(message ?? 'no message');
  });

  it('has a test that passes', () => {
    write(
      'shop.test.ts',
      `import { expect, test } from '@jest/globals';\n${named('shop.test.ts')}`,
    );
    const config = JSON.stringify({
      rootDir: folder,
      transform: {
        '\\.ts$': [
          require.resolve('@swc/jest'),
          {
            jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
            module: { type: 'commonjs' },
          },
        ],
      },
    });
    const jest = path.join(root, 'node_modules/jest/bin/jest.js');
    const ran = spawnSync(process.execPath, [jest, '--config', config, 'shop.test'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(ran.stderr).toContain('1 passed');
  });

  it('links to pages that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    const missing = links.filter(
      (link) => !link.startsWith('https:') && !fs.existsSync(path.join(root, link)),
    );
    expect(missing).toEqual([]);
  });
});

describe('docs/', () => {
  it('has a page of problems that is made from the code', () => {
    expect(pageOf('docs/problems.md')).toBe(problemsPage);
  });

  it('has a page of rules that is made from the rules', () => {
    expect(pageOf('docs/rules.md')).toBe(rulesPage());
  });

  it('draws the picture of ARCHITECTURE.md from the imports', () => {
    expect(pageOf('ARCHITECTURE.md')).toBe(architecturePage());
  });

  it('shows guardrails that compile and synthesize', () => {
    const imports = "import { AdmissionPolicies } from 'cdk8s-golden-path';\n";
    const own = named('platform.ts', guardrails);
    const stock = named('platform.ts').split('export const platform')[0] ?? '';
    const rest = /declare module[^]*$/.exec(named('platform.ts'))?.[0] ?? '';
    write('guarded.ts', `${stock}${own.split('\n').slice(1).join('\n')}${rest}`);
    const main = named('main.ts').replace('./platform', './guarded');
    const adds = named("adds to main.ts, in the platform team's own repository", guardrails);
    write('guarded-main.ts', imports + main.replace('app.synth()', `${adds}app.synth()`));
    expect(typeErrors(['guarded.ts', 'guarded-main.ts'])).toEqual([]);
    const run = `CDK8S_OUTDIR=guarded node -r ${hook} guarded-main.ts`;
    // Its images have tags, and it says that they must have digests.
    expect(shell(`${run} 2>&1 || true`)).toMatch(/image-digest-pinned at shop\/catalog/);
    const text = fs.readFileSync(path.join(folder, 'guarded.ts'), 'utf8');
    write('guarded.ts', text.replace(/^.*'image-digest-pinned'.*$/m, ''));
    shell(run);
    const policies = path.join(folder, 'guarded/prod/cluster/guardrails.k8s.yaml');
    expect(fs.readFileSync(policies, 'utf8')).toContain("['ghcr.io/example/']");
  });

  it('shows a mesh that compiles and synthesizes', () => {
    const options = blocksOf(mesh).find(({ text }) => text.startsWith('Mesh.istioAmbient('))?.text;
    const page = named('mesh.ts', mesh);
    write('mesh.ts', page);
    write('plain-mesh.ts', page.replace('Mesh.istioAmbient()', options?.trim().slice(0, -1) ?? ''));
    const main = (platform: string): string => `
      import { Application, WebService } from 'cdk8s-golden-path';
      import { platform } from './${platform}';
      const app = platform();
      const shop = new Application(app, 'shop', { owner: 'team-shop' });
      const image = 'ghcr.io/example/shop:1.0.0';
      const health = '/ready';
      const cart = new WebService(shop, 'cart', { image, port: 8080, health });
      new WebService(shop, 'web', { image, port: 8080, health, uses: [cart] });
      app.synth();`;
    for (const name of ['mesh', 'plain-mesh']) {
      write(`${name}-main.ts`, main(name));
      expect(typeErrors([`${name}.ts`, `${name}-main.ts`])).toEqual([]);
      shell(`CDK8S_OUTDIR=${name} node -r ${hook} ${name}-main.ts`);
      const file = path.join(folder, `${name}/prod/shop/mesh.k8s.yaml`);
      expect(fs.readFileSync(file, 'utf8')).toContain('serviceAccounts:\n              - web');
      expect(fs.readdirSync(path.join(folder, `${name}/dev/shop`))).not.toContain('mesh.k8s.yaml');
    }
  });

  it('shows an escape hatch whose objects synthesize without a problem', () => {
    write(
      'stateful-main.ts',
      named('main.ts').replace('./shop', './stateful').replaceAll('Shop', 'ShopWithSearch'),
    );
    shell(`CDK8S_OUTDIR=stateful node -r ${hook} stateful-main.ts`);
    const text = fs.readFileSync(
      path.join(folder, 'stateful/dev/shop/application.k8s.yaml'),
      'utf8',
    );
    expect(text).toContain('kind: StatefulSet');
  });
});
