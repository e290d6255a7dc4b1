import { describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import type { Manifest, Rendering } from '../../../lib';
import { everyAlert } from '../../observability/every-alert';
import { everyKind } from '../../observability/every-kind';
import { promqlFaults } from '../../observability/promql';
import { EXPORTED, metricsIn, recordedIn } from '../../observability/dashboard/metrics';
import { broughtBy } from './cluster';
import { blocksOf, languagesOf, linksIn, pagesOf, targetsIn, type Page } from './page';
import { shellFaults } from './shell';

const renderings: readonly (readonly [string, Rendering])[] = [
  ['the applications of this repository', repository().render()],
  ['every kind of workload', everyKind()],
  ['every alert', everyAlert()],
];

interface Alert {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const alertsOf = ({ manifests }: Rendering): readonly Alert[] =>
  [...manifests.values()]
    .flat()
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }: Manifest) => (spec as { groups: { rules: Alert[] }[] }).groups)
    .flatMap(({ rules }) => rules)
    .filter(({ alert }) => alert !== undefined);

const pageOf = (rendering: Rendering, name: string): Page => {
  const page = pagesOf(rendering).find((each) => each.name === name);
  if (!page) throw new Error(`no runbook ${name}`);
  return page;
};

describe.each(renderings)('the runbooks of %s', (_, rendering) => {
  const pages = pagesOf(rendering);

  it('are there for whatever an alert names as its service', () => {
    expect(rendering.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const services = alertsOf(rendering).map(
      ({ labels }) => `${labels?.application}/${labels?.service}`,
    );
    expect(new Set(pages.map(({ name }) => name))).toEqual(new Set(services));
  });

  it('have an anchor for each alert, where its link leads', () => {
    const missing = alertsOf(rendering).flatMap(({ alert = '', labels = {}, annotations = {} }) => {
      const page = pages.find(({ name }) => name === `${labels.application}/${labels.service}`);
      const to = annotations.runbook_url ?? `x/${labels.application}/${labels.service}#${alert}`;
      const [path = '', hash = ''] = to.split('#');
      const isRight = page && path.endsWith(`/${page.name}`) && targetsIn(page).includes(hash);
      return isRight ? [] : [to];
    });
    expect(missing).toEqual([]);
  });

  it.each(pages)('$name: each command names what is in the rendered manifests', (page) => {
    expect(new Set(languagesOf(page))).toEqual(new Set(['sh', 'promql']));
    const faults = shellFaults(blocksOf(page, 'sh'), broughtBy(rendering, page.application));
    expect(faults).toEqual([]);
  });

  it.each(pages)('$name: each expression is PromQL about what is recorded or exported', (page) => {
    const recorded = recordedIn(rendering.files);
    const expressions = blocksOf(page, 'promql');
    expect(expressions.length).toBeGreaterThan(1);
    expect(expressions.flatMap(promqlFaults)).toEqual([]);
    const strange = expressions
      .flatMap(metricsIn)
      .filter((name) => !recorded.has(name) && !EXPORTED.some((known) => known.test(name)));
    expect(strange).toEqual([]);
  });

  it.each(pages)('$name: each link leads somewhere, and no anchor stands twice', (page) => {
    const targets = targetsIn(page);
    expect(targets.filter((each, index) => targets.indexOf(each) !== index)).toEqual([]);
    const lost = linksIn(page).filter((to) => {
      if (to.startsWith('#')) return !targets.includes(to.slice(1));
      return !pages.some(({ name }) => name === `${page.application}/${to.replace(/\.md$/, '')}`);
    });
    expect(lost).toEqual([]);
  });

  it.each(pages)('$name: fits into what somebody reads at night', ({ text }) => {
    expect(text.split('\n').length).toBeLessThan(450);
    expect(text).not.toMatch(/undefined|\[object|\n\n\n|NaN/);
  });
});

describe('a runbook', () => {
  const [, shop] = renderings[0]!;
  const [, every] = renderings[2]!;
  const sections = (rendering: Rendering, name: string): readonly string[] =>
    [...pageOf(rendering, name).text.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) =>
      heading.replace(/<a id="[^"]+"><\/a>/g, ''),
    );

  it('has the nine parts in the order in which they are needed', () => {
    const parts = [...pageOf(shop, 'invoices/api').text.matchAll(/^## (.+)$/gm)].map(
      ([, each]) => each,
    );
    expect(parts).toEqual([
      'Is it us?',
      'Who is hurt?',
      'What changed?',
      'Mitigate',
      'How it fails',
      'Neighbours on the node',
      'Recovery',
      'After',
      'From the team',
    ]);
  });

  it('has no section for what cannot be', () => {
    const api = sections(shop, 'invoices/api');
    expect(api).toContain('MigrationFailed');
    expect(api).toContain('WorkloadCpuThrottled');
    expect(api).not.toContain('CertificateExpiring, CertificateNotReady');
    expect(api).not.toContain('Messages wait');
    expect(sections(shop, 'invoices/renderer')).toContain('Messages wait');
    expect(sections(shop, 'invoices/renderer')).not.toContain('MigrationFailed');
    expect(sections(every, 'every-alert/orders')).toContain(
      'CertificateExpiring, CertificateNotReady',
    );
    expect(sections(every, 'every-alert/steady')).not.toContain('WorkloadAtMaximumScale');
    const job = sections(shop, 'invoices/reminders');
    expect(job).toContain('Stop the schedule');
    for (const absent of ['Scale out', 'Neighbours on the node', 'WorkloadCrashLooping']) {
      expect(job).not.toContain(absent);
    }
  });

  it('scales by KEDA where that is, and by the autoscaler where that is', () => {
    expect(pageOf(shop, 'invoices/renderer').text).toContain(
      `patch scaledobject.keda.sh/renderer --type=merge -p '{"spec":{"minReplicaCount":'"\${MAX:?}"'}}'`,
    );
    expect(pageOf(shop, 'invoices/api').text).toContain('patch horizontalpodautoscaler/api');
    expect(pageOf(every, 'every-alert/steady').text).toContain('"maxReplicas":');
  });

  it('says who is called, where they talk, and who is next', () => {
    expect(pageOf(shop, 'online-boutique/checkoutservice').text).toContain(
      '**On call**: pages ring in prod (pagerduty) · talk in `#boutique` · nobody answers: after 15 min the lead of the boutique',
    );
  });

  it('begins with the namespace of each environment and the bounds there', () => {
    expect(pageOf(shop, 'invoices/api').text).toContain(
      '| prod | `NS=invoices-prod ENVIRONMENT=prod MIN=2 MAX=6` | invoices.example.com | [open](https://grafana.example.org/d/invoices_api?var-environment=prod) |',
    );
  });
});
