import { describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { Application, Signals, WebService, type Rendering } from '../../../lib';
import { everyKind, requestsBy, watching } from '../every-kind';
import { promqlFaults } from '../promql';
import { takenByPromtool } from '../promtool';
import {
  dashboardsOf,
  dashboardTexts,
  expressionsOf,
  manifestsIn,
  panelsOf,
  type PanelJson,
} from './dashboards';
import { EXPORTED, metricsIn, recordedIn } from './metrics';

const renderings: readonly (readonly [string, Rendering])[] = [
  ['the applications of this repository', repository().render()],
  ['every kind of workload', everyKind()],
  ['Linkerd', requestsBy(Signals.linkerd(), '300ms')],
  ['Envoy Gateway', requestsBy(Signals.envoyGateway(), '500ms')],
  ['ingress-nginx', requestsBy(Signals.ingressNginx(), '1s')],
];
const [, ofRepository] = renderings[0]!;
const all = renderings.flatMap(([, rendering]) => [...dashboardsOf(rendering).values()]);

/** What is recorded only where there are edges, or backing services. */
const ELSEWHERE = /^golden_path:(depends_on:info|service_up)$/;

const overlap = (a: PanelJson, b: PanelJson): boolean => {
  const [{ x, y, w, h }, other] = [a.gridPos, b.gridPos];
  return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
};

describe('the dashboards of', () => {
  it.each(renderings)('%s ask what Prometheus understands', (_, rendering) => {
    expect(rendering.problems).toEqual([]);
    const dashboards = [...dashboardsOf(rendering).values()];
    expect(dashboards.length).toBeGreaterThan(1);
    const faults = dashboards.flatMap(expressionsOf).flatMap(promqlFaults);
    expect(faults).toEqual([]);
  });

  it.each(renderings)('%s ask for what is recorded here, or known exporters offer', (_, made) => {
    const recorded = recordedIn(made.files);
    const names = [...dashboardsOf(made).values()].flatMap(expressionsOf).flatMap(metricsIn);
    const strange = [...new Set(names)].filter(
      (name) =>
        !recorded.has(name) && !ELSEWHERE.test(name) && !EXPORTED.some((known) => known.test(name)),
    );
    expect(strange).toEqual([]);
  });
});

describe('a dashboard', () => {
  it('has expressions that promtool takes', () => {
    const expressions = [...new Set(all.flatMap(expressionsOf))];
    expect(expressions.length).toBeGreaterThan(300);
    expect(takenByPromtool(expressions)).toEqual(expressions);
  });

  it('has an identity of its own, of at most 40 characters', () => {
    const uids = all.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    for (const uid of uids) expect(uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
    expect(uids).toContain('online-boutique_frontend');
    expect(uids).toContain('invoices');
  });

  it('has numbered panels that do not cover each other, each with queries', () => {
    for (const { panels } of all) {
      expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
      for (const [index, panel] of panels.entries()) {
        const others = panels.slice(index + 1);
        expect(others.filter((other) => overlap(panel, other))).toEqual([]);
        expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
        const queries = panel.targets ?? [];
        expect(queries.length > 0).toBe(panel.type !== 'row');
        const refIds = queries.map(({ refId }) => refId);
        expect(new Set(refIds).size).toBe(refIds.length);
      }
    }
  });

  it('has no heading without panels', () => {
    for (const dashboard of all) {
      const types = dashboard.panels.map(({ type }) => type);
      const empty = types.filter((type, index) => type === 'row' && types[index + 1] === 'row');
      expect(empty).toEqual([]);
      expect(types.at(-1)).not.toBe('row');
    }
  });

  it('holds no environment and no namespace', () => {
    for (const text of dashboardTexts(ofRepository).values()) {
      expect(text).not.toMatch(/\b(dev|staging|prod)\b|namespace=\\?"/);
      expect(text).toMatch(/^[ -~\n]+$/);
    }
  });

  it('has the same bytes whenever it is made', () => {
    expect(dashboardTexts(repository().render())).toEqual(dashboardTexts(ofRepository));
  });

  it('stays far below what an annotation of kubectl holds', () => {
    const objects = manifestsIn(ofRepository.files).filter(({ metadata }) =>
      metadata.name.endsWith('-dashboard'),
    );
    const sizes = objects.map((object) => JSON.stringify(JSON.stringify(object)).length);
    expect(Math.max(...sizes)).toBeLessThan(262_144 / 3);
  });
});

describe('the dashboard of', () => {
  const of = (rendering: Rendering, uid: string) => panelsOf(dashboardsOf(rendering).get(uid));
  const kinds = renderings[1]![1];

  it('a web service goes from who is hurt to what Kubernetes says', () => {
    expect(of(ofRepository, 'online-boutique_frontend')).toEqual([
      ...['# Budget, alerts and suspects', 'Budget left', 'Burns now', 'Gone in'],
      ...['Pages', 'Tickets', 'Firing alerts', 'Suspects'],
      ...['# Requests', 'Rate', 'Errors', 'Duration'],
      ...['# Dependencies and callers', 'Dependencies', 'Callers'],
      ...['# Saturation', 'CPU of request', 'Memory of limit', 'Held back by the CPU limit'],
      ...['Scale', '# Kubernetes', 'Replicas', 'Restarts', 'Not ready'],
      'Killed for want of memory',
    ]);
  });

  it('a worker has its messages, and no requests', () => {
    const panels = of(kinds, 'every-kind_mailer');
    expect(panels).toEqual(expect.arrayContaining(['# Messages', 'Age of the oldest', 'Scale']));
    expect(panels).not.toContain('# Requests');
  });

  it('a scheduled job has its runs, and no replicas', () => {
    const panels = of(kinds, 'every-kind_report');
    expect(panels).toEqual(expect.arrayContaining(['# Runs', 'Next run', 'Budget left']));
    for (const absent of ['Replicas', 'Scale', '# Requests', '# Messages', 'Restarts']) {
      expect(panels).not.toContain(absent);
    }
    const { annotations } = dashboardsOf(kinds).get('every-kind_report')!;
    expect(annotations.list).toEqual([]);
  });

  it('what has no objective has no budget', () => {
    expect(of(kinds, 'every-kind_whenever')).not.toContain('Budget left');
  });

  it('what nobody calls and what calls nobody has neither', () => {
    const panels = of(kinds, 'every-kind_lax');
    expect(panels).not.toContain('# Dependencies and callers');
    expect(panels).not.toContain('Suspects');
  });

  it('an application has the graph, and a line for each objective', () => {
    expect(of(ofRepository, 'invoices')).toEqual([
      ...['# Alerts', 'Pages', 'Tickets', 'Firing alerts'],
      ...['# Graph', 'Dependencies', '# Objectives', 'Objectives'],
    ]);
  });

  it('a migration is that of its workload', () => {
    expect(of(ofRepository, 'invoices_api')).toContain('Failed migrations');
    const uids = [...dashboardsOf(ofRepository).keys()];
    expect(uids.filter((uid) => uid.startsWith('invoices'))).toEqual([
      ...['invoices_api', 'invoices_renderer', 'invoices_reminders', 'invoices'],
    ]);
  });

  it('a service without limits and room to scale says nothing of them', () => {
    const platform = watching(Signals.openTelemetry(), { cpuLimit: 'none' });
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new WebService(app, 'orders', {
      ...{ image: 'x/y:1', port: 8080, health: '/ready', scale: { min: 2, max: 2 } },
    });
    const panels = of(platform.render(), 'shop_orders');
    expect(panels).toContain('Memory of limit');
    for (const absent of ['Held back by the CPU limit', 'Scale', '# Requests', 'Budget left']) {
      expect(panels).not.toContain(absent);
    }
  });
});
