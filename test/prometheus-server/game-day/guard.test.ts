import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordingRule, Rule } from '../../../lib/observability';
import {
  experimentsOf,
  floorsOf,
  guardChecks,
  placeOf,
  queryUrl,
  refusing,
  startChecks,
  type Check,
} from '../../../lib/game-day';
import { shop } from '../../game-day/models';
import { environment } from '../../rightsize/models';
import { findAssets } from '../assets';
import { startServer, type Server } from '../../../lib/rehearsal';

/** What each environment is like: all is well in the first. */
const NAMES = ['fine', 'paged', 'poor', 'broke', 'quiet', 'busy', 'unhonoured', 'unknown'] as const;
type Name = (typeof NAMES)[number];

const record = (name: string, value: number, labels: Record<string, string>): RecordingRule => ({
  record: name,
  expr: `vector(${value})`,
  labels,
});
const BUDGET = 'slo:period_error_budget_remaining:ratio';
const LEFT: Partial<Record<Name, number>> = { poor: 0.4, broke: 0.1 };
const CHAOS = 'chaos_controller_manager_chaos_experiments';

const rules: readonly Rule[] = NAMES.filter((name) => name !== 'unknown').flatMap(
  (name): readonly Rule[] => {
    const labels = { application: 'shop', service: 'orders', environment: name };
    return [
      record(BUDGET, LEFT[name] ?? 0.9, { ...labels, slo: 'availability' }),
      record(BUDGET, 0.95, { ...labels, slo: 'latency' }),
      record('slo:sli_events:rate5m', name === 'quiet' ? 0.1 : 20, {
        ...{ ...labels, slo: 'availability' },
      }),
    ];
  },
);
const others: readonly Rule[] = [
  {
    alert: 'SLOErrorBudgetBurnPage',
    expr: 'vector(1)',
    labels: { application: 'shop', service: 'orders', environment: 'paged', severity: 'page' },
    annotations: {},
  },
  record(CHAOS, 1, { namespace: 'shop-busy', kind: 'PodChaos', phase: 'running' }),
  record(CHAOS, 1, { namespace: 'shop-fine', kind: 'PodChaos', phase: 'finished' }),
  record(CHAOS, 2, {
    ...{ namespace: 'chaos-mesh', exported_namespace: 'shop-unhonoured' },
    ...{ kind: 'NetworkChaos', phase: 'injecting' },
  }),
];

describe('a guard of status codes, asked of a real Prometheus', () => {
  let server: Server;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-guard-'));
  const floors = floorsOf(0.5);

  const placeIn = (name: Name) => {
    const model = shop();
    return placeOf(model, environment(name, {}), [model]);
  };
  const statusOf = async (checks: readonly Check[]): Promise<number> =>
    (await fetch(queryUrl(server.url, refusing(checks)))).status;
  const start = (name: Name): Promise<number> => {
    const experiment = experimentsOf(shop()).find(({ id }) => id === 'load-orders')!;
    return statusOf(startChecks(experiment, placeIn(name), floors));
  };
  const guard = (name: Name): Promise<number> => statusOf(guardChecks(placeIn(name), floors));

  beforeAll(async () => {
    const assets = findAssets();
    if (typeof assets === 'string') throw new Error(assets);
    const groups = [{ name: 'given', interval: '1s', rules: [...rules, ...others] }];
    fs.writeFileSync(path.join(folder, 'rules.json'), JSON.stringify({ groups }));
    server = await startServer(assets, folder, new AbortController().signal, {
      rule_files: ['rules.json'],
    });
    for (let tries = 0; tries < 100 && (await start('fine')) !== 200; tries++) await sleep(200);
    for (let tries = 0; tries < 100 && (await start('paged')) !== 422; tries++) await sleep(200);
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['fine', 200],
    ['paged', 422],
    ['poor', 422],
    ['quiet', 422],
    ['busy', 422],
    ['unhonoured', 422],
    ['unknown', 422],
  ] as const)('begins nothing but where all is well: %s is %d', async (name, status) => {
    expect(await start(name)).toBe(status);
  });

  it.each([
    ['fine', 200],
    // What is wanted, and enough.
    ['paged', 200],
    ['poor', 200],
    ['quiet', 200],
    ['broke', 422],
    ['unknown', 422],
  ] as const)('ends what costs too much, and no other: %s is %d', async (name, status) => {
    expect(await guard(name)).toBe(status);
  });
});
