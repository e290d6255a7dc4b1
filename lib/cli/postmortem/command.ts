import type { Command } from 'commander';
import { UsageError, type ExitCode } from '../exit-code';
import { programOptions } from '../binaries';
import { incidentServerOptions, optionalServerOptions } from '../server-options';
import { check, type CheckArguments } from './check';
import { replay } from './replay';
import { PROGRAMS } from './replay-file';
import type { ReplayArguments } from './replayed';
import { write, type WriteArguments } from './write';

const DIST = 'the output folder of the synthesis (default: output of cdk8s.yaml, else dist)';
const ENVIRONMENT = 'where it was (default: the one of stage prod)';

/** `golden-path postmortem`, `postmortem check` and `postmortem replay`. */
export function postmortemCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('postmortem')
    .description('write down what servers know of an incident, and what people have to add')
    .enablePositionalOptions()
    .argument(
      '<service...>',
      'a workload, a backing service or a host outside, as api or shop/api',
    );
  incidentServerOptions(command)
    .option('--application <id>', 'whose service, where several have one of this name')
    .option('-e, --environment <name>', ENVIRONMENT)
    .option('--from <time>', 'the begin, in UTC, such as 2026-11-20T14:30Z')
    .option('--to <time>', 'the end, in UTC')
    .option('-o, --output <file>', 'write it into a file that nobody has changed')
    .option('--force', 'write over a file that somebody has changed')
    .option('--pace <factor>', 'how many times as fast time ran, in a rehearsal')
    .option('--dist <folder>', DIST)
    .option('--json', 'print what is known as JSON')
    .option('--check', 'say what people still owe to these files: the same as postmortem check')
    .option('--as-of <day>', 'the day on which --check judges (default: today)')
    .action(async (names: readonly string[], options: WriteArguments & Checking) => {
      end(await run(names, options));
    });
  // `--check` asks nobody.
  for (const option of command.options) option.mandatory = false;
  checkCommand(command, end);
  replayCommand(command, end);
}

interface Checking extends CheckArguments {
  readonly check?: boolean;
}

async function run(
  names: readonly string[],
  options: WriteArguments & Checking,
): Promise<ExitCode> {
  if (options.check) return check(names, options);
  const [service = '', another] = names;
  if (another !== undefined) {
    throw new UsageError('a postmortem is about one service. Give that where it hurt most.');
  }
  if ((options.prometheus as string | undefined) === undefined) {
    throw new UsageError('there is nobody to ask. Give --prometheus <url>.');
  }
  return write(service, options);
}

function checkCommand(command: Command, end: (code: ExitCode) => void): void {
  command
    .command('check')
    .description('what people still owe: parts to fill in, blame, action items; exit code 1')
    .argument('<files...>', 'postmortems')
    .option('--as-of <day>', 'the day on which due dates are judged (default: today)')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action((files: readonly string[], options: CheckArguments) => {
      end(check(files, options));
    });
}

function replayCommand(command: Command, end: (code: ExitCode) => void): void {
  const below = command
    .command('replay')
    .description("the series of an incident over today's rules; exit code 1 when they page later")
    .argument('[what]', 'a postmortem, or a service; nothing with --series');
  programOptions(optionalServerOptions(below), PROGRAMS)
    .option('-e, --environment <name>', ENVIRONMENT)
    .option('--from <time>', 'the begin, in UTC')
    .option('--to <time>', 'the end, in UTC')
    .option('--save <file>', 'write the series that the rules read into a new file, to keep')
    .option('--force', 'write it over a file that is there')
    .option(
      '--series <file>',
      'replay what --save has written, on a Prometheus that runs for as long',
    )
    .option('--pages-within <time>', 'exit code 1 unless a page comes so soon, such as 5m')
    .option('--began <time>', 'when it began (default: when an objective left its budget)')
    .option('--dist <folder>', DIST)
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (what: string | undefined, options: ReplayArguments) => {
      end(await replay(what, options));
    });
}
