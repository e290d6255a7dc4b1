import { afterAll, describe, expect, it } from '@jest/globals';
import type { Application, Platform } from '../../lib';
import { isAlert, ruleGroupsOf } from '../../lib/observability';
import { repository } from '../../apps/repository';
import { synthesize } from '../../lib/testing';
import { everyAlert } from '../observability/every-alert';
import { exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/slo.md');
const examples = exampleFolder('slo');
afterAll(examples.remove);

describe('docs/slo.md', () => {
  it('shows a platform and an application that compile, with objectives that can be kept', () => {
    for (const file of ['platform.ts', 'shop.ts']) examples.write(file, exampleOf(page, file));
    expect(examples.typeErrors(['platform.ts', 'shop.ts'])).toEqual([]);
    const { platform } = examples.load('platform.ts') as { readonly platform: () => Platform };
    const { Shop } = examples.load('shop.ts') as {
      readonly Shop: new (scope: unknown) => Application;
    };
    const { model, problems } = synthesize((scope) => new Shop(scope), platform);
    expect(problems).toEqual([]);
    expect(model.workloads[0]?.noObjectives).toBe('a page without advertisements is a good page');
    const objectives = model.workloads.map(
      ({ name, objectives = [] }) => `${name} ${objectives.map(({ slo }) => slo).join(' ')}`,
    );
    expect(objectives).toEqual([
      'ads ',
      'stock availability latency',
      'orders availability latency',
      'report freshness',
    ]);
  });

  it('names every alert that there is, and how it is told', () => {
    const text = page.slice(page.indexOf('| alert '));
    const rows = text.slice(0, text.indexOf('\n\n')).split('\n').slice(2);
    const told = rows.flatMap((row) => {
      const [, names = '', severity = ''] = row.split('|');
      return [...names.matchAll(/`([^`…]+)(…?)`/g)].map(([, name = '', more = '']) => ({
        pattern: new RegExp(`^${name}${more === '' ? '' : '\\w+'}$`),
        severities: new Set<string>(severity.match(/page|ticket/g)),
      }));
    });
    const alerts = [everyAlert(), repository().render()]
      .flatMap(({ manifests }) => [...manifests.values()].flat())
      .flatMap(ruleGroupsOf)
      .flatMap(({ rules }) => rules.filter(isAlert))
      .map(({ alert, labels }) => ({ alert, severity: labels.severity ?? '' }));
    expect(alerts.length).toBeGreaterThan(50);
    const missing = alerts.filter(
      ({ alert, severity }) =>
        !told.some((row) => row.pattern.test(alert) && row.severities.has(severity)),
    );
    expect(missing).toEqual([]);
    const idle = told.filter(({ pattern }) => !alerts.some(({ alert }) => pattern.test(alert)));
    expect(idle).toEqual([]);
  });

  it('leads from every alert to a runbook and a dashboard that there is', () => {
    const { files, manifests } = repository().render();
    const uids = new Set(
      [...files.values()].flatMap((text) =>
        [...text.matchAll(/"uid": "([a-z0-9_-]+)"/g)].map(([, uid]) => uid),
      ),
    );
    const alerts = [...manifests.values()]
      .flat()
      .flatMap(ruleGroupsOf)
      .flatMap(({ rules }) => rules.filter(isAlert));
    expect(alerts.length).toBeGreaterThan(100);
    for (const { annotations, alert } of alerts) {
      expect(annotations.runbook_url).toMatch(
        new RegExp(`^https://runbooks\\.example\\.org/[a-z-]+/[a-z-]+#${alert}$`),
      );
      const [, uid] = /\/d\/([^?]+)\?/.exec(annotations.dashboard_url ?? '') ?? [];
      expect(uids).toContain(uid);
    }
  });
});
