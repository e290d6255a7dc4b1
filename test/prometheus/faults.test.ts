import { describe, expect, it } from '@jest/globals';
import type { PrometheusOptions } from '../../lib/prometheus';
import { ONE, refusal, ROWS, says, success, withServer, type Answer } from './fake-server';

const dies: Answer = (response) => {
  response.socket?.destroy();
};
/** Announces more than it sends, and dies. */
const breaksOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"status":"success","data":', () => response.socket?.destroy());
};
/** The same, of a server that does not notice. */
const cutOff: Answer = (response) => {
  response.writeHead(200).end('{"status":"success","data":{"resultType":"vec');
};
const error = (status: number, errorType: string, text: string): Answer =>
  says(status, { status: 'error', errorType, error: text });

describe('what may be gone in a moment', () => {
  it.each<[string, Answer]>([
    ['a server that dies', dies],
    ['an answer that breaks off', breaksOff],
    ['JSON that is cut off', cutOff],
    ['an empty answer', says(200, '')],
    ['429', says(429, 'slow down')],
    ['502', says(502, '<html>bad gateway</html>')],
    ['503', says(503, 'no')],
    ['504', says(504, '')],
    ['503 with the time to wait', says(503, '', { 'retry-after': '3600' })],
  ])('is asked again after %s', async (_, fault) => {
    await withServer([fault, fault, ONE], async (client, { seen }) => {
      expect(await client.query('up', 1)).toEqual(ROWS);
      expect(seen).toHaveLength(3);
    });
  });

  it.each<[string, Answer, string]>([
    [
      'a server that dies',
      dies,
      "broke the connection or took none (ECONNRESET): 'socket hang up'. Check that the server runs and can be reached from here, by kubectl port-forward for example.",
    ],
    [
      'an answer that breaks off',
      breaksOff,
      "broke the connection or took none (ECONNRESET): 'aborted'. Check that the server runs and can be reached from here, by kubectl port-forward for example.",
    ],
    [
      'JSON that is cut off',
      cutOff,
      'answered with JSON that is cut off after 45 characters. Try again; if it stays so, look at what stands between.',
    ],
    [
      'an empty answer',
      says(200, ''),
      'answered with nothing. Try again; if it stays so, look at what stands between.',
    ],
    ['503', says(503, 'not ready'), 'answered 503: not ready. Try again when it is less busy.'],
  ])('is told of when it stays: %s', async (_, fault, text) => {
    await withServer([fault], async (client, { port, seen }) => {
      const said = await refusal(client.query('up', 1), port);
      expect(said).toBe(`PrometheusError: http://127.0.0.1:PORT/api/v1/query ${text}`);
      expect(seen).toHaveLength(3);
    });
  });

  it('is told of when nobody listens', async () => {
    const closed = await withServer([ONE], (_, { port }) => Promise.resolve(port));
    await withServer(
      [ONE],
      async (client) => {
        expect(await refusal(client.query('up', 1), closed)).toBe(
          "PrometheusError: http://127.0.0.1:PORT/api/v1/query broke the connection or took none (ECONNREFUSED): 'connect ECONNREFUSED 127.0.0.1:PORT'. Check that the server runs and can be reached from here, by kubectl port-forward for example.",
        );
      },
      { url: `http://127.0.0.1:${closed}` },
    );
  });
});

const LIMIT =
  'Ask for fewer days or fewer workloads if it is a limit of the server, or raise the limit.';
const NO_API =
  'Give the address of the API of Prometheus, with its path and with credentials that need no login.';

