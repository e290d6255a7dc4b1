import { describe, expect, it } from '@jest/globals';
import {
  AlertmanagerClient,
  AlertmanagerError,
  type AlertmanagerOptions,
} from '../../lib/alertmanager';
import { ServerError } from '../../lib/prometheus';
import { FakeServer, refusal, says, type Answer } from '../prometheus/fake-server';

const ALERT = {
  labels: { alertname: 'SLOErrorBudgetBurnPage', service: 'orders' },
  annotations: { summary: 'orders burns' },
  startsAt: '2026-03-01T03:04:05.000Z',
  endsAt: '2026-03-01T03:09:05.000Z',
  updatedAt: '2026-03-01T03:05:05.000Z',
  generatorURL: 'http://prometheus/graph',
  fingerprint: '1a2b',
  receivers: [{ name: 'shop-page' }],
  status: { state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [], mutedBy: ['night'] },
};
const SILENCE = {
  id: 's1',
  status: { state: 'active' },
  matchers: [{ name: 'service', value: 'orders|stock', isRegex: true, isEqual: true }],
  startsAt: '2026-03-01T03:00:00.000Z',
  endsAt: '2026-03-01T04:00:00.000Z',
  updatedAt: '2026-03-01T03:00:00.000Z',
  createdBy: 'ann',
  comment: 'known',
};

async function withServer<T>(
  answers: readonly Answer[],
  run: (client: AlertmanagerClient, server: FakeServer) => Promise<T>,
  options: Partial<AlertmanagerOptions> = {},
): Promise<T> {
  const server = await FakeServer.start(answers);
  try {
    const retries = { attempts: 3, firstPauseSeconds: 0.001, longestPauseSeconds: 0.01 };
    return await run(new AlertmanagerClient({ url: server.url, retries, ...options }), server);
  } finally {
    await server.stop();
  }
}

describe('an Alertmanager', () => {
  it('is asked for alerts below the path of its address, silenced and inhibited ones too', async () => {
    await withServer([says(200, [ALERT])], async (_, { url, seen }) => {
      const client = new AlertmanagerClient({
        url: `${url}/alertmanager/api/v2/`,
        authorization: { bearer: 's3cret' },
        headers: { 'X-Scope-OrgID': 'shop' },
      });
      const [alert] = await client.alerts({ matchers: ['application="shop"', 'team=~"a|b"'] });
      expect(alert).toEqual({
        labels: ALERT.labels,
        annotations: ALERT.annotations,
        startsAt: ALERT.startsAt,
        endsAt: ALERT.endsAt,
        fingerprint: '1a2b',
        receivers: ['shop-page'],
        status: ALERT.status,
      });
      expect(seen[0]).toMatchObject({
        method: 'GET',
        path: '/alertmanager/api/v2/alerts?active=true&silenced=true&inhibited=true&filter=application%3D%22shop%22&filter=team%3D%7E%22a%7Cb%22',
        headers: { authorization: 'Bearer s3cret', 'x-scope-orgid': 'shop' },
      });
      expect(seen[0]?.headers).not.toHaveProperty('content-type');
    });
  });

  it('tells its silences', async () => {
    await withServer([says(200, [SILENCE])], async (client, { seen }) => {
      const { id, matchers, startsAt, endsAt, createdBy, comment } = SILENCE;
      const told = { id, matchers, startsAt, endsAt, createdBy, comment };
      expect(await client.silences()).toEqual([{ ...told, state: 'active' }]);
      expect(seen[0]?.path).toBe('/api/v2/silences');
    });
  });

  it('tells what it is', async () => {
    const status = {
      cluster: { name: 'a', status: 'ready', peers: [{ name: 'a', address: '10.0.0.1:9094' }] },
      versionInfo: { version: '0.28.1' },
      config: { original: 'route: {}' },
      uptime: '2026-03-01T03:00:00.000Z',
    };
    await withServer([says(200, status)], async (client) => {
      expect(await client.status()).toEqual({ version: '0.28.1', cluster: 'ready', peers: 1 });
    });
  });

  it('of an older version says less', async () => {
    const { mutedBy, ...status } = ALERT.status;
    const { isEqual, ...matcher } = SILENCE.matchers[0]!;
    expect([mutedBy, isEqual]).toEqual([['night'], true]);
    const answers = [
      says(200, [{ ...ALERT, status }]),
      says(200, [{ ...SILENCE, matchers: [matcher] }]),
      says(200, { cluster: { status: 'disabled' }, versionInfo: { version: '0.25.0' } }),
    ];
    await withServer(answers, async (client) => {
      expect((await client.alerts())[0]?.status.mutedBy).toEqual([]);
      expect((await client.silences())[0]?.matchers[0]?.isEqual).toBe(true);
      expect(await client.status()).toMatchObject({ cluster: 'disabled', peers: 0 });
    });
  });

  it('is asked again where it may answer in a moment', async () => {
    await withServer([says(502, 'no'), says(200, [])], async (client, { seen }) => {
      expect(await client.alerts()).toEqual([]);
      expect(seen).toHaveLength(2);
    });
  });
});

