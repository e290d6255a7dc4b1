import { Command, CommanderError, Option } from 'commander';
import { failLevels, packs } from '../guardrail';
import { check, type CheckOptions } from './check';
import { cost, type CostOptions } from './cost';
import { exitCodes, UsageError, type ExitCode } from './exit-code';
import { gameDayCommand } from './game-day';
import { postmortemCommand } from './postmortem';
import { formats } from './report';
import { incidentCommand } from './incident';
import { rightsizeCommand, type RightsizeArguments } from './rightsize';
import { rules, type RulesOptions } from './rules';
import { collect, serverOptions } from './server-options';
import { sloCommand } from './slo';
import { synth, type SynthOptions } from './synth';
import { packageVersion } from './version';

/** Runs the command line. Data goes to stdout, talk to stderr. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  try {
    await commands((ended) => (code = ended)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error);
  }
}

/** All commands with their options. @param end - is told how one ended */
export function commands(end: (code: ExitCode) => void): Command {
  const program = new Command('golden-path')
    .description('Golden-path services for Kubernetes: identical manifests for every environment')
    .version(packageVersion())
    // Else options of a command below another one would be taken for those of that one.
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError();
  program
    .command('synth')
    .description('run the app of cdk8s.yaml and replace the output folder, if all went well')
    .option('-o, --output <folder>', 'the output folder (default: output of cdk8s.yaml, else dist)')
    .option('-a, --app <command>', 'the command that runs the app (default: app of cdk8s.yaml)')
    .option('--as-of <day>', 'the day on which waivers are judged (default: today)')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print problems only')
    .action(async (options: SynthOptions) => {
      end(await synth(options));
    });
  checkCommand(program, end);
  costCommand(program, end);
  sizesCommand(program, end);
  sloCommand(program, end);
  incidentCommand(program, end);
  postmortemCommand(program, end);
  gameDayCommand(program, end);
  program
    .command('rules')
    .description('list the rules of the guardrails, or explain one')
    .argument('[id]', 'the id of a rule')
    .option('--json', 'print them as JSON')
    .action((id: string | undefined, options: RulesOptions) => {
      end(rules(id, options));
    });
  return program;
}

const oneOf = (flags: string, description: string, choices: readonly string[]): Option =>
  new Option(flags, description).choices([...choices]);

function checkCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('check')
    .description('judge the platform of this project by its guardrails, or any manifests')
    .argument('[files...]', 'files and folders of YAML or JSON, or - for the standard input')
    .addOption(oneOf('--format <format>', 'how to report', Object.keys(formats)).default('text'))
    .option('--json', 'the same as --format json')
    .option('-o, --output <file>', 'write the report into a file')
    .addOption(oneOf('--fail-on <level>', 'the least that fails', failLevels).default('error'))
    .addOption(oneOf('--pack <pack>', 'the rules for files (default: golden-path)', packs))
    .option('--without <rule=reason>', 'leave a rule out for files; may be repeated', collect)
    .option('-n, --namespace <name>', 'the namespace of objects in files that give none')
    .option('--as-of <day>', 'the day on which waivers are judged (default: today)')
    .option('-a, --app <command>', 'the command that runs the app (default: app of cdk8s.yaml)')
    .option('-q, --quiet', 'report only what fails')
    .action(async (files: readonly string[], options: CheckOptions) => {
      end(await check(files, options));
    });
}

function costCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('cost')
    .description('what a month of all that is requested costs, by the models of the output folder')
    .option('-o, --output <folder>', 'the output folder (default: output of cdk8s.yaml, else dist)')
    .option('--application <id>', 'this application alone; may be repeated', collect)
    .option('--environment <name>', 'this environment alone; may be repeated', collect)
    .option('--since <lock>', 'the change since the sizes of another sizing lock')
    .option('--json', 'print the result as JSON')
    .action((options: CostOptions) => {
      end(cost(options));
    });
}

function sizesCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('rightsize')
    .description('size what runs by what it used, and write sizing.lock.json');
  serverOptions(command)
    .option('-e, --environment <name>', 'whose use decides (default: the one of stage prod)')
    .option('--application <id>', 'this application alone; may be repeated', collect)
    .option('--check', 'write nothing; exit code 1 when a size is over or under')
    .option('--lock <file>', 'the sizing lock', 'sizing.lock.json')
    .option('--window <days>', 'the whole days before today that are asked about', '14')
    .option('--as-of <day>', 'the day of the run (default: today)')
    .option('--incident <from/to>', 'a time of unusual use, in UTC; may be repeated', collect)
    .option('-o, --output <folder>', 'the output folder (default: output of cdk8s.yaml, else dist)')
    .option('--html <file>', 'write a page with a picture of each container too')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (options: RightsizeArguments) => {
      end(await rightsizeCommand(options));
    });
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UsageError) {
    process.stderr.write(`golden-path: ${error.message}\n`);
    return exitCodes.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`golden-path: this is a bug of golden-path.\n${text}\n`);
  return exitCodes.internal;
}
