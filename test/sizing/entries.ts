import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ruleText, sealed, tierRules, type LockAddress, type LockEntry } from '../../lib/sizing';

const usage = { p50: 0.05, p95: 0.08, p98: 0.1, p99: 0.11, max: 0.2 };

/** What an entry holds beside its seal. */
export const unsealed: Omit<LockEntry, 'integrity'> = {
  request: { cpu: '110m', memory: '300Mi' },
  limit: { memory: '300Mi' },
  tier: 'standard',
  rule: ruleText(tierRules.standard),
  evidence: {
    from: '2026-11-06',
    to: '2026-11-19',
    samples: 8064,
    cpu: usage,
    memory: { p50: 2e8, p95: 2.1e8, p98: 2.2e8, p99: 2.3e8, max: 2.4e8 },
    oomKills: 0,
    throttled: 0,
    above: 0.01,
  },
  source: 'http://prometheus.example:9090, prod, namespace shop',
  date: '2026-11-20',
};

export const orders: LockAddress = {
  application: 'shop',
  workload: 'orders',
  container: 'orders',
};

/** An entry of the container of `shop/orders`. */
export const entry = (changes: Partial<typeof unsealed> = {}): LockEntry =>
  sealed(orders, { ...unsealed, ...changes });

/** A lock file with these workloads of the application `shop`. */
export const lockText = (workloads: object): string =>
  JSON.stringify({ version: 1, applications: { shop: workloads } });

/** Does something with a lock file of that text, which is gone afterwards. */
export function withLock<T>(text: string, use: (file: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));
  const file = path.join(folder, 'sizing.lock.json');
  fs.writeFileSync(file, text);
  try {
    return use(file);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
