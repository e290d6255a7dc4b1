import * as fs from 'node:fs';
import * as https from 'node:https';
import type { Manifest } from '../../lib';
import { kindOf, kinds } from '../../lib/guardrail';

/** What the API server says to one request. */
export interface Answer {
  readonly status: number;
  /** The texts of its warnings, whole. */
  readonly warnings: readonly string[];
  /** The object, or the Status that says why there is none. */
  readonly body: Manifest & { readonly message?: string };
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

interface Server {
  readonly url: string;
  readonly token: string;
  readonly agent: https.Agent;
}

let known: Server | undefined;

/** The cluster of the kubeconfig that the harness wrote, which is JSON. */
function server(): Server {
  if (known) return known;
  const file = process.env.KUBECONFIG;
  if (file === undefined) throw new Error('Run npm run test:cluster: it starts the cluster.');
  const { clusters, users } = JSON.parse(fs.readFileSync(file, 'utf8')) as Kubeconfig;
  const [{ cluster }] = clusters;
  const ca = fs.readFileSync(cluster['certificate-authority'] ?? '');
  const agent = new https.Agent({ ca, keepAlive: true, maxSockets: 12 });
  known = { url: cluster.server ?? '', token: users[0].user.token, agent };
  return known;
}

const TYPES = {
  POST: 'application/json',
  PUT: 'application/json',
  GET: 'application/json',
  DELETE: 'application/json',
  PATCH: 'application/merge-patch+json',
} as const;

/** One request, without the process that kubectl would be: the suite makes thousands. */
export function request(
  method: keyof typeof TYPES,
  path: string,
  content?: object,
): Promise<Answer> {
  const { url, token, agent } = server();
  const headers = { authorization: `Bearer ${token}`, 'content-type': TYPES[method] };
  return new Promise((resolve, reject) => {
    const sent = https.request(url + path, { method, headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', reject).on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          warnings: (response.headersDistinct.warning ?? []).map(warningText),
          body: JSON.parse(text) as Answer['body'],
        });
      });
    });
    sent.on('error', reject).end(content && JSON.stringify(content));
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
function warningText(header: string): string {
  const quoted = /^299 \S+ "(.*)"$/s.exec(header)?.[1] ?? header;
  // Node reads headers byte by byte.
  return Buffer.from(quoted.replace(/\\(.)/g, '$1'), 'latin1').toString('utf8');
}

/** Ends of paths that have the server check everything and keep nothing. */
export const DRY_RUN = 'dryRun=All&fieldValidation=Strict';

/** Where objects of this kind are made, in their namespace or in the given one. */
export function collectionOf(object: Manifest, namespace: string): string {
  const kind = kindOf(object);
  if (kind === undefined) throw new Error(`${object.kind} is no kind that rules judge.`);
  const group = object.apiVersion.includes('/') ? 'apis' : 'api';
  const { namespace: own = namespace } = object.metadata as { readonly namespace?: string };
  const within = 'clusterScoped' in kinds[kind] ? '' : `/namespaces/${own}`;
  return `/${group}/${object.apiVersion}${within}/${kinds[kind].plural}`;
}

/** The version of the server, as `1.30`. */
export async function serverVersion(): Promise<string> {
  const { body } = await request('GET', '/version');
  const { major, minor } = body as unknown as { readonly major: string; readonly minor: string };
  return `${major}.${minor.replace(/\D+$/, '')}`;
}
