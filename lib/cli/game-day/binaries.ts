import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe } from '../../foundation';
import { findBinaries, type Binaries, type RehearsalError } from '../../rehearsal';
import { UsageError } from '../exit-code';

/** Where the programs are, as the command line has it. */
export interface BinaryArguments {
  readonly bin?: string;
  readonly prometheusBin?: string;
  readonly promtoolBin?: string;
  readonly alertmanagerBin?: string;
}

type Program = keyof Binaries;

/** Prometheus' package has both of its programs. */
const INSTALL =
  'Install Prometheus, which has promtool, and Alertmanager by your package manager (Debian: apt-get install prometheus prometheus-alertmanager; Homebrew: prometheus and alertmanager) or from https://prometheus.io/download';

/** The programs, by the command line or on PATH. @throws UsageError that says where it has looked and how to get them */
export function binariesOf(options: BinaryArguments): Binaries {
  const given: Partial<Record<Program, string>> = {
    ...(options.prometheusBin !== undefined && { prometheus: options.prometheusBin }),
    ...(options.promtoolBin !== undefined && { promtool: options.promtoolBin }),
    ...(options.alertmanagerBin !== undefined && { alertmanager: options.alertmanagerBin }),
  };
  const { bin } = options;
  const found = findBinaries(
    { ...given, ...(bin !== undefined && { folder: path.resolve(bin) }) },
    (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== ''),
  );
  if ('prometheus' in found) return found;
  const missing = (found as readonly Program[]).map((program) =>
    missingText(program, given[program], bin),
  );
  throw new UsageError(
    `a rehearsal runs servers of its own, and there is ${missing.join(', ')}. ${INSTALL}; or say where they are by --bin <folder>, or each by --prometheus-bin, --promtool-bin and --alertmanager-bin.`,
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
  return `${message.trimEnd()}\nThe program is ${program.file}. If it is not ${program.name}, name another by --${program.name}-bin or --bin. ${INSTALL}.`;
}
