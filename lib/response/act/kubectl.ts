import { spawn } from 'node:child_process';
import { oneLine } from '../../foundation';

/** What a command said. */
export interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl in one namespace of one cluster. */
export type Kubectl = (words: readonly string[], input?: object) => Promise<Said>;

const LONGEST_MS = 60_000;

/** The kubectl on the PATH, which is always told which cluster: its own current one may be any. */
export const kubectlOf =
  (context: string, namespace: string): Kubectl =>
  (words, input) =>
    new Promise((resolve) => {
      const args = ['--context', context, '-n', namespace, ...words];
      const child = spawn('kubectl', args, { timeout: LONGEST_MS, env: process.env });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
      // A kubectl that ends before it has read everything says why by its status.
      child.stdin.on('error', () => undefined);
      child.on('error', (error) => {
        resolve({ status: 127, stdout: '', stderr: String(error) });
      });
      child.on('close', (code) => {
        resolve({ status: code ?? 1, ...said });
      });
      child.stdin.end(input === undefined ? '' : JSON.stringify(input));
    });

/** Why a command failed, in one line. */
export const complaint = ({ status, stderr, stdout }: Said): string => {
  const text = (stderr.trim() === '' ? stdout : stderr).trim();
  if (status === 127) return 'there is no kubectl on the PATH';
  return oneLine(text === '' ? `kubectl ended with ${status}` : text, 300);
};
