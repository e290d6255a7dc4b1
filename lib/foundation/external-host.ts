import { isIP } from 'node:net';
import { describe } from './describe';
import { isDnsSubdomain } from './names';
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

/** What is wrong with a host and a port given to `external(…)`; undefined when nothing is. */
export function tryHostFault({ host, port }: OutsideHost): HostFault | undefined {
  const given = `external(${describe(host)}, ${describe(port)})`;
  const fault = (what: string, fix: string): HostFault => ({
    code: 'HostnameInvalid',
    found: `${given} ${what}`,
    fix,
  });
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    const found = `${given} names no port from 1 to 65535`;
    return { code: 'PortInvalid', found, fix: "Give it as in external('api.stripe.com', 443)" };
  }
  if (host === '') return fault('names no host', NAME);
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
  if (/(^|\.)svc(\.cluster\.local)?\.?$/.test(host)) {
    const fix =
      'Use the address of the web service, or the contract that its owner exports by published(…)';
    return fault('names a Service of the cluster, which is not outside', fix);
  }
  if (host !== host.toLowerCase()) return fault('has capital letters', 'Write it in small letters');
  if (!isDnsSubdomain(host)) return fault('names no DNS name', NAME);
  return undefined;
}
