import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ProjectFolder } from './project-folder';

/** Keeps one ConfigMap with its version, as an API server does; logs all that it is asked, one line each. */
const PROGRAM = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
const at = (name) => path.join(__dirname, name);
const args = process.argv.slice(2);
fs.appendFileSync(at('asked.log'), args.join(' ') + '\\n');
const [verb, what] = args.slice(4);
const fail = (text) => { process.stderr.write(text + '\\n'); process.exit(1); };
if (args[1] !== 'prod-eu') fail('error: context "' + args[1] + '" does not exist');
const stored = fs.existsSync(at('log.json')) ? JSON.parse(fs.readFileSync(at('log.json'), 'utf8')) : undefined;
if (verb === 'get' && what === 'configmap') process.stdout.write(stored ? JSON.stringify(stored) : '');
else if (verb === 'get') process.stdout.write(fs.readFileSync(at(what.replace('/', '-') + '.json'), 'utf8'));
else if (verb === 'create' || verb === 'replace') {
  const given = JSON.parse(fs.readFileSync(0, 'utf8'));
  if (verb === 'create' && stored) fail('Error from server (AlreadyExists)');
  if (verb === 'replace' && given.metadata.resourceVersion !== stored.metadata.resourceVersion) fail('Error from server (Conflict)');
  if (fs.existsSync(at('conflict'))) fail('Error from server (Conflict): the object has been modified');
  given.metadata.resourceVersion = String(Number(stored?.metadata.resourceVersion ?? 0) + 1);
  fs.writeFileSync(at('log.json'), JSON.stringify(given));
} else if (fs.existsSync(at('forbidden'))) fail('Error from server (Forbidden): no');
`;

/** A kubectl in a folder of its own, of a cluster with one Deployment. */
export class FakeKubectl {
  readonly #folder: string;

  public constructor(project: ProjectFolder) {
    this.#folder = path.join(project.path, 'bin');
    project.write('bin/kubectl', PROGRAM);
    fs.chmodSync(path.join(this.#folder, 'kubectl'), 0o755);
    const labels = { 'app.kubernetes.io/part-of': 'shop' };
    this.has('deployment-stock', {
      metadata: { labels, generation: 3 },
      spec: { replicas: 2 },
      status: { observedGeneration: 3, updatedReplicas: 2 },
    });
    this.has('horizontalpodautoscaler-stock', { spec: { minReplicas: 2, maxReplicas: 5 } });
    const pods = ['stock-9-a', 'stock-9-b'].map((name) => ({
      metadata: { name, creationTimestamp: '2026-01-02T00:00:00Z' },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    }));
    this.has('pods', { items: pods });
    const set = (revision: number, created: string): object => ({
      metadata: {
        name: `stock-${revision}`,
        creationTimestamp: created,
        annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      },
    });
    this.has('replicasets', {
      items: [set(10, '2026-01-02T00:00:00Z'), set(9, '2026-01-01T00:00:00Z')],
    });
  }

  /** What it answers to `get`. */
  public has(name: string, object: object): void {
    fs.writeFileSync(path.join(this.#folder, `${name}.json`), JSON.stringify(object));
  }

  /** From now on it fails so. */
  public fails(how: 'conflict' | 'forbidden'): void {
    fs.writeFileSync(path.join(this.#folder, how), '');
  }

  /** All that it was asked. */
  public get asked(): readonly string[] {
    const file = path.join(this.#folder, 'asked.log');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  /** What changes something besides the log. */
  public get changes(): readonly string[] {
    return this.asked.filter((line) => !/ (get|create|replace) /.test(line));
  }

  /** The outcomes that were logged. */
  public get outcomes(): readonly string[] {
    const file = path.join(this.#folder, 'log.json');
    if (!fs.existsSync(file)) return [];
    const { data } = JSON.parse(fs.readFileSync(file, 'utf8')) as { data: Record<string, string> };
    return Object.values(data).map((text) => (JSON.parse(text) as { outcome: string }).outcome);
  }

  /** Runs something that finds it before any other. */
  public async onPath<T>(run: () => Promise<T>): Promise<T> {
    const before = process.env.PATH;
    process.env.PATH = `${this.#folder}${path.delimiter}${before ?? ''}`;
    try {
      return await run();
    } finally {
      process.env.PATH = before;
    }
  }
}
