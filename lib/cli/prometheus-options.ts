import { describe } from '../foundation';
import type { Fault, PrometheusOptions, ServerError, TlsOptions } from '../prometheus';
import { UsageError } from './exit-code';
import { secretOf, textOf } from './files';

/** How a server is asked, as the command line has it. Secrets come from files: a command line is read by others. */
export interface PrometheusArguments {
  readonly prometheus: string;
  readonly bearerTokenFile?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly header?: readonly string[];
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  readonly timeout?: string;
}

/** Reads how the server is asked. @throws UsageError */
export function prometheusOf(given: PrometheusArguments): PrometheusOptions {
  const { prometheus, bearerTokenFile, username, passwordFile } = given;
  if ((username === undefined) !== (passwordFile === undefined)) {
    throw new UsageError('--username and --password-file go together.');
  }
  if (bearerTokenFile !== undefined && username !== undefined) {
    throw new UsageError('--bearer-token-file and --username are two ways to log in. Give one.');
  }
  const bearer = lineOf(bearerTokenFile);
  const password = lineOf(passwordFile);
  const headers = (given.header ?? []).map(headerOf);
  const tls = tlsOf(given);
  const timeoutSeconds = secondsOf(given.timeout);
  return {
    url: prometheus,
    ...(bearer !== undefined && { authorization: { bearer } }),
    ...(username !== undefined &&
      password !== undefined && { authorization: { username, password } }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(tls && { tls }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  };
}

const lineOf = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : secretOf(file);

const HEADER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*([\x20-\x7e\t]*)$/;

function headerOf(text: string): readonly [string, string] {
  const [, name, value] = HEADER.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  // What it is stays untold: it may be a token.
  throw new UsageError(
    "a --header is not a name, a colon and a value. Give one such as 'X-Scope-OrgID: team-a'.",
  );
}

function tlsOf(given: PrometheusArguments): TlsOptions | undefined {
  const { caFile, certFile, keyFile, serverName } = given;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new UsageError('--cert-file and --key-file go together.');
  }
  const tls = {
    ...(caFile !== undefined && { ca: textOf(caFile) }),
    ...(certFile !== undefined && { cert: textOf(certFile) }),
    ...(keyFile !== undefined && { key: textOf(keyFile) }),
    ...(serverName !== undefined && { serverName }),
  };
  return Object.keys(tls).length > 0 ? tls : undefined;
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(/^\d{1,5}$/.exec(text)?.[0] ?? NaN);
  if (seconds >= 1) return seconds;
  throw new UsageError(`--timeout is ${describe(text)}. Give whole seconds, such as 120.`);
}

/** What to do in the words of the command line, where the library speaks of its own options. */
const FIXES: Readonly<Partial<Record<Fault, string>>> = {
  tls: "Give the authority's certificate by --ca-file, the name in the certificate by --server-name, and a client certificate by --cert-file and --key-file where one is wanted",
  credentials:
    "Give --bearer-token-file, or --username and --password-file, and where there are several tenants --header 'X-Scope-OrgID: team-a'",
  timeout: 'Ask for fewer days, or give it more time by --timeout',
  'too-large': 'Ask for fewer days, or for one application after the other',
};

/** Why a server gave no answer, for whoever uses the command line. */
export function serverText({ fault, fix, message }: ServerError): string {
  const own = FIXES[fault];
  return own === undefined ? message : `${message.slice(0, -`${fix}.`.length)}${own}.`;
}
