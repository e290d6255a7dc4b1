import { afterAll, describe, expect, it } from '@jest/globals';
import { AlertRouting, type Manifest, type Rendering } from '../../../lib';
import { isAlert, ruleGroupsOf, type AlertingRule } from '../../../lib/observability';
import { Invoices } from '../../../apps/invoices';
import { OnlineBoutique } from '../../../apps/online-boutique';
import { onCall, platform } from '../../../apps/platform';
import { repository } from '../../../apps/repository';
import { everybody, everyTeam } from '../../kustomize/every-receiver';
import { Amtool, fromNamed, fromSelected, type Placed } from './alertmanager';

/** The alerts that one environment may have, as Prometheus sends them: those of rules that stand in any, with its name. */
interface Sent {
  readonly environment: string;
  readonly application: string;
  readonly labels: Readonly<Record<string, string>>;
}

const OWNERS: Readonly<Record<string, string>> = {
  invoices: 'team-billing',
  'online-boutique': 'team-boutique',
};

const rulesIn = ({ manifests }: Rendering): readonly AlertingRule[] =>
  [...manifests.values()]
    .flat()
    .flatMap((each) => ruleGroupsOf(each).flatMap(({ rules }) => rules.filter(isAlert)));

/** Each alert of each rule in each environment that it may be about, once. */
function sentBy(rendering: Rendering): readonly Sent[] {
  const sent = new Map<string, Sent>();
  for (const { alert, labels } of rulesIn(rendering)) {
    for (const environment of ['dev', 'staging', 'prod']) {
      const own = labels.environment;
      if (own !== undefined && own !== environment) continue;
      const all = { alertname: alert, ...labels, environment };
      const application = labels.application ?? '';
      sent.set(JSON.stringify(all), { environment, application, labels: all });
    }
  }
  return [...sent.values()];
}

const tools: Amtool[] = [];
const amtool = (...args: ConstructorParameters<typeof Amtool>): Amtool => {
  const made = new Amtool(...args);
  tools.push(made);
  return made;
};
afterAll(() => {
  for (const tool of tools) tool.remove();
});

const isConfig = ({ kind }: Manifest): boolean => kind === 'AlertmanagerConfig';

/** Labels that lead the same way by any configuration here are asked once: amtool takes a tenth of a second. */
const unlike = (all: readonly Sent[]): readonly Sent[] => [
  ...new Map(
    all.map((each) => {
      const { alertname = '', severity = '', team = '' } = each.labels;
      return [[alertname, severity, team, each.application, each.environment].join(), each];
    }),
  ).values(),
];

describe('the configuration of an Alertmanager that the platform owns', () => {
  const rendering = repository().render();
  const configOf = (environment: string): Manifest | undefined =>
    rendering.manifests.get(`${environment}/cluster/on-call.k8s.yaml`)?.find(isConfig);
  const shared = configOf('staging');
  const own = configOf('prod');
  const toolOf = new Map(
    [
      ['dev', shared],
      ['staging', shared],
      ['prod', own],
    ].map(([name, config]) => [name as string, amtool(fromNamed(config as Manifest))]),
  );

  it('stands once for each Prometheus, where its rules stand', () => {
    expect(rendering.problems).toEqual([]);
    const files = [...rendering.manifests].filter(([, all]) => all.some(isConfig));
    expect(files.map(([name]) => name)).toEqual([
      'staging/cluster/on-call.k8s.yaml',
      'prod/cluster/on-call.k8s.yaml',
    ]);
  });

  it('is one that Alertmanager reads', () => {
    expect([...toolOf.values()].map((tool) => tool.check())).toEqual(['', '', '']);
  });

  it('leads every alert of every application to the right receiver in each environment', () => {
    const all = unlike(sentBy(rendering));
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ labels }) => labels.severity))).toEqual(new Set(['page', 'ticket']));
    for (const { environment, application, labels } of all) {
      const isPage = labels.severity === 'page' && environment === 'prod';
      const to = `${OWNERS[application] ?? ''}/${isPage ? 'page' : 'ticket'}`;
      expect([labels, toolOf.get(environment)?.receivers(labels)]).toEqual([labels, [to]]);
    }
  });

  it('leads what nobody here owns to who is told of the rest', () => {
    const foreign = { alertname: 'A', team: 'team-other', severity: 'page', environment: 'prod' };
    expect(toolOf.get('prod')?.receivers(foreign)).toEqual(['page']);
    expect(toolOf.get('prod')?.receivers({ alertname: 'Watchdog' })).toEqual(['ticket']);
    expect(toolOf.get('dev')?.receivers({ ...foreign, environment: 'dev' })).toEqual(['ticket']);
    // An environment that the platform does not know, as a preview of another repository, wakes nobody.
    expect(toolOf.get('prod')?.receivers({ ...foreign, environment: 'pr-1' })).toEqual(['ticket']);
  });

  it('names no application, so that those of other repositories have their routes', () => {
    const routes = JSON.stringify((own?.spec as { route: unknown }).route);
    expect(routes).not.toContain('invoices');
    expect(routes).not.toContain('online-boutique');
  });
});

