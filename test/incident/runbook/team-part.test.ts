import * as path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Signals,
  WebService,
  type ApplicationDefaults,
  type Rendering,
  type WebServiceProps,
} from '../../../lib';
import { watching } from '../../observability/every-kind';
import { broughtBy } from './cluster';
import { blocksOf, pagesOf } from './page';
import { shellFaults } from './shell';

const NOTES = path.join(__dirname, 'notes', 'orders.md');
const step = {
  when: 'the bank answers nothing',
  do: 'call its desk, +49 30 1234',
  expect: 'a ticket number',
  whyNotAutomated: 'it has no interface for that',
} as const;

function shop(
  more: Partial<WebServiceProps> = {},
  defaults: Partial<ApplicationDefaults> = {},
  id = 'orders',
): Rendering {
  const platform = watching(Signals.istio(), defaults);
  const app = new Application(platform, 'shop', { owner: 'team-a' });
  const props = { image: 'x/y:1', port: 8080, health: '/ready', slo: { availability: 99 } };
  new WebService(app, id, { ...props, ...more } as WebServiceProps);
  return platform.render();
}

const textOf = (rendering: Rendering): string => {
  const [page] = pagesOf(rendering);
  return page?.text ?? '';
};

describe('the part of a runbook that a team owns', () => {
  const rendering = shop({
    runbook: { about: 'Takes orders and payments.', notes: NOTES, manualSteps: [step] },
  });

  it('stands in it with its headings lowered, its line ends made one, and its steps counted', () => {
    const text = textOf(rendering);
    expect(text).toContain('# orders (shop)\n\nTakes orders and payments.\n');
    expect(text.slice(text.indexOf('## From the team'))).toBe(`## From the team

### By hand (1)

- **When** the bank answers nothing
  - **do** call its desk, +49 30 1234
  - **expect** a ticket number
  - by hand because it has no interface for that

### Notes (orders.md)

#### Orders

Ask the bank first.

\`\`\`sh
# no heading
\`\`\`

##### Refunds

Never by hand.
`);
  });

  it('is in the model by its name, without the place where it lies', () => {
    const [model] = rendering.models;
    expect(model?.workloads[0]?.runbook).toEqual({
      about: 'Takes orders and payments.',
      notes: 'orders.md',
      manualSteps: [step],
    });
    for (const text of rendering.files.values()) expect(text).not.toContain(__dirname);
  });

  it('changes no manifest', () => {
    const manifests = ({ files }: Rendering) =>
      [...files].filter(([name]) => name.endsWith('.k8s.yaml'));
    expect(manifests(rendering)).toEqual(manifests(shop()));
  });

  it('is there without signals too, with what kubectl can tell', () => {
    const platform = watching(Signals.istio(), { signals: undefined as never });
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new WebService(app, 'orders', {
      ...{ image: 'x/y:1', port: 8080, health: '/ready' },
      runbook: { manualSteps: [step] },
    });
    new WebService(app, 'quiet', { image: 'x/y:1', port: 8080, health: '/ready' });
    const made = platform.render();
    const [page, ...others] = pagesOf(made);
    expect(others).toEqual([]);
    expect(page?.name).toBe('shop/orders');
    expect(blocksOf({ text: page?.text ?? '' }, 'promql')).toEqual([]);
    expect(page?.text).toContain('### By hand (1)');
  });
});

describe('a runbook', () => {
  it('names the machine that may do the same, and no other', () => {
    const responses = {
      'scale-out': { when: ['WorkloadAtMaximumScale'], everyMinutes: 60 },
    } as const;
    const text = textOf(shop({ runbook: { responses } }));
    expect(text).toContain(
      '### Scale out\n\n**Automated**: `npx golden-path incident orders --act scale-out` prints what it would do and why; with `--yes` it does it, where WorkloadAtMaximumScale fires, once in 60 min and 3 times a day at most.',
    );
    expect(text).not.toContain('--act roll-back');
    expect(text).not.toContain('--act restart-pod');
  });

  it('takes a release back in Git, and by kubectl where the platform says so', () => {
    expect(textOf(shop())).toContain('git revert');
    expect(textOf(shop())).not.toContain('rollout undo deployment');
    const byHand = textOf(shop({}, { runbooks: { appliedBy: 'kubectl' } }));
    expect(byHand).toContain('kubectl -n "${NS:?}" rollout undo deployment/orders');
    expect(byHand).not.toMatch(/git revert|Argo CD/);
  });

  it('follows a rename, and one of before it names what is no more', () => {
    const [before, after] = [shop(), shop({}, {}, 'baskets')];
    expect([...after.files.keys()]).toContain('runbooks/shop/baskets.md');
    const brought = broughtBy(after, 'shop');
    expect(shellFaults(blocksOf({ text: textOf(after) }, 'sh'), brought)).toEqual([]);
    const stale = shellFaults(blocksOf({ text: textOf(before) }, 'sh'), brought);
    expect(stale).toContain(
      'kubectl -n "$NS" rollout history deployment/orders: there is no deployment/orders',
    );
    expect(stale.length).toBeGreaterThan(8);
  });
});

describe('the check of commands', () => {
  const brought = broughtBy(shop(), 'shop');
  const L = 'L=app.kubernetes.io/name=orders,app.kubernetes.io/part-of=shop';
  it.each([
    ['helm list', 'helm is no command of ours'],
    ['kubectl -n "$NS" get deployment/other', 'there is no deployment/other'],
    ['kubectl -n "$NS" get widgets', 'what is widgets?'],
    ['kubectl get pods', 'its namespace'],
    ['kubectl -n "$NS" get pods -l app=other', '-l app=other selects 0 workloads'],
    ['kubectl -n "$NS" logs -l "$L" -c other', '-c'],
    ['kubectl -n "$NS" delete pod "$POD"', '$POD is set nowhere'],
    ['kubectl -n "$NS" rollout restart deployment/orders', 'it changes whatever namespace is set'],
    ['kubectl -n "$NS" explode pods', 'kubectl explode is not known here'],
    [
      `kubectl -n "\${NS:?}" patch deployment/orders --type=merge -p '{"spec":{"floor":1}}'`,
      'no spec.floor',
    ],
  ])('refuses %s', (command, fault) => {
    expect(shellFaults([L, command], brought)).toEqual([`${command}: ${fault}`]);
  });

  it('takes what is there', () => {
    expect(shellFaults([L, 'kubectl -n "$NS" logs -l "$L" -c orders'], brought)).toEqual([]);
  });
});
