import type { Command } from 'commander';
import { programOptions } from '../binaries';
import type { ExitCode } from '../exit-code';
import { collect, incidentServerOptions } from '../server-options';
import { coverageCommand, type CoverageArguments } from './coverage';
import { planCommand } from './plan-command';
import { PROGRAMS, rehearseCommand, type RehearseArguments } from './rehearse';
import { verifyCommand, type VerifyArguments } from './verify';

export const OUTPUT = 'the output folder (default: output of cdk8s.yaml, else dist)';
export const ENVIRONMENT = 'where (default: the one of stage prod)';

/** `golden-path game-day` and what is below it. */
export function gameDayCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('game-day')
    .description('put to the test what the definition claims: plan, rehearse, verify, coverage');
  planCommand(command, end);
  rehearseBelow(command, end);
  verifyBelow(command, end);
  coverageBelow(command, end);
}

const rehearseBelow = (command: Command, end: (code: ExitCode) => void): Command =>
  programOptions(
    command
      .command('rehearse')
      .description('rehearse experiments on the rendered rules in a faster time, without a cluster')
      .argument('<application>', 'the application'),
    PROGRAMS,
  )
    .option('-e, --environment <name>', ENVIRONMENT)
    .option('--experiment <id>', 'this one (default: one of each claim); may be repeated', collect)
    .option('--all', 'all that can be rehearsed')
    .option('--factor <number>', 'how many times as fast', '60')
    .option('--per-second <number>', 'the requests that each service gets in a second', '100')
    .option('--record', 'write the verdicts into game-days/')
    .option('--postmortem <file>', 'write the postmortem of one experiment too, to practise it')
    .option('-o, --output <folder>', OUTPUT)
    .option('--json', 'print the verdicts as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (application: string, options: RehearseArguments) => {
      end(await rehearseCommand(application, options));
    });

const verifyBelow = (command: Command, end: (code: ExitCode) => void): Command =>
  incidentServerOptions(
    command
      .command('verify')
      .description('judge a game day by what a Prometheus has of it')
      .argument('<application>', 'the application'),
  )
    .requiredOption('--experiment <id>', 'which one it was')
    .requiredOption('-e, --environment <name>', 'where it was')
    .requiredOption('--from <time>', 'when the fault was there, in UTC')
    .requiredOption('--to <time>', 'when it was gone, in UTC')
    .option(
      '--injected <expression>',
      'has a sample while the fault is there (default: of Chaos Mesh)',
    )
    .option('--pace <factor>', 'how many times as fast time ran, in a rehearsal')
    .option('--record', 'write the verdict into game-days/')
    .option('--markdown', 'print the verdict as a page')
    .option('-o, --output <folder>', OUTPUT)
    .option('--json', 'print the verdict as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (application: string, options: VerifyArguments) => {
      end(await verifyCommand(application, options));
    });

const coverageBelow = (command: Command, end: (code: ExitCode) => void): Command =>
  command
    .command('coverage')
    .description('how much of what is claimed was exercised, by the verdicts in game-days/')
    .argument('[applications...]', 'these applications alone')
    .option('--max-age <days>', 'what nobody exercised for longer is a finding', '90')
    .option('-o, --output <folder>', OUTPUT)
    .option('--json', 'print the result as JSON')
    .action((applications: readonly string[], options: CoverageArguments) => {
      end(coverageCommand(applications, options));
    });
