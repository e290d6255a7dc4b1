import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns, kubectl, quietly } from './kubectl';

const root = path.join(__dirname, '..', '..');

/** Our own small ones. */
const OWN = path.join(root, 'imports', 'crds');
/** The folder of the upstream projects' CRDs, else of ours. */
const FOLDER = process.env.GOLDEN_PATH_CRDS ?? OWN;
/** Those of ours that are needed besides: Linkerd's are templates of its chart, which no folder has. */
const BESIDES = FOLDER === OWN ? [] : fs.readdirSync(OWN).filter((name) => /^linkerd-/.test(name));

/** Upstream CRDs that need a newer Kubernetes than some that are tested, with the reason. Nothing that we emit is among them. */
const NEWER: Readonly<Record<string, string>> = {
  'grafana.integreatly.org_grafanadashboards.yaml':
    "its rules call format.uuid(), which Kubernetes' CEL has since 1.32",
};

/** Installs the CRDs of the projects once for all tests: jest calls it before them. */
export default async function installAll(): Promise<void> {
  const files = fs
    .readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(FOLDER, name));
  if (files.length === 0) throw new Error(`GOLDEN_PATH_CRDS names ${FOLDER}, which holds none.`);
  files.push(...BESIDES.map((name) => path.join(OWN, name)));
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
