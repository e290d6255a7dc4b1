import { spawnSync } from 'node:child_process';
import { checkPostmortem } from '../../postmortem';
import { dayOf } from '../day';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { textOf } from '../files';

export interface CheckArguments {
  readonly asOf?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Says what people still owe to postmortems. */
export function check(files: readonly string[], { asOf, json, quiet }: CheckArguments): ExitCode {
  if (files.length === 0) throw new UsageError('there is nothing to check. Give postmortems.');
  const facts = { today: dayOf(asOf), people: authors() };
  const found = files.flatMap((file) =>
    checkPostmortem(textOf(file), facts).map((finding) => ({ file, ...finding })),
  );
  if (json) {
    process.stdout.write(`${JSON.stringify({ version: 1, findings: found }, null, 2)}\n`);
  } else {
    for (const { file, line, found: what } of found) {
      process.stdout.write(`${file}:${line}: ${what}\n`);
    }
    if (!quiet) process.stderr.write(sumOf(files.length, found.length));
  }
  return found.length > 0 ? exitCodes.findings : exitCodes.ok;
}

const sumOf = (files: number, found: number): string => {
  const what = files === 1 ? 'the postmortem' : `${files} postmortems`;
  return found === 0
    ? `${what}: complete.\n`
    : `${what}: ${found} ${found === 1 ? 'finding' : 'findings'}.\n`;
};

/** Names of two words or more, of whoever has committed to this repository; none where it is none. */
function authors(): readonly string[] {
  const args = ['log', '--all', '--format=%an', '--max-count=2000'];
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  if (status !== 0) return [];
  return [...new Set(stdout.split('\n').map((name) => name.trim()))].filter((name) =>
    /^\p{Lu}\S+(?: \S+)+$/u.test(name),
  );
}
