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
 * Looks for the programs where they are said to be, or else in some folders, such as those of `PATH`.
 * @returns the programs, or the names of those that are nowhere
 */
export function findBinaries(
  given: GivenBinaries,
  folders: readonly string[],
): Binaries | readonly string[] {
  const places = given.folder === undefined ? folders : [given.folder];
  const found = (program: keyof Binaries): string | undefined =>
    given[program] === undefined
      ? NAMES[program]
          .flatMap((name) => places.map((place) => path.join(place, name)))
          .find(isProgram)
      : [path.resolve(given[program])].find(isProgram);
  const [prometheus, promtool, alertmanager] = [
    found('prometheus'),
    found('promtool'),
    found('alertmanager'),
  ];
  if (prometheus !== undefined && promtool !== undefined && alertmanager !== undefined) {
    return { prometheus, promtool, alertmanager };
  }
  const all = { prometheus, promtool, alertmanager };
  return Object.entries(all).flatMap(([name, file]) => (file === undefined ? [name] : []));
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