describe('an Alertmanager that does not answer', () => {
  it.each<[string, Answer, string]>([
    [
      'a refusal',
      says(400, 'bad matcher format: x'),
      "answered 400: bad matcher format: x. Look into the server's log.",
    ],
    [
      'a refusal in JSON',
      says(500, { code: 500, message: 'no' }),
      "answered 500: { code: 500, message: 'no' }. Look into the server's log.",
    ],
    [
      'another API',
      says(404, { status: 'error' }),
      'answered 404: it has no API of Alertmanager here. Give the address up to /api/v2, with its path: Mimir has /alertmanager.',
    ],
    [
      'a login',
      says(200, '<html>'),
      'answered with a page for people, maybe a login. Give the address of the API of Alertmanager, with its path and with credentials that need no login.',
    ],
    [
      'another shape',
      says(200, { status: 'success', data: [] }),
      "answered with { status: 'success', data: [] }. Give the address of the API of Alertmanager, with its path and with credentials that need no login.",
    ],
    [
      'a row of another shape',
      says(200, [{ ...ALERT, status: { state: 'firing' } }]),
      expect.stringContaining('answered with a row that is {') as unknown as string,
    ],
    [
      'a redirect',
      says(302, '', { location: 'https://login.example.com/?state=s' }),
      'answered 302 and sends elsewhere, to https://login.example.com/. Give the address that it leads to; where that is a login page, give credentials that need none.',
    ],
  ])('is an error: %s', async (_, answer, text) => {
    await withServer([answer], async (client, { port }) => {
      const said = await refusal(client.alerts(), port);
      const prefix = 'AlertmanagerError: http://127.0.0.1:PORT/api/v2/alerts ';
      expect(said.slice(0, prefix.length)).toBe(prefix);
      expect(said.slice(prefix.length)).toEqual(text);
    });
  });

  it('is not waited for longer than is said', async () => {
    const silent: Answer = () => undefined;
    await withServer(
      [silent],
      async (client, { port }) => {
        expect(await refusal(client.silences(), port)).toBe(
          'AlertmanagerError: http://127.0.0.1:PORT/api/v2/silences gave no answer within 0.05 s. Ask for fewer days, or give it more time.',
        );
      },
      { timeoutSeconds: 0.05 },
    );
  });

  it('has an address, without the credentials in it', () => {
    const made = (): unknown => new AlertmanagerClient({ url: 'ftp://ann:s3cret@alerts' });
    expect(made).toThrow(
      new AlertmanagerError("'ftp://…@alerts'", undefined, {
        fault: 'options',
        found: 'is no address of an Alertmanager',
        fix: 'Give one that begins with http:// or https://, such as http://localhost:9093',
      }),
    );
    expect(made).toThrow(ServerError);
  });
});
