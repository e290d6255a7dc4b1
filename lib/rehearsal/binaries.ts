import * as fs from 'node:fs';
import * as path from 'node:path';

/** The server, the tool that makes its blocks, and who sends its alerts on. */
export interface Binaries {
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
}

/** Where somebody says that they are. */
export interface GivenBinaries extends Partial<Binaries> {
  /** A folder with all of them. */
  readonly folder?: string;
}

/** What each may be called: Debian calls Alertmanager another name. */
const NAMES: Readonly<Record<keyof Binaries, readonly string[]>> = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
};

/**
 * Looks for programs where they are said to be, or else in some folders, such as those of `PATH`.
 * @returns the programs, or the names of those that are nowhere
 */
export function findBinaries<Program extends keyof Binaries>(
  programs: readonly Program[],
  given: GivenBinaries,
  folders: readonly string[],
): Pick<Binaries, Program> | readonly Program[] {
  const places = given.folder === undefined ? folders : [given.folder];
  const find = (program: Program): string | undefined =>
    given[program] === undefined
      ? NAMES[program]
          .flatMap((name) => places.map((place) => path.join(place, name)))
          .find(isProgram)
      : [path.resolve(given[program])].find(isProgram);
  const found = programs.map((program) => [program, find(program)] as const);
  const missing = found.flatMap(([program, file]) => (file === undefined ? [program] : []));
  return missing.length > 0 ? missing : (Object.fromEntries(found) as Pick<Binaries, Program>);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
