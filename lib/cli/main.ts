import { Command, CommanderError } from 'commander';
import { exitCodes, UsageError, type ExitCode } from './exit-code';
import { synth, type SynthOptions } from './synth';
import { packageVersion } from './version';

/** Runs the command line. Data goes to stdout, talk to stderr. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = new Command('golden-path')
    .description('Golden-path services for Kubernetes: identical manifests for every environment')
    .version(packageVersion())
    .exitOverride()
    .showSuggestionAfterError();
  program
    .command('synth')
    .description('run the app of cdk8s.yaml and replace the output folder, if all went well')
    .option('-o, --output <folder>', 'the output folder (default: output of cdk8s.yaml, else dist)')
    .option('-a, --app <command>', 'the command that runs the app (default: app of cdk8s.yaml)')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print problems only')
    .action(async (options: SynthOptions) => {
      code = await synth(options);
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error);
  }
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
