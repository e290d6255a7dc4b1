import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns, kubectl, quietly } from './kubectl';

const root = path.join(__dirname, '..', '..');

/** The folder of the upstream projects' CRDs, else of our own small ones. */
const FOLDER = process.env.GOLDEN_PATH_CRDS ?? path.join(root, 'imports', 'crds');

/** Upstream CRDs that need a newer Kubernetes than some that are tested, with the reason. Nothing that we emit is among them. */
const NEWER: Readonly<Record<string, string>> = {
  'grafana.integreatly.org_grafanadashboards.yaml':
    "its rules call format.uuid(), which Kubernetes' CEL has since 1.32",
};

/** Installs the CRDs, and waits until they are served. Returns the files that the server is too old for. */
export async function installCrds(...own: readonly object[]): Promise<readonly string[]> {
  const files = fs
    .readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(FOLDER, name));
  if (files.length === 0) throw new Error(`GOLDEN_PATH_CRDS names ${FOLDER}, which holds none.`);
  const results = await inTurns(files, async (file) => {
    const args = ['apply', '--server-side', '--force-conflicts', '-f', file];
    return { file: path.basename(file), ...(await kubectl(args)) };
  });
  const refused = results.filter(({ code }) => code !== 0);
  for (const { file, stderr } of refused) {
    if (!Object.hasOwn(NEWER, file)) throw new Error(`${file}: ${stderr}`);
  }
  for (const crd of own) await quietly(['apply', '--server-side', '-f', '-'], JSON.stringify(crd));
  await established();
  return refused.map(({ file }) => file);
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
