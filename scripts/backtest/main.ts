import { parseArgs } from 'node:util';
import { reasonOf } from '../../lib/foundation';
import { backtest } from './backtest';
import type { EqualOptions } from './equal';
import { renderText } from './report';
import { BadInput, filesOf } from './series';
import type { Lengths } from './windows';

const USAGE = `Usage: npm run -s backtest -- <folder of CSV files> [options]

Compares the rules of sizing with those of VPA and KRR on your own series. Each file is one container, with the columns
time,cpu_cores,memory_bytes (epoch seconds, sorted).

  --train DAYS     what the rules see (14)
  --evaluate DAYS  what they are judged by, right after it (7)
  --every DAYS     from one window to the next (7)
  --level PERCENT  windows in breach, of 100, at which rules are compared (10)
  --draws COUNT    of the bootstrap (400)
  --seed NUMBER    of the bootstrap and the halves (1)
  --json           data instead of tables
`;

/** Where a command writes. */
export interface Output {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Runs the command and gives its exit code: 0, or 2 where the arguments or the files are wrong. */
export function main(args: readonly string[], { stdout, stderr }: Output): number {
  try {
    const { folder, options, isJson } = parse(args);
    if (folder === undefined) {
      stdout(USAGE);
      return 0;
    }
    const files = filesOf(folder);
    const report = backtest(files, options, (done) => {
      if (done % 25 === 0) stderr(`${done} of ${files.length} series\n`);
    });
    stdout(isJson ? `${JSON.stringify(report, null, 2)}\n` : renderText(report));
    return 0;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    stderr(`${error.message}\n`);
    return 2;
  }
}

/** No folder where help is asked for. */
interface Parsed {
  readonly folder?: string;
  readonly options: Lengths & EqualOptions;
  readonly isJson: boolean;
}

function parse(args: readonly string[]): Parsed {
  const { values, positionals } = read(args);
  const number = (name: 'train' | 'evaluate' | 'every' | 'level' | 'draws' | 'seed'): number => {
    const text = values[name];
    const value = Number(text);
    const least = name === 'seed' ? 0 : 1;
    if (!/^\d{1,9}$/.test(text) || value < least) {
      throw new BadInput(`--${name} is '${text}'. Write a whole number of at least ${least}.`);
    }
    return value;
  };
  const options = {
    train: number('train'),
    evaluate: number('evaluate'),
    every: number('every'),
    level: number('level') / 100,
    draws: number('draws'),
    seed: number('seed'),
  };
  if (options.level >= 1) throw new BadInput(`--level is '${values.level}'. Write less than 100.`);
  const isJson = values.json;
  if (values.help) return { options, isJson };
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) {
    throw new BadInput(`one folder is needed, and ${positionals.length} are given.\n\n${USAGE}`);
  }
  return { folder, options, isJson };
}

function read(args: readonly string[]) {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        train: text('14'),
        evaluate: text('7'),
        every: text('7'),
        level: text('10'),
        draws: text('400'),
        seed: text('1'),
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new BadInput(`${reasonOf(error)}\n\n${USAGE}`);
  }
}
