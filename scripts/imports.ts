/**
 * Generates `imports/<group>.ts` from `imports/crds/*.yaml` with cdk8s-cli, offline.
 * With `--check` nothing is written: exit 1 when the committed files differ.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';

interface CustomResourceDefinition {
  readonly spec: { readonly group: string; readonly names: { readonly kind: string } };
}

const root = resolve(__dirname, '..');
const imports = join(root, 'imports');
const crds = join(imports, 'crds');

const namesIn = (folder: string, suffix: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** One call for all: cdk8s-cli takes one specification and writes one file per group. */
function runImport(specification: string, output: string): string {
  const cli = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const options = ['--language', 'typescript', '--output', output, '--no-save'];
  const run = spawnSync(process.execPath, [cli, 'import', specification, ...options], {
    cwd: root,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    encoding: 'utf8',
  });
  return run.stderr;
}

/** cdk8s-cli exits 0 when it finds nothing to import, so the result is looked at. */
function generate(scratch: string): void {
  const specification = join(scratch, 'all.yaml');
  const texts = namesIn(crds, '.yaml').map((name) => textOf(join(crds, name)));
  writeFileSync(specification, texts.join('---\n'));
  const said = runImport(specification, scratch);
  for (const text of texts) {
    const { group, names } = (parse(text) as CustomResourceDefinition).spec;
    if (textOf(join(scratch, `${group}.ts`)).includes(`@schema ${names.kind}\n`)) continue;
    throw new Error(`cdk8s import made nothing of ${names.kind} in ${group}. It said:\n${said}`);
  }
}

function check(scratch: string): void {
  const names = new Set([...namesIn(scratch, '.ts'), ...namesIn(imports, '.ts')]);
  const stale = [...names]
    .filter((name) => textOf(join(scratch, name)) !== textOf(join(imports, name)))
    .map((name) => `imports/${name}`);
  if (stale.length === 0) return;
  process.stderr.write(
    `Not what cdk8s import makes of imports/crds: ${stale.join(', ')}. Run npm run imports.\n`,
  );
  process.exitCode = 1;
}

function write(scratch: string): void {
  for (const name of namesIn(imports, '.ts')) rmSync(join(imports, name));
  for (const name of namesIn(scratch, '.ts'))
    copyFileSync(join(scratch, name), join(imports, name));
}

mkdirSync(join(root, '.cache'), { recursive: true });
const scratch = mkdtempSync(join(root, '.cache', 'imports-'));
try {
  generate(scratch);
  if (process.argv.includes('--check')) check(scratch);
  else write(scratch);
} finally {
  rmSync(scratch, { recursive: true });
}
