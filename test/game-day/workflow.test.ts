import { describe, expect, it } from '@jest/globals';
import * as path from 'node:path';
import {
  chaosToolkit,
  experimentsOf,
  floorsOf,
  injectionOf,
  placeOf,
  plannedOf,
  planPage,
  queryUrl,
  tryWorkflow,
  type Planned,
} from '../../lib/game-day';
import { repository } from '../../apps/repository';
import { crdSource } from '../schemas/sources';
import { strictValidator } from '../schemas/strict-validator';
import { shop } from './models';

const cluster = { prometheus: 'http://prometheus-operated.monitoring:9090', zone: 'eu-1a' };

const plannedFor = (model: ReturnType<typeof shop>, name: string, zone = true): Planned => {
  const environment = model.environments.find((each) => each.name === name)!;
  return plannedOf(
    {
      place: placeOf(model, environment, [model]),
      floors: floorsOf(0.5),
      cluster: zone ? cluster : { prometheus: cluster.prometheus },
      others: [],
      checked: { by: 'nobody' },
    },
    experimentsOf(model, environment),
  );
};

const staging = plannedFor(shop(), 'staging');

interface Step {
  readonly name: string;
  readonly templateType: string;
  readonly deadline?: string;
  readonly children?: readonly string[];
  readonly abortWithStatusCheck?: boolean;
  readonly statusCheck?: { readonly mode: string; readonly http: { readonly url: string } };
}
const stepsOf = (planned: Planned): readonly Step[] =>
  (tryWorkflow(planned)?.spec as { readonly templates: readonly Step[] }).templates;

const root = path.join(__dirname, '..', '..');
const folders = [process.env.GOLDEN_PATH_CRDS, path.join(root, 'imports', 'crds')];
const validate = strictValidator(
  folders.flatMap((folder) => (folder === undefined ? [] : [crdSource(folder)])),
);

