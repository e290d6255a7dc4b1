import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns, kubectl, quietly } from './kubectl';

const root = path.join(__dirname, '..', '..');

/** Our own small CRDs, and the folder of the projects' where it is given. */
const OURS = path.join(root, 'imports', 'crds');
const THEIRS = process.env.GOLDEN_PATH_CRDS;

/** Upstream CRDs that need a newer Kubernetes than some that are tested, with the reason. Nothing that we emit is among them. */
const NEWER: Readonly<Record<string, string>> = {
  'grafana.integreatly.org_grafanadashboards.yaml':
    "its rules call format.uuid(), which Kubernetes' CEL has since 1.32",
};

const filesIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(folder, name));

/** Installs the CRDs of the projects once for all tests: jest calls it before them. */
export default async function installAll(): Promise<void> {
  const theirs = THEIRS === undefined ? [] : filesIn(THEIRS);
  if (theirs.length === 0 && THEIRS !== undefined) {
    throw new Error(`GOLDEN_PATH_CRDS names ${THEIRS}, which holds none.`);
  }
  const texts = theirs.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
  const names = new Set(texts.match(/^ {2}name: \S+$/gm));
  // Ours for the projects that are not among theirs.
  const others = filesIn(OURS).filter((file) => {
    const name = /^ {2}name: \S+$/m.exec(fs.readFileSync(file, 'utf8'))?.[0] ?? '';
    return !names.has(name);
  });
  const files = [...theirs, ...others];
  const results = await inTurns(files, async (file) => {
    const args = ['apply', '--server-side', '-f', file];
    return { file: path.basename(file), ...(await kubectl(args)) };
  });
  const refused = results.filter(({ code }) => code !== 0);
  for (const { file, stderr } of refused) {
    if (!Object.hasOwn(NEWER, file)) throw new Error(`${file}: ${stderr}`);
  }
  await established();
  process.stderr.write(`${files.length - refused.length} files of CRDs are installed\n`);
}

/** Installs a kind of a test's own, and waits until it is served. */
export async function installCrd(crd: object): Promise<void> {
  await quietly(['apply', '--server-side', '-f', '-'], JSON.stringify(crd));
  await established();
}

/** kubectl gives up at once on a CRD that has no status yet. */
async function established(): Promise<void> {
  const args = ['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all'];
  for (let tries = 0; tries < 100; tries++) {
    const { code } = await kubectl(args);
    if (code === 0) return;
    await sleep(200);
  }
  await quietly(args);
}
