import type { Command } from 'commander';
import type { ExitCode } from '../exit-code';
import { collect, loginOptions } from '../server-options';
import { plan, type PlanArguments } from './plan';

/** `golden-path game-day plan`. */
export function planCommand(gameDay: Command, end: (code: ExitCode) => void): void {
  const command = gameDay
    .command('plan')
    .description('write the plan of a game day: a page for people, and what Chaos Mesh does')
    .argument('<application>', 'whose claims are put to the test')
    .requiredOption('-e, --environment <name>', 'where; it has to allow game days')
    .option(
      '--experiment <id>',
      "what is done, or 'all' (default: one for each kind of claim that takes half a working day at most); may be repeated",
      collect,
    )
    .option(
      '-o, --output <folder>',
      'where the plan goes (default: game-days/<application>/<environment>)',
    )
    .option('--force', 'write over a plan that somebody has changed')
    .option(
      '--cluster-prometheus <url>',
      'the Prometheus as Chaos Mesh reaches it in the cluster',
      'http://prometheus-operated.monitoring:9090',
    )
    .option('--zone <name>', 'the zone that fails')
    .option('--budget-floor <percent>', 'what has to be left of every budget', '50')
    .option(
      '--prometheus <url>',
      'look first: refuse with a page open, with little budget or traffic, or while another runs',
    )
    .option('--alertmanager <url>', 'look for pages and silences there too');
  loginOptions(command)
    .option(
      '--manifests <folder>',
      'what was synthesized (default: output of cdk8s.yaml, else dist)',
    )
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'say nothing but the result')
    .action(async (application: string, options: PlanArguments) => {
      end(await plan(application, options));
    });
}
