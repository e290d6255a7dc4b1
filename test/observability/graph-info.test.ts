import { describe, expect, it } from '@jest/globals';
import type { EdgeModel } from '../../lib/foundation';
import { graphInfo } from '../../lib/observability';

const edge = (from: string, to: string, more: Partial<EdgeModel> = {}): EdgeModel => ({
  ...{ from, to, kind: 'workload', port: 80, soft: false },
  ...more,
});
const recorded = (edges: readonly EdgeModel[]): readonly string[] =>
  graphInfo({ application: 'shop', workloads: [], edges }).rules.map(({ labels = {} }) =>
    [
      `${labels.application ?? ''}/${labels.service ?? ''}`,
      `${labels.depends_on_application ?? ''}/${labels.depends_on ?? ''}`,
      ...[labels.kind, labels.edge, labels.hops],
    ].join(' '),
  );

describe('the graph as series', () => {
  it('has each edge once, and ways over hard ones', () => {
    const edges = [
      edge('web', 'orders'),
      edge('web', 'orders', { port: 81, soft: true }),
      edge('web', 'ads', { soft: true }),
      edge('orders', 'db', { kind: 'backing-service' }),
      edge('orders', 'warehouse/stock', { kind: 'published' }),
    ];
    expect(recorded(edges)).toEqual([
      'shop/web shop/db backing-service hard 2',
      'shop/web shop/orders workload hard 1',
      'shop/web warehouse/stock published hard 2',
      'shop/orders shop/db backing-service hard 1',
      'shop/orders warehouse/stock published hard 1',
      'shop/web shop/ads workload soft 1',
    ]);
  });

  it('has both edges of a circle, within which there is no way', () => {
    expect(recorded([edge('a', 'b'), edge('b', 'a')])).toEqual([
      'shop/a shop/b workload hard 1',
      'shop/b shop/a workload hard 1',
    ]);
  });

  it('has direct edges alone where the ways would fill an object', () => {
    const chain = Array.from({ length: 100 }, (_, index) => edge(`s${index}`, `s${index + 1}`));
    const rules = recorded(chain);
    expect(rules).toHaveLength(100);
    expect(rules.every((rule) => rule.endsWith(' 1'))).toBe(true);
  });
});
