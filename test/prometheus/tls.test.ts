import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PrometheusClient, type TlsOptions } from '../../lib/prometheus';
import { FakeServer, ONE, refusal, ROWS } from './fake-server';

let folder = '';
const openssl = (...args: readonly string[]): void => {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
};
const text = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

/** A key and a certificate, signed by the authority. */
function certificate(name: string, extension: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`],
  );
  fs.writeFileSync(path.join(folder, `${name}.ext`), extension);
  const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
  const signed = ['-req', '-in', `${name}.csr`, '-out', `${name}.crt`, '-days', '2'];
  openssl('x509', ...signed, ...by, '-extfile', `${name}.ext`);
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-tls-'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2'],
    ...['-subj', '/CN=an authority'],
  );
  certificate('server', 'subjectAltName=DNS:prometheus.example.com');
  certificate('client', 'extendedKeyUsage=clientAuth');
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

async function asked(tls: (folder: string) => TlsOptions, wanted = false): Promise<unknown> {
  const server = await FakeServer.start([ONE], {
    ...{ key: text('server.key'), cert: text('server.crt'), ca: text('ca.crt') },
    ...{ requestCert: wanted, rejectUnauthorized: wanted },
  });
  try {
    const client = new PrometheusClient({
      url: `https://127.0.0.1:${server.port}`,
      tls: tls(folder),
      retries: { attempts: 1 },
    });
    return await client.query('up', 1).catch(() => refusal(client.query('up', 1), server.port));
  } finally {
    await server.stop();
  }
}

it('a server that speaks no TLS is not asked for certificates', async () => {
  const server = await FakeServer.start([ONE]);
  try {
    const url = `https://127.0.0.1:${server.port}`;
    const client = new PrometheusClient({ url, retries: { attempts: 1 } });
    expect(await refusal(client.query('up', 1), server.port)).toBe(
      'PrometheusError: https://127.0.0.1:PORT/api/v1/query answers without TLS. Begin the address with http://, or give the port on which it speaks TLS.',
    );
  } finally {
    await server.stop();
  }
});

describe('a server with a certificate of an authority of its own', () => {
  it('is asked when the authority and the name are given', async () => {
    const tls = { serverName: 'prometheus.example.com' };
    expect(await asked(() => ({ ...tls, ca: text('ca.crt') }))).toEqual(ROWS);
  });

  it('is not trusted without the authority', async () => {
    expect(await asked(() => ({ serverName: 'prometheus.example.com' }))).toBe(
      "PrometheusError: https://127.0.0.1:PORT/api/v1/query does not get through TLS (SELF_SIGNED_CERT_IN_CHAIN): 'self-signed certificate in certificate chain'. Give the authority's certificate (ca), the name in the certificate (server name), and a client certificate where one is wanted.",
    );
  });

  it('is not trusted under another name', async () => {
    expect(await asked(() => ({ ca: text('ca.crt') }))).toMatch(
      /^PrometheusError: https:\/\/127.0.0.1:PORT\/api\/v1\/query does not get through TLS \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    );
  });

  it('takes a client certificate where it wants one, and nobody without', async () => {
    const tls = { serverName: 'prometheus.example.com', ca: text('ca.crt') };
    const own = { cert: text('client.crt'), key: text('client.key') };
    expect(await asked(() => ({ ...tls, ...own }), true)).toEqual(ROWS);
    expect(await asked(() => tls, true)).toMatch(/does not get through TLS \(ERR_SSL_/);
  });
});