describe('what stays as it is', () => {
  it.each<[string, Answer, string, Partial<PrometheusOptions>?]>([
    [
      '422',
      error(422, 'execution', 'query processing would load too many samples into memory'),
      `answered 422 (execution): query processing would load too many samples into memory to the query up. ${LIMIT}`,
    ],
    [
      'too many points',
      error(400, 'bad_data', 'exceeded maximum resolution of 11,000 points per timeseries.'),
      `answered 400 (bad_data): exceeded maximum resolution of 11,000 points per timeseries. to the query up. ${LIMIT}`,
    ],
    [
      'a query that took the server too long',
      error(503, 'timeout', 'query timed out in expression evaluation'),
      `answered 503 (timeout): query timed out in expression evaluation to the query up. ${LIMIT}`,
    ],
    [
      'a part of the data',
      success({ resultType: 'vector', result: [] }, { warnings: ['store 10.0.0.7 is away'] }),
      'answered with a part of the data and warns: store 10.0.0.7 is away to the query up. Run again when all of its stores answer.',
    ],
    [
      'a part of the data, as VictoriaMetrics says it',
      success({ resultType: 'vector', result: [] }, { isPartial: true }),
      'answered with a part of the data to the query up. Run again when all of its stores answer.',
    ],
    [
      'a login page',
      says(200, '<!doctype html><title>Sign in</title>'),
      `answered with a page for people, maybe a login. ${NO_API}`,
    ],
    [
      'a redirect to a login',
      says(302, '', { location: 'https://login.example.com/authorize?state=s3cret' }),
      'answered 302 and sends elsewhere, to https://login.example.com/authorize. Give the address that it leads to; where that is a login page, give credentials that need none.',
    ],
    [
      'another path',
      says(404, '404 page not found'),
      'answered 404: it has no API of Prometheus here. Give the address up to /api/v1, with its path: Mimir has /prometheus, VictoriaMetrics of several nodes /select/0/prometheus.',
    ],
    [
      'an answer without data',
      says(200, { status: 'success' }),
      `answered without data. ${NO_API}`,
    ],
    ['a list', says(200, []), `answered with []. ${NO_API}`],
    [
      'a number where a list should be',
      success({ resultType: 'vector', result: 3 }),
      `answered with a result of the type 'vector' that holds 3. ${NO_API}`,
    ],
    [
      'a value that is no text',
      success({ resultType: 'vector', result: [{ metric: {}, value: [1, 2] }] }),
      `answered with a row that is { metric: {}, value: [ 1, 2 ] }. ${NO_API}`,
    ],
    [
      'a label that is no text',
      success({ resultType: 'vector', result: [{ metric: { pod: 1 }, value: [1, '2'] }] }),
      `answered with a row that is { metric: { pod: 1 }, value: [ 1, '2' ] }. ${NO_API}`,
    ],
    [
      'a value that is no number',
      success({ resultType: 'matrix', result: [{ metric: {}, values: [[1, 'two']] }] }),
      `answered with a row that is { metric: {}, values: [ [Array] ] }. ${NO_API}`,
    ],
    [
      'more than is allowed',
      success({ resultType: 'vector', result: [{ metric: { pod: 'x'.repeat(5000) } }] }),
      'answered with more than 1000 bytes to the query up. Ask for fewer days or fewer workloads, or allow more.',
      { maxBytes: 1000 },
    ],
    [
      'an answer that does not come',
      () => undefined,
      'gave no answer within 0.05 s to the query up. Ask for fewer days, or give it more time.',
      { timeoutSeconds: 0.05 },
    ],
  ])('is reported at once: %s', async (_, fault, text, options = {}) => {
    await withServer(
      [fault],
      async (client, { port, seen }) => {
        const said = await refusal(client.query('up', 1), port);
        expect(said).toBe(`PrometheusError: http://127.0.0.1:PORT/api/v1/query ${text}`);
        expect(seen).toHaveLength(1);
      },
      options,
    );
  });

  it('is no fault: a remark on the query among the warnings', async () => {
    const remark = 'PromQL info: metric might not be a counter, name does not end in _total: "up"';
    const data = {
      resultType: 'vector',
      result: [{ metric: { pod: 'a' }, value: [10, '1'] }],
    };
    await withServer([success(data, { warnings: [remark] })], async (client) => {
      expect(await client.query('up', 1)).toEqual(ROWS);
    });
  });
});
