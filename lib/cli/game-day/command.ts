import type { Command } from 'commander';
import type { ExitCode } from '../exit-code';
import { collect } from '../server-options';
import { rehearseCommand, type RehearseArguments } from './rehearse';

export const OUTPUT = 'the output folder (default: output of cdk8s.yaml, else dist)';
export const ENVIRONMENT = 'where (default: the one of stage prod)';

/** `golden-path game-day` and what is below it. */
export function gameDayCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('game-day')
    .description('put to the test what the definition claims: plan, rehearse, verify, coverage');
  rehearseBelow(command, end);
}

const rehearseBelow = (command: Command, end: (code: ExitCode) => void): Command =>
  command
    .command('rehearse')
    .description('rehearse experiments on the rendered rules in a faster time, without a cluster')
    .argument('<application>', 'the application')
    .option('-e, --environment <name>', ENVIRONMENT)
    .option('--experiment <id>', 'this one (default: one of each claim); may be repeated', collect)
    .option('--all', 'all that can be rehearsed')
    .option('--factor <number>', 'how many times as fast', '60')
    .option('--per-second <number>', 'the requests that each service gets in a second', '100')
    .option('--record', 'write the verdicts into game-days/')
    .option('--bin <folder>', 'where prometheus, promtool and alertmanager are (default: PATH)')
    .option('--prometheus-bin <file>', 'the program prometheus')
    .option('--promtool-bin <file>', 'the program promtool')
    .option('--alertmanager-bin <file>', 'the program alertmanager')
    .option('-o, --output <folder>', OUTPUT)
    .option('--json', 'print the verdicts as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (application: string, options: RehearseArguments) => {
      end(await rehearseCommand(application, options));
    });
