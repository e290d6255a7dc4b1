import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { incidentText, type KeptIncident } from '../../lib/kept-incident';
import { environment, model, workload } from '../rightsize/models';
import { ProjectFolder, type Ran } from './project-folder';

const KEPT: KeptIncident = {
  ...{ application: 'shop', service: 'orders', environment: 'prod' },
  span: { start: 1_794_304_800, end: 1_794_312_000 },
  ...{ stepSeconds: 30, uncertaintySeconds: 60, lookbackSeconds: 33, pages: [] },
  ...{ selectors: [], dropped: [], present: [], series: [] },
};
const text = incidentText(KEPT);

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
  const orders = model('shop', [workload('orders', [])], [environment('prod', {})]);
  folder.write('dist/model/shop.json', JSON.stringify(orders));
  const labels = { application: 'shop', service: 'orders', severity: 'page' };
  const rules = [{ alert: 'Burn', expr: 'requests_total > 0', labels }];
  folder.write(
    'dist/prod/shop/signals.k8s.yaml',
    stringify({
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
      ...{ metadata: { name: 'x' }, spec: { groups: [{ name: 'x', interval: '30s', rules }] } },
    }),
  );
});
afterEach(() => {
  folder.remove();
});

const ofFile = (...more: readonly string[]): Promise<Ran> =>
  folder.call(['postmortem', 'replay', '--series', 'kept.json', '--quiet', ...more]);
const refused = (message: string): object => ({
  ...{ status: 2, stdout: '', stderr: `golden-path: ${message}\n` },
});

describe('golden-path postmortem replay of a file', () => {
  it('needs a file that is there', async () => {
    expect(await ofFile()).toEqual(refused("there is no file 'kept.json'."));
  });

  it.each<readonly [string, readonly string[], string]>([
    [
      'a time that is none',
      ['--pages-within', 'soon'],
      "--pages-within is 'soon'. Give a duration, such as 5m or 90s.",
    ],
    [
      'a server too',
      ['--prometheus', 'http://localhost:1'],
      '--series has all that is replayed, so --prometheus says nothing. Give one.',
    ],
    [
      'another service',
      ['carts'],
      "'kept.json' is of shop/orders in prod, not of carts. Give --series alone, or another file.",
    ],
    [
      'no Prometheus',
      ['--bin', '/nowhere'],
      "the series of a file are replayed on a Prometheus of their own, and there is no prometheus in '/nowhere' (--bin), no promtool in '/nowhere' (--bin). Install Prometheus, which has promtool, by your package manager (Debian and Homebrew: prometheus) or from https://prometheus.io/download; or say where they are by --bin <folder>, or each by --prometheus-bin and --promtool-bin.",
    ],
  ])('refuses %s', async (_, more, message) => {
    folder.write('kept.json', text);
    expect(await ofFile(...more)).toEqual(refused(message));
  });

  it.each<readonly [string, string, string]>([
    [
      'was cut off',
      text.slice(0, 200),
      'is no JSON, or was cut off. Take it from Git once more, or save the incident again while a server has its series.',
    ],
    [
      'is of others',
      text.replace('"shop"', '"mall"'),
      'is of the application mall, and the output folder has shop. Run it in the repository of mall.',
    ],
  ])('refuses a file that %s', async (_, content, message) => {
    folder.write('kept.json', content);
    expect(await ofFile()).toEqual(refused(`'kept.json' ${message}`));
  });

  it('needs a file or a server', async () => {
    const time = ['--from', '2026-11-10T10:00Z', '--to', '2026-11-10T12:00Z'];
    expect(await folder.call(['postmortem', 'replay', 'orders', ...time])).toEqual(
      refused(
        'there is nobody to ask. Give --prometheus <url>, or --series with a file that has the series.',
      ),
    );
    expect(await folder.call(['postmortem', 'replay'])).toEqual(
      refused('there is nothing to replay. Give a postmortem, a service, or --series.'),
    );
  });
});
