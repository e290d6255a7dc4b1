import { isIP } from 'node:net';
import { describe } from './describe';
import { isDnsSubdomain, isText } from './names';
import type { ProblemCode } from './problem-codes';

/** A host outside the cluster, and the port there. */
export interface OutsideHost {
  readonly host: string;
  readonly port: number;
}

/** What is wrong with a host outside, and what to give. */
export interface HostFault {
  readonly code: ProblemCode;
  readonly found: string;
  readonly fix: string;
}

const NAME = "Give the DNS name alone, as in external('api.stripe.com', 443)";

const INSIDE =
  'Use the address of the web service, or the contract that its owner exports by published(…)';

/**
 * Letters alone, or an internationalised label: so `web.shop-prod`, a Service and its namespace, is told from a host.
 * `local` and `internal` are zones of real networks.
 * @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1
 */
const TOP_LEVEL = /^([a-z]{2,63}|xn--[a-z0-9-]+)$/;

/** Whether a host is the name of a Service: without a dot it is looked up in the namespace of whoever asks. */
const isInside = (host: string): boolean =>
  /^[a-z0-9-]+$/i.test(host) || /(^|\.)(svc|default|cluster\.local)\.?$/i.test(host);

/** What is wrong with a host and a port given to `external(…)`; undefined when nothing is. */
export function tryHostFault({ host, port }: OutsideHost): HostFault | undefined {
  const given = `external(${describe(host)}, ${describe(port)})`;
  if (typeof port === 'string') {
    return { code: 'PortInvalid', found: `${given}: the port is text`, fix: 'Give a number' };
  }
  const fault = (what: string, fix: string): HostFault => ({
    code: 'HostnameInvalid',
    found: `${given} ${what}`,
    fix,
  });
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    const found = `${given} names no port from 1 to 65535`;
    return { code: 'PortInvalid', found, fix: "Give it as in external('api.stripe.com', 443)" };
  }
  if (!isText(host) || host === '') return fault('names no host', NAME);
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) {
    const fix = 'Give the DNS name that leads there: certificates and policies by name need it';
    return fault('names an IP address', fix);
  }
  if (host.includes('://')) return fault('names a scheme', NAME);
  if (host.includes('/')) return fault('names a path', NAME);
  if (host.includes(':')) return fault('names a port beside the port', NAME);
  if (host.includes('*')) {
    return fault('names a wildcard', 'Give each host by its name: one external(…) for each');
  }
  if (/^(.*\.)?localhost\.?$/i.test(host)) {
    return fault('names the pod itself', 'Leave it out: within a pod nothing is closed');
  }
  if (isInside(host)) return fault('names a Service of the cluster, which is not outside', INSIDE);
  if (host !== host.toLowerCase()) return fault('has capital letters', 'Write it in small letters');
  if (!isDnsSubdomain(host)) return fault('names no DNS name', NAME);
  const last = host.slice(host.lastIndexOf('.') + 1);
  if (/^\d+$/.test(last)) return fault('names no DNS name: it ends in a number', NAME);
  if (!TOP_LEVEL.test(last)) {
    const what = `names no host outside: '${last}' is no top-level domain, and may be a namespace`;
    return fault(what, INSIDE);
  }
  return undefined;
}
