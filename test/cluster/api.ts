import {
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  KubeConfig,
  RequestContext,
} from '@kubernetes/client-node';
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

let known: KubeConfig | undefined;

/** The cluster that the harness started. */
function config(): KubeConfig {
  if (known) return known;
  const file = process.env.KUBECONFIG;
  if (file === undefined) throw new Error('Run npm run test:cluster: it starts the cluster.');
  known = new KubeConfig();
  known.loadFromFile(file);
  return known;
}

const TYPES = {
  POST: 'application/json',
  PUT: 'application/json',
  GET: 'application/json',
  DELETE: 'application/json',
  PATCH: 'application/merge-patch+json',
} as const;

const http = new IsomorphicFetchHttpLibrary();

/**
 * One request of the Kubernetes client, without the process that kubectl would be: the suite makes thousands.
 * The client's typed methods would leave out fields that it does not know, and fixtures have such fields.
 */
export async function request(
  method: keyof typeof TYPES,
  path: string,
  content?: object,
): Promise<Answer> {
  const context = new RequestContext(
    (config().getCurrentCluster()?.server ?? '') + path,
    HttpMethod[method],
  );
  context.setHeaderParam('content-type', TYPES[method]);
  if (content) context.setBody(JSON.stringify(content));
  await config().applySecurityAuthentication(context);
  const { httpStatusCode, headers, body } = await http.send(context).toPromise();
  return {
    status: httpStatusCode,
    warnings: warningsIn(headers.warning ?? ''),
    body: JSON.parse(await body.text()) as Answer['body'],
  };
}

/** The client joins headers of one name. @see https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
const warningsIn = (header: string): readonly string[] =>
  [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/gs)].map(([, quoted = '']) =>
    // Node reads headers byte by byte.
    Buffer.from(quoted.replace(/\\(.)/gs, '$1'), 'latin1').toString('utf8'),
  );

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
