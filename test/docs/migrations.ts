import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** The text of docs/migrations.md. */
export const migrations = fs.readFileSync(path.join(root, 'docs', 'migrations.md'), 'utf8');

/** The first script under a heading. */
export function shellOf(heading: string): string {
  const [, text = ''] = migrations.split(`\n## ${heading}\n`);
  return /^```sh\n([\s\S]*?)^```$/m.exec(text)?.[1] ?? `no script under ${heading}`;
}

const MAIN = `
import { Capacity, Dns, Environment, Platform } from '${path.join(root, 'lib')}';
import { Shop } from './shop';
const facts = {
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.single(),
  secretStore: { name: 'vault' },
};
const environments = ['dev', 'prod'].map((name) => new Environment(name, facts));
const app = new Platform({ environments, outdir: 'dist' });
new Shop(app);
app.synth();
`;

/** The library is its sources here, and ten times as many as what a team compiles. */
const config = {
  compilerOptions: { target: 'ES2022', module: 'Node16', strict: true, skipLibCheck: true },
  'ts-node': { swc: true },
};

/** A new folder, below the modules of this repository. */
export function newFolder(): string {
  const temp = path.join(root, 'temp');
  fs.mkdirSync(temp, { recursive: true });
  return fs.mkdtempSync(path.join(temp, 'migrations-'));
}

/**
 * Synthesizes the application of the page into `dist/` of a folder.
 * @throws Error when it does not compile or has a problem
 */
export function synthesizeShop(folder: string, image: string): void {
  const shop = /^```ts\n([\s\S]*?)^```$/m.exec(migrations)?.[1] ?? '';
  const text = shop
    .replace("'cdk8s-golden-path'", `'${path.join(root, 'lib')}'`)
    .replace(/orders:[\d.]+/, image);
  fs.writeFileSync(path.join(folder, 'shop.ts'), text);
  fs.writeFileSync(path.join(folder, 'main.ts'), MAIN);
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const hook = path.join(root, 'node_modules', 'ts-node', 'register', 'transpile-only');
  const ran = spawnSync(process.execPath, ['-r', hook, 'main.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
}
