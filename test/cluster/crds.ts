import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns, kubectl, quietly } from './kubectl';

const root = path.join(__dirname, '..', '..');

const OWN = path.join(root, 'imports', 'crds');

/** The folder of the upstream projects' CRDs, else of our own small ones. */
const FOLDER = process.env.GOLDEN_PATH_CRDS ?? OWN;

/** Upstream CRDs that need a newer Kubernetes than some that are tested, with the reason. There our own small ones stand in. */
const NEWER: Readonly<Record<string, string>> = {
  'grafana.integreatly.org_grafanadashboards.yaml':
    "its rules call format.uuid(), which Kubernetes' CEL has since 1.32",
};

/** Installs the CRDs of the projects once for all tests: jest calls it before them. */
export default async function installAll(): Promise<void> {
  const upstream = filesIn(FOLDER);
  if (upstream.length === 0) throw new Error(`GOLDEN_PATH_CRDS names ${FOLDER}, which holds none.`);
  const files = FOLDER === OWN ? upstream : [...upstream, ...missingFrom(upstream)];
  const results = await inTurns(files, async (file) => {
    const args = ['apply', '--server-side', '-f', file];
    return { file: path.basename(file), ...(await kubectl(args)) };
  });
  const refused = results.filter(({ code }) => code !== 0);
  for (const { file, stderr } of refused) {
    if (!Object.hasOwn(NEWER, file)) throw new Error(`${file}: ${stderr}`);
    const own = missingFrom(files.filter((each) => path.basename(each) !== file));
    for (const each of own) await quietly(['apply', '--server-side', '-f', each]);
  }
  await established();
  process.stderr.write(`${files.length - refused.length} files of CRDs are installed\n`);
}

const filesIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(folder, name));

/** Our own small CRDs of kinds that the folder of the upstream projects does not have. */
function missingFrom(upstream: readonly string[]): readonly string[] {
  const NAME = /^ {2}name: (\S+)$/gm;
  const namesIn = (file: string): readonly string[] =>
    [...fs.readFileSync(file, 'utf8').matchAll(NAME)].map(([, name = '']) => name);
  const known = new Set(upstream.flatMap(namesIn));
  return filesIn(OWN).filter((file) => !namesIn(file).some((name) => known.has(name)));
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
