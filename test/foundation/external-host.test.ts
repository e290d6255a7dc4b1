import { describe, expect, it } from '@jest/globals';
import { external, renderProblem, soft, Worker, type Endpoint } from '../../lib';
import { synthesizeIn } from '../../lib/testing';

const saidOf = (outer: Endpoint): readonly string[] =>
  synthesizeIn((app) => {
    const env = { A: outer.address, B: soft(outer).url, C: `${String(outer.host)}/v1` };
    new Worker(app, 'w', { image: 'x/y:1', env, uses: [outer] });
  }).problems.map((problem) => renderProblem(problem).replace(/ \([^ ]+:\d+\)/, ''));

const INSIDE =
  'Use the address of the web service, or the contract that its owner exports by published(…).';
const NAME = "Give the DNS name alone, as in external('api.stripe.com', 443).";

describe('a host outside', () => {
  it.each([
    ['https://api.stripe.com', `names a scheme. ${NAME}`],
    ['api.stripe.com/v1', `names a path. ${NAME}`],
    ['api.stripe.com:443', `names a port beside the port. ${NAME}`],
    ['*.stripe.com', 'names a wildcard. Give each host by its name: one external(…) for each.'],
    [
      '192.0.2.7',
      'names an IP address. Give the DNS name that leads there: certificates and policies by name need it.',
    ],
    [
      '[2001:db8::1]',
      'names an IP address. Give the DNS name that leads there: certificates and policies by name need it.',
    ],
    [
      'stock.warehouse.svc.cluster.local',
      `names a Service of the cluster, which is not outside. ${INSIDE}`,
    ],
    ['web', `names a Service of the cluster, which is not outside. ${INSIDE}`],
    ['kubernetes.default', `names a Service of the cluster, which is not outside. ${INSIDE}`],
    ['stock.warehouse.svc', `names a Service of the cluster, which is not outside. ${INSIDE}`],
    ['db.cluster.local', `names a Service of the cluster, which is not outside. ${INSIDE}`],
    [
      'web.shop-prod',
      `names no host outside: 'shop-prod' is no top-level domain, and may be a namespace. ${INSIDE}`,
    ],
    ['localhost', 'names the pod itself. Leave it out: within a pod nothing is closed.'],
    ['123.456', `names no DNS name: it ends in a number. ${NAME}`],
    ['API.stripe.com', 'has capital letters. Write it in small letters.'],
    ['api_stripe.com', `names no DNS name. ${NAME}`],
    ['', `names no host. ${NAME}`],
  ])('that is %j is a problem that says why, once', (host, said) => {
    expect(saidOf(external(host))).toEqual([
      `HostnameInvalid at test/w: external('${host}', 443) ${said}`,
    ]);
  });

  it('with a port that is none is a problem', () => {
    expect(saidOf(external('api.stripe.com', 70_000))).toEqual([
      "PortInvalid at test/w: external('api.stripe.com', 70000) names no port from 1 to 65535. Give it as in external('api.stripe.com', 443).",
    ]);
  });

  it('with a port that is text is a problem beside those of other hosts', () => {
    const port = '443' as unknown as number;
    expect(saidOf(external('x.example.com', port))).toEqual([
      "PortInvalid at test/w: external('x.example.com', '443'): the port is text. Give a number.",
    ]);
    const both = synthesizeIn((app) => {
      const uses = [external('x.example.com', port), external('localhost')];
      new Worker(app, 'w', { image: 'x/y:1', uses });
    }).problems;
    expect(both.map(({ code }) => code)).toEqual(['PortInvalid', 'HostnameInvalid']);
  });

  it('is fine by any DNS name', () => {
    for (const host of [
      'api.stripe.com',
      '0.pool.ntp.org',
      'xn--bcher-kva.example',
      'example.xn--p1ai',
      'db.prod.internal',
      'sql.corp.local',
    ]) {
      expect(saidOf(external(host, 123))).toEqual([]);
    }
  });
});
