import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Command } from 'commander';
import { describe, isList } from '../foundation';
import { listed } from '../incident';
import { findBinaries, type Binaries, type RehearsalError } from '../rehearsal';
import { UsageError } from './exit-code';

/** Where the programs are, as the command line has it. */
export interface BinaryArguments {
  readonly bin?: string;
  readonly prometheusBin?: string;
  readonly promtoolBin?: string;
  readonly alertmanagerBin?: string;
}

type Program = keyof Binaries;

/** Adds the options that say where programs are. */
export function programOptions(command: Command, programs: readonly Program[]): Command {
  command.option('--bin <folder>', `where ${listed(programs)} are (default: PATH)`);
  for (const program of programs)
    command.option(`--${program}-bin <file>`, `the program ${program}`);
  return command;
}

/** Prometheus' package has both of its programs. */
const installText = (isWithAlerts: boolean): string =>
  isWithAlerts
    ? 'Install Prometheus, which has promtool, and Alertmanager by your package manager (Debian: apt-get install prometheus prometheus-alertmanager; Homebrew: prometheus and alertmanager) or from https://prometheus.io/download'
    : 'Install Prometheus, which has promtool, by your package manager (Debian and Homebrew: prometheus) or from https://prometheus.io/download';

/**
 * Programs, by the command line or on PATH.
 * @param what - what needs them, with its verb
 * @throws UsageError that says where it has looked and how to get them
 */
export function binariesOf<Wanted extends Program>(
  programs: readonly Wanted[],
  options: BinaryArguments,
  what: string,
): Pick<Binaries, Wanted> {
  const given: Partial<Record<Program, string>> = {
    ...(options.prometheusBin !== undefined && { prometheus: options.prometheusBin }),
    ...(options.promtoolBin !== undefined && { promtool: options.promtoolBin }),
    ...(options.alertmanagerBin !== undefined && { alertmanager: options.alertmanagerBin }),
  };
  const { bin } = options;
  const found = findBinaries(
    programs,
    { ...given, ...(bin !== undefined && { folder: path.resolve(bin) }) },
    (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== ''),
  );
  if (!isList(found)) return found;
  const missing = found.map((program) => missingText(program, given[program], bin));
  const isWithAlerts = programs.some((program) => program === 'alertmanager');
  const single = programs.map((program) => `--${program}-bin`);
  throw new UsageError(
    `${what}, and there is ${missing.join(', ')}. ${installText(isWithAlerts)}; or say where they are by --bin <folder>, or each by ${listed(single)}.`,
  );
}

function missingText(
  program: Program,
  given: string | undefined,
  folder: string | undefined,
): string {
  if (given !== undefined) {
    const isThere = fs.existsSync(given);
    return isThere
      ? `no program that may be run at ${describe(given)} (--${program}-bin)`
      : `nothing at ${describe(given)} (--${program}-bin)`;
  }
  const name = program === 'alertmanager' ? 'alertmanager or prometheus-alertmanager' : program;
  return `no ${name} ${folder === undefined ? 'on PATH' : `in ${describe(folder)} (--bin)`}`;
}

/** Why a rehearsal could not go on, and where a program is to blame, how to name another. */
export function rehearsalText({ message, program }: RehearsalError): string {
  if (program === undefined) return `${message}.`;
  return `${message.trimEnd()}\nThe program is ${program.file}. If it is not ${program.name}, name another by --${program.name}-bin or --bin. ${installText(program.name === 'alertmanager')}.`;
}
