import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { synthesize, type Source } from './shop';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Git as it is on no machine in particular: no configuration but ours, no repository around. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: os.devNull,
    GIT_TERMINAL_PROMPT: '0',
  };
}

const IDENTITY = ['-c', 'user.name=Robin', '-c', 'user.email=robin@example.com'] as const;

/** The shop's repository as a team has it: a clone to work in, and the remote that environments read. */
export class ShopRepository {
  readonly #root = fs.mkdtempSync(path.join(os.tmpdir(), 'promotion-'));
  readonly #clone = path.join(this.#root, 'clone');
  #syntheses = 0;

  /** @param like - the repository to begin as; an empty one unless given */
  public constructor(like?: ShopRepository) {
    if (like) {
      fs.cpSync(like.#root, this.#root, { recursive: true });
      return;
    }
    fs.mkdirSync(this.#clone);
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('init', '--quiet', '--bare', '--initial-branch=main', '../remote.git');
    this.git('remote', 'add', 'origin', '../remote.git');
  }

  public remove(): void {
    fs.rmSync(this.#root, { recursive: true, force: true });
  }

  /** Runs git in the clone and gives what it prints. Fails when git does. */
  public git(...args: readonly string[]): string {
    return this.#git(args).toString('utf8').trim();
  }

  /** Runs a command line of the handbook. */
  public run(command: string): Ended {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: this.#clone,
      env: cleanEnvironment(),
      encoding: 'utf8',
      // Bash takes a socket, as Node gives it one, for a remote shell, and reads the machine's bashrc.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { code: status, stdout, stderr };
  }

  /** Puts what a source synthesizes to in the place of dist/, as `golden-path synth` does. */
  public synth(source: Source): void {
    const scratch = path.join(this.#root, `scratch-${(this.#syntheses++).toString()}`);
    synthesize(source, scratch);
    const dist = path.join(this.#clone, 'dist');
    fs.rmSync(dist, { recursive: true, force: true });
    fs.renameSync(scratch, dist);
  }

  public commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  /** A commit, its tag, and both on the remote. */
  public release(version: string, source: Source): void {
    this.synth(source);
    this.commit(`release ${version}`);
    this.git('tag', '--annotate', version, '--message', version);
    this.git('push', '--quiet', 'origin', 'main', version);
  }

  /** Points an environment at a revision for the first time. */
  public point(environment: string, revision: string): void {
    this.git('push', '--quiet', 'origin', `${revision}^{commit}:refs/heads/env/${environment}`);
  }

  /** The bytes of a file at a revision. */
  public bytes(revision: string, file: string): Buffer {
    return this.#git(['cat-file', 'blob', `${revision}:${file}`]);
  }

  /** The digest of the application that an environment runs when it is at a revision. */
  public digest(revision: string, environment: string): string {
    const bytes = this.bytes(revision, `dist/${environment}/shop/application.k8s.yaml`);
    return createHash('sha256').update(bytes).digest('hex');
  }

  /** What a file or folder is at a revision: equal for equal bytes. */
  public content(revision: string, place: string): string {
    return this.git('rev-parse', `${revision}:${place}`);
  }

  /** The files whose bytes differ between two revisions. */
  public changed(from: string, to: string): readonly string[] {
    return this.git('diff', '--name-only', from, to).split('\n');
  }

  /** The files of an environment in the order in which they are applied. */
  public files(revision: string, environment: string): readonly string[] {
    const file = `dist/${environment}/shop/kustomization.yaml`;
    const { resources } = parse(this.bytes(revision, file).toString('utf8')) as {
      readonly resources: readonly string[];
    };
    return resources;
  }

  /** The objects that an environment runs when it is at a revision, as `Kind.group/name`. */
  public objects(revision: string, environment: string): readonly string[] {
    return this.files(revision, environment).flatMap((file) => {
      const text = this.bytes(revision, `dist/${environment}/shop/${file}`).toString('utf8');
      return Array.from(parseAllDocuments(text), (document) => keyOf(document.toJS() as Keyed));
    });
  }

  #git(args: readonly string[]): Buffer {
    const { status, stdout, stderr, error } = spawnSync('git', [...IDENTITY, ...args], {
      cwd: this.#clone,
      env: cleanEnvironment(),
    });
    if (status === 0) return stdout;
    const reason = error?.message ?? stderr.toString('utf8');
    throw new Error(`git ${args.join(' ')} failed: ${reason}`);
  }
}

interface Keyed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function keyOf({ apiVersion, kind, metadata }: Keyed): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.replace(/\/.*/, '')}` : '';
  return `${kind}${group}/${metadata.name}`;
}
