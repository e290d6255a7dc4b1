import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generated } from '../../scripts/backtest/generate';
import { main } from '../../scripts/backtest/main';

const shipped = join(__dirname, '../../scripts/backtest/series');

function run(...args: readonly string[]) {
  let [stdout, stderr] = ['', ''];
  const code = main(args, {
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
  });
  return { code, stdout, stderr };
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backtest-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const given = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const header = 'time,cpu_cores,memory_bytes\n';

describe('the shipped series', () => {
  it('are what the script generates', () => {
    const files = readdirSync(shipped).filter((name) => name.endsWith('.csv'));
    expect(files.sort()).toEqual([...generated.keys()].sort());
    for (const [name, text] of generated) {
      expect(readFileSync(join(shipped, name), 'utf8') === text).toBe(true);
    }
  });

  it('are few bytes', () => {
    expect([...generated.values()].join('').length).toBeLessThan(400_000);
  });
});

describe('npm run backtest', () => {
  it('prints how each rule did, as shipped and at equal breaches', () => {
    const { code, stdout, stderr } = run(shipped);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`CPU as shipped, with floors and rounding, 16 windows
rule      fleet  median  above     b5
standard   2.38    1.55   3.6%  18.8%
critical   2.74    1.98   2.7%  12.5%
vpa        1.45    1.32   3.8%  31.3%
krr        1.96    1.17   8.6%    75%
`);
    expect(stdout).toContain(`Memory as shipped, 16 windows
rule      fleet  median  passed
standard   1.39    1.36      0%
critical   1.62    1.56      0%
vpa        1.11    1.16   12.5%
krr        1.17    1.15      0%
`);
    expect(stdout).toMatch(/^krr +3\.82 +\[1\.53, 4\.87\] +6\.3% +0\.92 +\[0\.65, 1\.01\]$/m);
  });

  it('claims nothing on few series', () => {
    expect(run(shipped).stdout).toContain(`
8 series are too few for confidence: take these numbers for an example.
Windows of one series overlap and are not independent; the intervals are over series alone.
Every rule stands still for a window, as a lock file does: this is no verdict on a live autoscaler, and no promise of savings.
`);
  });

  it('prints the same each time, and other intervals by another seed', () => {
    const first = run(shipped).stdout;
    expect(run(shipped).stdout).toBe(first);
    expect(run(shipped, '--seed', '2').stdout).not.toBe(first);
  });

  it('prints data by --json', () => {
    const report: unknown = JSON.parse(run(shipped, '--json', '--draws', '10').stdout);
    expect(report).toMatchObject({
      options: { train: 14, evaluate: 7, every: 7, level: 0.1, draws: 10, seed: 1 },
      rules: { standard: 'cpu p98, half-life 24 h, at least flat p95; memory max x 1.3' },
      series: 8,
      without: [],
      cpu: { windows: 16, shipped: [{ rule: 'standard' }, {}, {}, { rule: 'krr' }] },
    });
  });

  it('names the series that are too short', () => {
    for (const [name, text] of generated) given(name, text);
    given('young.csv', `${header}0,1,1\n3600,1,1\n`);
    const { code, stdout } = run(folder, '--draws', '10');
    expect(code).toBe(0);
    expect(stdout).toContain('8 series.');
    expect(stdout).toContain('Without a window: young.\n');
  });

  it('tells how it is used', () => {
    expect(run('--help')).toMatchObject({ code: 0, stderr: '' });
    expect(run('--help').stdout).toContain('time,cpu_cores,memory_bytes');
  });
});

describe('wrong input', () => {
  const refused = (...args: readonly string[]): string => {
    const { code, stdout, stderr } = run(...args);
    expect([code, stdout]).toEqual([2, '']);
    return stderr.replaceAll(folder, 'FOLDER');
  };

  it('is reported of every file, with its line', () => {
    given('a.csv', 'time;cpu\n');
    given('b.csv', `${header}0,1,1\n1800,x,1\n3600,1,-5\n3600,1\n`);
    given('c.csv', `${header}0,1,1\n1800,1,1\n1800,1,1\n`);
    given('d.csv', `${header}0,1,1\r\n\r\n`);
    expect(refused(folder))
      .toBe(`FOLDER/a.csv:1: the header is 'time;cpu'. Write 'time,cpu_cores,memory_bytes'.
FOLDER/b.csv:3: cpu_cores is 'x'. Write a number of cores, at least 0.
FOLDER/b.csv:4: memory_bytes is '-5'. Write a number of bytes, at least 0.
FOLDER/b.csv:5: there are 2 cells. Write 3: time,cpu_cores,memory_bytes.
FOLDER/c.csv:4: the time 1800 does not come after 1800. Sort the rows, and leave each time once.
FOLDER/d.csv: there are fewer than two rows.
`);
  });

  it('is a folder without series, or with none that is long enough', () => {
    expect(refused(folder)).toBe('there is no CSV file in FOLDER.\n');
    expect(refused(join(folder, 'none'))).toBe('FOLDER/none is no folder that can be read.\n');
    given('a.csv', `${header}0,1,1\n3600,1,1\n`);
    expect(refused(folder)).toBe(
      'no series has 21 whole days in a row of which four fifths were measured. Give longer ones, or a smaller --train or --evaluate.\n',
    );
  });

  it('is an argument that is none', () => {
    expect(refused()).toContain('one folder is needed, and 0 are given.');
    expect(refused(folder, '--train', '0')).toBe(
      "--train is '0'. Write a whole number of at least 1.\n",
    );
    expect(refused(folder, '--level', '100')).toBe("--level is '100'. Write less than 100.\n");
    expect(refused(folder, '--flat')).toContain('--flat');
  });
});
