import { spawn } from 'node:child_process';

/** What kubectl did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  /** Warnings of the server are here too. */
  readonly stderr: string;
}

/** Runs the control plane's own kubectl. The environment of `run.ts` names it and the cluster. */
export function kubectl(args: readonly string[], input?: string): Promise<Ran> {
  const program = process.env.GOLDEN_PATH_KUBECTL;
  if (program === undefined) throw new Error('Run npm run test:cluster: it starts the cluster.');
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // It may end before it has read everything; its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code: code ?? 1, stdout, stderr: withoutOrder(stderr) });
    });
  });
}

/** kubectl reorders by a flag of its own, and tells everybody whose kustomization says how. */
const withoutOrder = (stderr: string): string =>
  stderr.replace(/^.*Warning: Sorting order is set both in .*\n/gm, '');

/** Runs kubectl and gives what it prints. @throws when it fails or warns */
export async function quietly(args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, input);
  if (code !== 0 || stderr !== '') throw new Error(`kubectl ${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** The objects of a list that kubectl prints as JSON. */
export async function listed<T>(args: readonly string[], input?: string): Promise<readonly T[]> {
  const text = await quietly([...args, '-o', 'json'], input);
  if (text.trim() === '') return [];
  const parsed = JSON.parse(text) as { readonly items?: readonly T[] } & T;
  return parsed.items ?? [parsed];
}

/** Runs many tasks, some at a time: each starts a process. */
export async function inTurns<T, R>(
  items: readonly T[],
  task: (item: T, index: number) => Promise<R>,
  atOnce = 6,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
