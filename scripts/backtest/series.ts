import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a user can mend: said without a stack, exit code 2. */
export class BadInput extends Error {
  public override readonly name = 'BadInput';
}

/** One container's use over time. */
export interface Series {
  readonly name: string;
  /** Epoch seconds, rising. */
  readonly times: readonly number[];
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

const HEADER = 'time,cpu_cores,memory_bytes';
const UNITS = ['epoch seconds', 'cores', 'bytes'] as const;
/** More messages of one file help nobody. */
const MOST_PROBLEMS = 5;

/** The CSV files of a folder, sorted by name. */
export function filesOf(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw new BadInput(`${folder} is no folder that can be read.`);
  }
  const files = names.filter((name) => name.endsWith('.csv')).sort();
  if (files.length === 0) throw new BadInput(`there is no CSV file in ${folder}.`);
  return files.map((name) => join(folder, name));
}

/** Reads one file, or throws everything that is wrong with it. */
export function readSeries(file: string): Series {
  const [header, ...lines] = readFileSync(file, 'utf8').split(/\r?\n/);
  if (header?.trim() !== HEADER) {
    throw new BadInput(`${file}:1: the header is '${header ?? ''}'. Write '${HEADER}'.`);
  }
  const columns: readonly [number[], number[], number[]] = [[], [], []];
  const problems: string[] = [];
  lines.forEach((line, at) => {
    if (line.trim() === '' || problems.length >= MOST_PROBLEMS) return;
    const problem = addRow(columns, line);
    if (problem !== undefined) problems.push(`${file}:${at + 2}: ${problem}`);
  });
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  const [times, cpu, memory] = columns;
  if (times.length < 2) throw new BadInput(`${file}: there are fewer than two rows.`);
  return { name: basename(file, '.csv'), times, cpu, memory };
}

function addRow(
  columns: readonly [number[], number[], number[]],
  line: string,
): string | undefined {
  const cells = line.split(',');
  if (cells.length !== columns.length) {
    return `there are ${cells.length} cells. Write ${columns.length}: ${HEADER}.`;
  }
  const numbers = cells.map((cell) => (cell.trim() === '' ? NaN : Number(cell)));
  const wrong = numbers.findIndex((each) => !Number.isFinite(each) || each < 0);
  if (wrong >= 0) {
    const name = HEADER.split(',')[wrong] ?? '';
    return `${name} is '${cells[wrong] ?? ''}'. Write a number of ${UNITS[wrong] ?? ''}, at least 0.`;
  }
  const [time = 0, cpu = 0, memory = 0] = numbers;
  const before = columns[0].at(-1);
  if (before !== undefined && time <= before) {
    return `the time ${time} does not come after ${before}. Sort the rows, and leave each time once.`;
  }
  columns[0].push(time);
  columns[1].push(cpu);
  columns[2].push(memory);
  return undefined;
}