/** The examples where each application has its configuration beside it. */
function beside(): Rendering {
  const app = platform({ ...onCall, perApplication: { matcherStrategy: 'None' } });
  new OnlineBoutique(app);
  new Invoices(app);
  return app.render();
}

describe('a configuration with every kind of receiver', () => {
  it('is one that Alertmanager reads', () => {
    const { manifests, problems } = (() => {
      const app = platform({
        teams: { 'team-billing': everyTeam },
        default: { page: everybody, ticket: everybody },
        pageStages: ['prod', 'staging'],
      });
      new Invoices(app);
      new AlertRouting(app, { namespace: 'monitoring', name: 'main', labels: { a: 'b' } });
      return app.render();
    })();
    expect(problems).toEqual([]);
    const config = manifests.get('prod/cluster/on-call.k8s.yaml')?.find(isConfig);
    expect(config?.metadata).toEqual({
      name: 'main',
      namespace: 'monitoring',
      labels: { a: 'b', 'app.kubernetes.io/managed-by': 'cdk8s-golden-path' },
    });
    expect(amtool(fromNamed(config as Manifest)).check()).toBe('');
  });
});

describe('the configuration of an application, beside it', () => {
  const rendering = beside();
  const placed: readonly Placed[] = [...rendering.manifests].flatMap(([file, all]) => {
    const [environment = '', application = ''] = file.split('/');
    const namespace = `${application}-${environment}`;
    return all.filter(isConfig).map((manifest) => ({ manifest, namespace }));
  });
  const all = unlike(sentBy(rendering));

  it('stands in each environment, with the credentials that it sends with', () => {
    expect(rendering.problems).toEqual([]);
    expect(placed.map(({ namespace }) => namespace).sort()).toEqual(
      ['dev', 'prod', 'staging']
        .flatMap((each) => [`invoices-${each}`, `online-boutique-${each}`])
        .sort(),
    );
    const secrets = rendering.manifests
      .get('prod/invoices/environment.k8s.yaml')
      ?.filter(({ kind }) => kind === 'ExternalSecret')
      .map(({ metadata }) => metadata.name);
    expect(secrets).toEqual(expect.arrayContaining(['invoices-pagerduty', 'invoices-slack']));
    const spec = JSON.stringify(rendering.manifests.get('dev/invoices/environment.k8s.yaml'));
    // dev pages nobody, so it needs no key by which it could.
    expect(spec).not.toContain('pagerduty');
  });

  it('leads every alert of every application to the right receiver, and to no other', () => {
    const tool = amtool(fromSelected(placed, 'None'));
    expect(tool.check()).toBe('');
    for (const { environment, application, labels } of all) {
      const isPage = labels.severity === 'page' && environment === 'prod';
      const name = `${OWNERS[application] ?? ''}/${isPage ? 'page' : 'ticket'}`;
      const to = `${application}-${environment}/${application}-on-call/${name}`;
      expect([labels, tool.receivers(labels)]).toEqual([labels, [to]]);
    }
  });

  it('would lose alerts by the strategy that an Alertmanager has of itself, which is refused', () => {
    const tool = amtool(fromSelected(placed, 'OnNamespace'));
    const cause = all.find(({ labels }) => labels.alertname === 'SLODependentsBurnPage');
    expect(tool.receivers(cause?.labels ?? {})).toEqual(['null']);
    const blind = platform({
      ...onCall,
      perApplication: { matcherStrategy: 'OnNamespace' as never },
    });
    expect(blind.render().problems.map(({ code }) => code)).toEqual(['RouteBlind']);
  });
});
