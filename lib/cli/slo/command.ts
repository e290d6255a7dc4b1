import { Option, type Command } from 'commander';
import { describe, nearest } from '../../foundation';
import type { ExitCode } from '../exit-code';
import { serverOptions } from '../server-options';
import { backtest, type BacktestArguments } from './backtest';
import { slo, type SloOptions } from './slo';

const OUTPUT = 'the output folder (default: output of cdk8s.yaml, else dist)';

/** `golden-path slo` and `golden-path slo backtest`. */
export function sloCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('slo')
    .description('list the objectives, their budgets, and how long it takes until an alert arrives')
    .enablePositionalOptions()
    .argument('[applications...]', 'these applications alone')
    .option('--against <revision>', 'what changed since a commit, such as HEAD~1 or origin/main')
    .option('-o, --output <folder>', OUTPUT)
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action((applications: readonly string[], options: SloOptions) => {
      end(slo(applications, options));
    });
  command.configureOutput({
    outputError: (text, write) => {
      write(misspelled(command) ?? text);
    },
  });
  const below = command
    .command('backtest')
    .description('replay what Prometheus measured over the rules: which pages and tickets come')
    .argument('[applications...]', 'these applications alone');
  serverOptions(below)
    .option('--against <revision>', 'over the rules of a commit too, and tell the difference')
    .option(
      '-e, --environment <name>',
      'whose series are replayed (default: the one of stage prod)',
    )
    .option('--days <days>', 'how many days are replayed', '30')
    .option('--step <duration>', 'how far apart the moments are that are looked at', '5m')
    .option('--until <time>', 'the end, in UTC (default: now)')
    .addOption(new Option('--severity <severity>', 'these alone').choices(['page', 'ticket']))
    .option('--fail-on-more', 'exit code 1 when there are more pages than before')
    .option('-o, --output <folder>', OUTPUT)
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (applications: readonly string[], options: BacktestArguments) => {
      end(await backtest(applications, options));
    });
}

/** Applications are arguments, so a misspelled command is taken for one, and its options for unknown ones. */
function misspelled({ args: [first], commands }: Command): string | undefined {
  const names = commands.map((each) => each.name());
  const near = first === undefined || names.includes(first) ? undefined : nearest(first, names);
  return near && `error: unknown command ${describe(first)}. Did you mean ${near}?\n`;
}
