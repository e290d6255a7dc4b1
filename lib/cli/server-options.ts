import type { Command } from 'commander';

/** Gathers the values of an option that may be repeated. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** The options by which a command is told what it asks, and how. */
export const serverOptions = (command: Command, timeoutSeconds?: number): Command =>
  loginOptions(selectorOption(command.requiredOption(...PROMETHEUS)), timeoutSeconds);

const PROMETHEUS = [
  '--prometheus <url>',
  'a Prometheus, or Thanos, Mimir or VictoriaMetrics',
] as const;

const selectorOption = (command: Command): Command =>
  command.option(
    '--selector <condition>',
    'on all series: cluster="prod-eu"; may be repeated',
    collect,
  );

/** How a server is asked, whether or not one has to be named. */
export const loginOptions = (command: Command, timeoutSeconds = 120): Command =>
  command
    .option('--bearer-token-file <file>', 'log in by the token in a file')
    .option('--username <name>', 'log in by a name and a password')
    .option('--password-file <file>', 'the file with the password')
    .option('--header <name: value>', 'a header, such as a tenant; may be repeated', collect)
    .option('--ca-file <file>', 'the certificates that are trusted')
    .option('--cert-file <file>', 'the certificate of the client')
    .option('--key-file <file>', 'its key')
    .option('--server-name <name>', "the name in the server's certificate")
    .option('--timeout <seconds>', `how long one question may take (default: ${timeoutSeconds})`);

/** The same, with an Alertmanager beside. */
export const incidentServerOptions = (command: Command, timeoutSeconds?: number): Command =>
  serverOptions(command, timeoutSeconds).option(...ALERTMANAGER);

/** The same of a command that can do without. */
export const optionalServerOptions = (command: Command): Command =>
  loginOptions(selectorOption(command.option(...PROMETHEUS))).option(...ALERTMANAGER);

const ALERTMANAGER = [
  '--alertmanager <url>',
  'the Alertmanager; asked with the same login, header and certificates',
] as const;
