import { Option, type Command } from 'commander';
import type { ExitCode } from '../exit-code';
import { incidentServerOptions } from '../server-options';
import { incident, TIMEOUT_SECONDS, type IncidentArguments } from './incident';

/** `golden-path incident`. */
export function incidentCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('incident')
    .description('what burns, who is suspected and hurt, what changed, and what to do first')
    .argument('<service>', 'a workload, a backing service or a host outside');
  incidentServerOptions(command, TIMEOUT_SECONDS)
    .option('-e, --environment <name>', 'where (default: where it burns, else production)')
    .option('--application <id>', 'whose service, where several have one of this name')
    .option('-o, --output <folder>', 'the output folder (default: output of cdk8s.yaml, else dist)')
    .addOption(
      new Option('--act <action>', 'what would be done about it, and why').choices([
        ...['scale-out', 'restart-pod', 'roll-back'],
      ]),
    )
    .option('--context <name>', 'the cluster of --act, as kubeconfig calls it')
    .option('--yes', 'do it')
    .option('--json', 'print the result as JSON')
    .action(async (service: string, options: IncidentArguments) => {
      end(await incident(service, options));
    });
}
