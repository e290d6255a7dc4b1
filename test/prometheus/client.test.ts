import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { PrometheusClient, PrometheusError, type PrometheusOptions } from '../../lib/prometheus';
import { ONE, refusal, ROWS, says, success, withServer, type Answer } from './fake-server';

describe('a question', () => {
  it('is sent as a form, to the path below that of the address', async () => {
    await withServer([ONE], async (_, { url, seen }) => {
      const client = new PrometheusClient({ url: `${url}/prometheus/` });
      const query = `up{job=~"a|b"}[5m] + ${'x'.repeat(20_000)}`;
      expect(await client.query(query, 1795132800)).toEqual(ROWS);
      expect(seen[0]).toMatchObject({
        ...{ method: 'POST', path: '/prometheus/api/v1/query' },
        form: { query, time: '1795132800', timeout: '120s', partial_response: 'false' },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    });
  });

  it('of a range says its times', async () => {
    const matrix = success({
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [1, '0.5'],
            [2, 'NaN'],
            [3, '+Inf'],
            [4.5, '-1e+06'],
          ],
        },
      ],
    });
    await withServer([matrix], async (client, { seen }) => {
      const rows = await client.queryRange('up', { start: 1, end: 4.5, step: 1 });
      expect(rows).toEqual([
        {
          labels: {},
          points: [
            { at: 1, value: 0.5 },
            { at: 2, value: NaN },
            { at: 3, value: Infinity },
            { at: 4.5, value: -1e6 },
          ],
        },
      ]);
      expect(seen[0]).toMatchObject({
        path: '/api/v1/query_range',
        form: { query: 'up', start: '1', end: '4.5', step: '1' },
      });
    });
  });

  it.each<[string, Partial<PrometheusOptions>, object]>([
    ['a token', { authorization: { bearer: 's3cret\n' } }, { authorization: 'Bearer s3cret' }],
    [
      'a user',
      { authorization: { username: 'ann', password: 'pa:ss' } },
      { authorization: `Basic ${Buffer.from('ann:pa:ss').toString('base64')}` },
    ],
    [
      'further headers',
      { headers: { 'X-Scope-OrgID': 'shop', 'THANOS-TENANT': 'eu' } },
      { 'x-scope-orgid': 'shop', 'thanos-tenant': 'eu' },
    ],
  ])('brings %s', async (_, options, headers) => {
    await withServer(
      [ONE],
      async (client, { seen }) => {
        await client.query('up', 1);
        expect(seen[0]?.headers).toMatchObject(headers);
      },
      options,
    );
  });

  it('brings the user of the address, which messages do not show', async () => {
    await withServer([says(401, { error: 'no' })], async (_, { port, seen }) => {
      const client = new PrometheusClient({ url: `http://ann:p%40ss@127.0.0.1:${port}/` });
      const said = await refusal(client.query('up', 1), port);
      expect(said).toBe(
        'PrometheusError: http://127.0.0.1:PORT/api/v1/query answered 401: no. Give a token or a user that may read, and the tenant where there are several.',
      );
      const basic = Buffer.from('ann:p@ss').toString('base64');
      expect(seen[0]?.headers.authorization).toBe(`Basic ${basic}`);
      expect(client.address).toBe(`http://127.0.0.1:${port}`);
    });
  });

  it('is answered in compressed form too', async () => {
    const answer: Answer = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const data = { resultType: 'vector', result: [{ metric: { pod: 'a' }, value: [10, '1'] }] };
      response.end(gzipSync(JSON.stringify({ status: 'success', data })));
    };
    await withServer([answer], async (client) => {
      expect(await client.query('up', 1)).toEqual(ROWS);
    });
  });

  it('waits while as many are open as may be', async () => {
    let open = 0;
    let most = 0;
    const answer: Answer = (response, seen) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        ONE(response, seen);
      }, 5);
    };
    await withServer([answer], async (client) => {
      await Promise.all(Array.from({ length: 8 }, () => client.query('up', 1)));
      expect(most).toBe(2);
    });
  });

  it('that nobody waits for any longer ends', async () => {
    const controller = new AbortController();
    const answer: Answer = () => {
      controller.abort();
    };
    await withServer([answer], async (client, { port, seen }) => {
      const said = await refusal(client.query('up', 1, { signal: controller.signal }), port);
      expect(said).toBe(
        'PrometheusError: http://127.0.0.1:PORT/api/v1/query was not waited for. Run again.',
      );
      expect(seen).toHaveLength(1);
    });
  });
});

describe('an address', () => {
  it.each([
    ['localhost:9090', "'localhost:9090'"],
    ['//ann:pass@', "'//…@'"],
  ])('%s is none', (url, shown) => {
    expect(() => new PrometheusClient({ url })).toThrow(
      new PrometheusError(shown, undefined, {
        fault: 'options',
        found: 'is no address of a Prometheus',
        fix: 'Give one that begins with http:// or https://, such as http://localhost:9090',
      }),
    );
  });

  it('may end in the path of the API', () => {
    const client = new PrometheusClient({ url: 'https://thanos.example.com/api/v1/' });
    expect(client.address).toBe('https://thanos.example.com');
  });
});
