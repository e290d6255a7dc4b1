import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Dashboards,
  Environment,
  Platform,
  Signals,
  WebService,
  type ApplicationDefaults,
  type Manifest,
  type Rendering,
} from '../../lib';
import { testPlatform } from '../../lib/testing';
import { manifestsIn } from '../observability/dashboard/dashboards';

const web = { image: 'x/y:1', port: 8080, health: '/ready', metrics: {} } as const;

/** A platform with one workload, below these decisions. */
function rendered(
  defaults: Partial<ApplicationDefaults>,
  { application = 'shop', service = 'orders', environments = testPlatform().environments } = {},
): Rendering {
  const platform = new Platform({ environments, defaults });
  const app = new Application(platform, application, { owner: 'team-a' });
  new WebService(app, service, { ...web, slo: { availability: 99.9 } });
  return platform.render();
}

const signals = Signals.openTelemetry();
const dashboards = ({ files }: Rendering): readonly Manifest[] =>
  manifestsIn(files).filter(({ metadata }) => metadata.name.endsWith('-dashboard'));

describe('dashboards', () => {
  it('are ConfigMaps for the sidecar, in the file of the signals', () => {
    const rendering = rendered({ signals });
    expect(rendering.problems).toEqual([]);
    const [own, whole, ...others] = dashboards(rendering);
    expect(others).toEqual([]);
    expect(own).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'orders-dashboard',
        labels: { grafana_dashboard: '1', 'app.kubernetes.io/name': 'orders' },
        annotations: { grafana_folder: 'shop' },
      },
    });
    expect(Object.keys(own?.data as object)).toEqual(['shop_orders.json']);
    expect(whole?.metadata.name).toBe('shop-application-dashboard');
    expect(Object.keys(whole?.data as object)).toEqual(['shop.json']);
    const files = [...rendering.files].filter(([, text]) => text.includes('grafana_dashboard'));
    expect(files.map(([name]) => name.replace(/^[^/]+/, ''))).toEqual(
      testPlatform().environments.map(() => '/shop/signals.k8s.yaml'),
    );
  });

  it('take the label and the folder that the sidecar looks for', () => {
    const chosen = Dashboards.configMaps({
      label: { 'example.com/grafana': 'yes' },
      folder: { 'k8s-sidecar-target-directory': '/tmp/{application}' },
    });
    const [own] = dashboards(rendered({ signals, dashboards: chosen }));
    expect(own?.metadata).toMatchObject({
      labels: { 'example.com/grafana': 'yes' },
      annotations: { 'k8s-sidecar-target-directory': '/tmp/shop' },
    });
    expect(own?.metadata.labels).not.toHaveProperty('grafana_dashboard');
    const flat = Dashboards.configMaps({ folder: {} });
    expect(dashboards(rendered({ signals, dashboards: flat }))[0]?.metadata).not.toHaveProperty(
      'annotations',
    );
  });

  it('are resources of the Grafana operator by choice', () => {
    const chosen = Dashboards.grafanaOperator({ instanceSelector: { dashboards: 'grafana' } });
    const [own] = dashboards(rendered({ signals, dashboards: chosen }));
    expect(own).toMatchObject({
      apiVersion: 'grafana.integreatly.org/v1beta1',
      kind: 'GrafanaDashboard',
      spec: {
        allowCrossNamespaceImport: true,
        folder: 'shop',
        instanceSelector: { matchLabels: { dashboards: 'grafana' } },
        uid: 'shop_orders',
      },
    });
    const { json } = own?.spec as { readonly json: string };
    expect(JSON.parse(json)).toMatchObject({ uid: 'shop_orders', title: 'shop / orders' });
  });

  it('are left out where nobody wants them, or nothing is measured', () => {
    expect(dashboards(rendered({ signals, dashboards: false }))).toEqual([]);
    expect(dashboards(rendered({ signals, dashboards: Dashboards.none }))).toEqual([]);
    const platform = new Platform({ environments: testPlatform().environments });
    new WebService(new Application(platform, 'shop', { owner: 'team-a' }), 'orders', web);
    expect(dashboards(platform.render())).toEqual([]);
  });

  it('stand once for environments that share a Grafana', () => {
    const [first, second] = testPlatform().environments;
    const shared = [first!, second!].map(
      ({ props }, index) => new Environment(['dev', 'prod'][index]!, { ...props, signals: 'all' }),
    );
    const { files, problems } = rendered({ signals }, { environments: shared });
    expect(problems).toEqual([]);
    const standing = [...files].filter(([, text]) => text.includes('shop_orders.json'));
    expect(standing.map(([name]) => name)).toEqual(['prod/shop/signals.k8s.yaml']);
  });

  it('have a short identity where names are long, which links of alerts know', () => {
    const service = 'a-service-with-a-name-that-is-rather-long';
    const links = {
      dashboard: 'https://g.example.com/d/{dashboard}?var-environment={environment}',
    };
    const rendering = rendered({ signals, links }, { service });
    const [own, whole] = dashboards(rendering);
    const [key = ''] = Object.keys(own?.data as object);
    expect(key).toBe('shop_a-service-with-a-name-that-b68051c4.json');
    const uid = key.replace('.json', '');
    const text = Object.values(whole?.data as Readonly<Record<string, string>>).join('');
    expect(text).toContain(`\\"${uid}\\", \\"dashboard\\", \\"shop_${service}\\"`);
    const rules = JSON.stringify(manifestsIn(rendering.files));
    expect(rules).toContain(
      `https://g.example.com/d/${uid}?var-environment={{ $labels.environment }}`,
    );
  });
});
