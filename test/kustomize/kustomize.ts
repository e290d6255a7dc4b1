import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** What kustomize makes of a folder. */
export interface Built {
  readonly text: string;
  /** What it says on stderr, warnings among it. */
  readonly talk: string;
}

const TOOLS = [
  ['kubectl', 'kustomize'],
  ['kustomize', 'build'],
] as const;

const PROBE = {
  'kustomization.yaml': 'resources: [probe.yaml]\nsortOptions: {order: fifo}\n',
  'probe.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: probe}\n',
};

/**
 * The way to build a folder that this machine has.
 * @throws Error that says what to install
 */
export function findKustomize(): (folder: string) => Built {
  const probe = fs.mkdtempSync(path.join(os.tmpdir(), 'kustomize-'));
  try {
    for (const [file, text] of Object.entries(PROBE)) {
      fs.writeFileSync(path.join(probe, file), text);
    }
    for (const [tool, verb] of TOOLS) {
      if (spawnSync(tool, [verb, probe]).status === 0) return (folder) => build(tool, verb, folder);
    }
  } finally {
    fs.rmSync(probe, { recursive: true });
  }
  throw new Error(
    'There is no kustomize with sortOptions on PATH. Install kubectl 1.27 or newer, ' +
      'or run: go install sigs.k8s.io/kustomize/kustomize/v5@v5.5.0',
  );
}

function build(tool: string, verb: string, folder: string): Built {
  // Dashboards are large.
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(tool, [verb, folder], options);
  if (status !== 0) throw new Error(`${tool} ${verb} fails on ${folder}: ${stderr}`);
  return { text: stdout, talk: stderr };
}