describe('the Workflow of a game day', () => {
  it('has no field that Chaos Mesh does not know, and all that it wants, for every example', () => {
    const { models } = repository().render();
    const workflows = [shop(), ...models].flatMap((model) =>
      model.environments.flatMap(({ name }) => tryWorkflow(plannedFor(model, name)) ?? []),
    );
    expect(workflows.flatMap(validate)).toEqual([]);
    expect(workflows).toHaveLength(9);
  });

  it('has a deadline on every step, and names that fit into labels', () => {
    for (const { name, deadline } of stepsOf(staging)) {
      expect(deadline).toMatch(/^\d+s$/);
      expect(name.length).toBeLessThan(58);
    }
  });

  it('has each step once, and each child', () => {
    const steps = stepsOf(staging);
    const names = steps.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(steps.flatMap(({ children = [] }) => children).sort()).toEqual(
      names.filter((name) => name !== 'game-day').sort(),
    );
  });

  it('goes from a baseline to a fault beside its guard, and lets all recover', () => {
    const own = stepsOf(staging).filter(({ name }) => name.startsWith('kill-pod-of-front'));
    const shown = own.map(({ name, templateType, deadline, abortWithStatusCheck = false }) => [
      ...[name.replace('kill-pod-of-front', ''), templateType, deadline, abortWithStatusCheck],
    ]);
    expect(shown).toEqual([
      ['', 'Serial', '930s', false],
      ['-baseline', 'StatusCheck', '330s', true],
      ['-guarded', 'Parallel', '300s', false],
      ['-guard', 'StatusCheck', '300s', true],
      ['-fault', 'PodChaos', '300s', false],
      ['-recovery', 'Suspend', '300s', false],
    ]);
  });

  it('guards by a budget, and never by the page that is expected', () => {
    const asked = (name: string): string => {
      const step = stepsOf(staging).find((each) => each.name === name);
      return decodeURIComponent(new URL(step?.statusCheck?.http.url ?? '').search);
    };
    const guard = asked('slow-down-stock-under-orders-guard');
    expect(guard).toContain(
      'min by (application, service, slo) (slo:period_error_budget_remaining:ratio{application=~"shop",environment="staging"}) < 0.25',
    );
    expect(guard).not.toContain('ALERTS');
    const baseline = asked('slow-down-stock-under-orders-baseline');
    for (const part of ['ALERTS{alertstate="firing"', '< 0.5', 'chaos_experiments', '< 1)']) {
      expect(baseline).toContain(part);
    }
  });

  it('selects pods of its own namespace alone', () => {
    const text = JSON.stringify(tryWorkflow(staging));
    const named = [...text.matchAll(/"namespaces":\[(.*?)\]/g)].map(([, names]) => names);
    expect(new Set(named)).toEqual(new Set(['"shop-staging"']));
  });

  it('does each kind of fault as Chaos Mesh has it', () => {
    const faults = new Map(
      stepsOf(staging)
        .filter(({ name }) => name.endsWith('-fault'))
        .map(({ name, templateType, deadline, ...content }) => {
          expect([templateType, deadline]).toEqual([expect.any(String), expect.any(String)]);
          return [name.slice(0, -'-fault'.length), content] as const;
        }),
    );
    const of = (name: string): object => ({
      namespaces: ['shop-staging'],
      labelSelectors: { 'app.kubernetes.io/name': name },
    });
    expect(faults.get('slow-down-stock-under-orders')).toEqual({
      networkChaos: {
        ...{ action: 'delay', mode: 'all', direction: 'to', delay: { latency: '3750ms' } },
        selector: of('stock'),
      },
    });
    expect(faults.get('cut-off-mail-example-com-from-mailer')).toEqual({
      networkChaos: {
        ...{ action: 'partition', mode: 'all', direction: 'to', selector: of('mailer') },
        externalTargets: ['mail.example.com:25'],
      },
    });
    expect(faults.get('fail-zone-of-orders')).toEqual({
      podChaos: {
        ...{ action: 'pod-failure', mode: 'all' },
        selector: { ...of('orders'), nodeSelectors: { 'topology.kubernetes.io/zone': 'eu-1a' } },
      },
    });
    // 70 % of half a core.
    expect(faults.get('load-front')).toEqual({
      stressChaos: {
        ...{ mode: 'all', selector: of('front'), containerNames: ['front'] },
        stressors: { cpu: { workers: 1, load: 35 } },
      },
    });
    expect(faults.get('fail-db-under-orders')).toMatchObject({
      podChaos: { selector: { labelSelectors: { 'app.kubernetes.io/name': 'db' } } },
    });
  });

  it('leaves to people what it cannot do', () => {
    const byHand = plannedFor(shop(), 'staging', false)
      .experiments.filter(({ injection }) => !injection.template)
      .map(({ experiment }) => experiment.id);
    expect(byHand).toEqual([
      ...['fail-zone-of-front', 'fail-zone-of-orders', 'fail-zone-of-stock'],
      ...[
        'hide-front',
        'hide-orders',
        'hide-stock',
        'expire-certificate-of-front',
        'suspend-report',
      ],
    ]);
  });

  it('lets people take a PodMonitor away, since what scrapes is where no fault may be', () => {
    const hidden = staging.experiments.find(({ experiment }) => experiment.id === 'hide-front');
    const patch = (value: string): string =>
      `kubectl -n shop-staging patch podmonitor/front --type=merge -p '{"spec":{"selector":{"matchLabels":{"golden-path/hidden":${value}}}}}'`;
    expect(hidden?.injection).toMatchObject({
      byHand: { commands: [patch('"true"')], undo: [patch('null')] },
    });
    expect(hidden?.injection.template).toBeUndefined();
  });

  it('reaches a backing service at every address, in halves that the kernel takes', () => {
    const environment = { ...staging.place.environment, objects: [] };
    const { experiment } = staging.experiments[0]!;
    const cut = {
      ...experiment,
      target: 'db',
      fault: { kind: 'partition', from: 'orders' },
    } as const;
    const { template } = injectionOf(cut, { ...staging.place, environment }, cluster);
    expect(template?.networkChaos?.externalTargets).toEqual(['0.0.0.0/1:5432', '128.0.0.0/1:5432']);
  });

  it('is none where there is nothing for it to do', () => {
    const one = staging.experiments.filter(
      ({ experiment }) => experiment.claim.kind === 'schedule',
    );
    expect(tryWorkflow({ ...staging, experiments: one })).toBeUndefined();
  });
});

interface Toolkit {
  readonly 'steady-state-hypothesis': object;
  readonly method: readonly {
    readonly name: string;
    readonly provider: { readonly arguments?: readonly string[] };
  }[];
}

