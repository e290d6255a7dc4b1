import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');
let empty = '';

beforeAll(() => {
  empty = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-no-prometheus-'));
});

afterAll(() => {
  fs.rmSync(empty, { recursive: true });
});

function run(environment: Readonly<Record<string, string>>): ReturnType<typeof spawnSync> {
  const others = Object.entries(process.env).filter(([name]) => !name.endsWith('_BIN'));
  return spawnSync(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', 'test/prometheus-server/run.ts'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...Object.fromEntries(others), XDG_CACHE_HOME: empty, ...environment },
    },
  );
}

describe('the suite on a real Prometheus', () => {
  it('says in one sentence what is missing, and is no success', () => {
    const { status, stderr } = run({});
    expect(stderr).toBe(
      'No Prometheus to test on: run npm run prometheus:assets, which needs apt-get, or let PROMETHEUS_BIN name a folder with prometheus, promtool and prometheus-alertmanager.\n',
    );
    expect(status).toBe(2);
  });

  it('says which binary is not where it should be', () => {
    const server = path.join(empty, 'prometheus');
    fs.writeFileSync(server, '');
    const { status, stderr } = run({ PROMETHEUS_BIN: server });
    expect(stderr).toBe(
      `PROMETHEUS_BIN names ${server}, but there is no ${path.join(empty, 'promtool')} and no ${path.join(empty, 'prometheus-alertmanager')}; PROMTOOL_BIN and ALERTMANAGER_BIN name what stands elsewhere.\n`,
    );
    expect(status).toBe(2);
  });
});
