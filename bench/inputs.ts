import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runScript } from './measure';

/** Which of the two programs with kustomize in them is there. */
export function tryKustomize(): 'kubectl' | 'kustomize' | undefined {
  const works = (program: string, ...options: readonly string[]): boolean =>
    spawnSync(program, options, { stdio: 'ignore' }).status === 0;
  if (works('kubectl', 'kustomize', '--help')) return 'kubectl';
  return works('kustomize', 'version') ? 'kustomize' : undefined;
}

/** What the other tools are given, written once for each size and before any measurement. */
export class Inputs {
  public readonly program = tryKustomize();
  readonly #scratch: string;
  readonly #made = new Map<string, string>();

  public constructor(scratch: string) {
    this.#scratch = scratch;
  }

  /** The file with the objects that this library renders for so many services. */
  public objects(services: number): string {
    return this.#once(`objects-${services}.json`, (file) => {
      runScript(this.#scratch, 'objects', [String(services), file]);
    });
  }

  /** The folder with the same objects in bases and overlays. */
  public overlays(shape: 'together' | 'by-service', services: number): string {
    return this.#once(`overlays-${shape}-${services}`, (folder) => {
      runScript(this.#scratch, 'overlays', [shape, this.objects(services), folder]);
    });
  }

  #once(name: string, make: (path: string) => void): string {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const path = join(this.#scratch, name);
    make(path);
    this.#made.set(name, path);
    return path;
  }
}