describe('an experiment of Chaos Toolkit', () => {
  it('holds the hypothesis, the fault, what is expected, and the way back', () => {
    const suspended = staging.experiments.find(
      ({ experiment }) => experiment.id === 'suspend-report',
    )!;
    const made = chaosToolkit(suspended, staging) as Toolkit;
    const method = made.method.filter(({ name }) => !/ of \d+\)$/.test(name));
    expect(method.slice(0, 2).map(({ name }) => name)).toEqual([
      ...['all is well, or it ends here', 'all was well, or it ends here'],
    ]);
    expect({ ...made, method: method.slice(2) }).toMatchObject({
      version: '1.0.0',
      title: 'suspend-report in staging',
      'steady-state-hypothesis': { probes: [{ type: 'probe', tolerance: 200 }] },
      method: [
        {
          type: 'action',
          name: 'the fault',
          provider: {
            ...{ type: 'process', path: 'sh' },
            arguments: [
              '-c',
              `kubectl --context "\${kube_context}" -n shop-staging patch cronjob/report --type=merge -p '{"spec":{"suspend":true}}'`,
            ],
          },
        },
        { name: 'ScheduledJobLate of report fires within 4710 s' },
        { name: 'the fault is taken back' },
      ],
      rollbacks: [{ type: 'action' }],
    });
  });

  it('is guarded by budgets alone, and ends within a part of its time', () => {
    for (const each of staging.experiments) {
      const made = chaosToolkit(each, staging) as Toolkit;
      const guard = decodeURIComponent(JSON.stringify(made['steady-state-hypothesis']));
      expect(guard).toContain('< 0.25');
      expect(guard).not.toContain('ALERTS');
      const parts = made.method.filter(({ name }) => name.startsWith('the fault lasts'));
      const longest = Number(parts[0]?.provider.arguments?.[0]);
      expect(parts.length * longest).toBeGreaterThanOrEqual(each.experiment.seconds);
      expect(longest).toBeLessThanOrEqual(Math.max(15, Math.ceil(each.experiment.seconds / 60)));
      expect(made.method.some((step) => 'pauses' in step)).toBe(false);
      expect(JSON.stringify(made)).not.toMatch(/kubectl -n/);
    }
    expect(planPage(staging)).toContain(
      'KUBE_CONTEXT=<context> PROMETHEUS_URL=<url> chaos run --hypothesis-strategy continuously --hypothesis-frequency 10 --fail-fast --rollback-strategy always experiments/<id>.json',
    );
  });

  it('has the parts that Chaos Toolkit asks for', () => {
    for (const each of staging.experiments) {
      const made = chaosToolkit(each, staging) as {
        readonly method: readonly { readonly type: string; readonly name: string }[];
      };
      expect(made).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      for (const { type, name } of made.method) {
        expect(['probe', 'action']).toContain(type);
        expect(name).not.toBe('');
      }
    }
  });
});

describe('the page of a plan', () => {
  const page = planPage(staging);

  it('says what a facilitator needs', () => {
    const headings = [...page.matchAll(/^#+ .*$/gm)].map(([heading]) => heading);
    expect(headings.slice(0, 12)).toEqual([
      ...['# Game day of shop in staging', '## Scope', '## What must not be so', '## Roles'],
      ...['## Timeline', '## What to say', '## To start', '## The guard of what is done by hand'],
      ...['## To abort', '## Experiments', '### 1. kill-pod-of-front', '### 2. kill-pod-of-orders'],
    ]);
    expect(page).toContain(
      'kubectl -n shop-staging annotate workflow.chaos-mesh.org/game-day-shop workflow.chaos-mesh.org/abort=true --overwrite',
    );
    expect(page).toContain('| SLOErrorBudgetBurnPage | stock | page | 10m 40s |');
    expect(page).toContain('more than half a working day: hold it in parts');
  });

  it('has commands that run where the library is installed', () => {
    expect(page).toContain('`npx golden-path game-day verify shop --environment staging');
    expect(page).not.toMatch(/(?<!npx )golden-path game-day/);
  });

  it('says that nobody has looked, or who has', () => {
    expect(page).toContain('None of this was looked at when the plan was written');
    const at = '2027-01-04T09:00:00.000Z';
    const checked = { by: 'prometheus', address: 'http://localhost:9090', at } as const;
    expect(planPage({ ...staging, checked })).toContain(`None of this was so at ${at}`);
  });

  it('warns of what costs more budget than the guard leaves', () => {
    expect(page).toContain('availability of orders: ');
    expect(page).toContain('So the Workflow ends it before its time, at 25 %, whatever');
  });

  it('names no person, and the reason where one is given', () => {
    const environment = { ...staging.place.environment, gameDays: { reason: 'only here it is' } };
    const place = { ...staging.place, environment };
    expect(planPage({ ...staging, place })).toContain('allowed here because: only here it is.');
  });
});

describe('a question to Prometheus', () => {
  it('is one address', () => {
    expect(queryUrl('http://p:9090/', 'a{b="c"} > 1')).toBe(
      'http://p:9090/api/v1/query?query=a%7Bb%3D%22c%22%7D%20%3E%201',
    );
  });
});
