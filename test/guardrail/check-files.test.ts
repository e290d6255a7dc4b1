import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JsonPatch } from 'cdk8s';
import {
  Application,
  Capacity,
  Dns,
  Environment,
  Namespaces,
  Platform,
  waive,
  WebService,
  type GuardrailReport,
  type ReportedFinding,
} from '../../lib';
import {
  asOf,
  checkFiles,
  readManifests,
  synthesizedIn,
  type CheckFilesProps,
  type ReadFile,
} from '../../lib/guardrail';

const read = (file: string, text: string): ReadFile => ({
  file,
  ...readManifests(Buffer.from(text), file),
});
const check = (text: string, props?: CheckFilesProps): GuardrailReport =>
  checkFiles([read('a.yaml', text)], props);
const pod = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n${more}spec:\n  containers:\n  - name: c\n    ports: [{hostPort: 80}]\n`;
const rulesOf = ({ findings }: GuardrailReport): readonly string[] =>
  findings.map(({ rule }) => rule);

describe('judging files', () => {
  it('says what was found in which line of which file', () => {
    const report = checkFiles([read('a.yaml', `---\n${pod('p')}`), read('b.yaml', 'a: "\\q"')], {
      pack: 'baseline',
      without: { 'no-privileged-containers': 'we like it' },
    });
    expect(report).toMatchObject({
      objects: 1,
      without: { 'no-privileged-containers': 'we like it' },
      findings: [
        {
          rule: 'no-host-ports',
          severity: 'error',
          found: 'host ports in the containers c',
          object: { apiVersion: 'v1', kind: 'Pod', name: 'p' },
          place: { file: 'a.yaml', line: 2 },
        },
      ],
      problems: [
        {
          code: 'FileInvalid',
          severity: 'error',
          at: 'b.yaml',
          source: { file: 'b.yaml', line: 1 },
        },
      ],
    });
    expect(report.rules).not.toContain('no-privileged-containers');
    expect(report.findings[0]?.environments).toBeUndefined();
  });

  it('reports the same object as often as it stands there', () => {
    const twice = check(`${pod('p')}---\n${pod('p')}`, { pack: 'baseline' });
    expect(twice.findings.map(({ place }) => place?.line)).toEqual([1, 10]);
    const list = `apiVersion: v1\nkind: List\nitems:\n- &p {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {hostNetwork: true}}\n- *p\n`;
    expect(check(list, { pack: 'baseline' }).objects).toBe(2);
  });

  it('takes what stands in one namespace together', () => {
    const service = (namespace: string): string =>
      `---\napiVersion: v1\nkind: Service\nmetadata: {name: s${namespace}}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n`;
    const app = (namespace: string): string =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a}${namespace}}\nspec: {containers: [{name: c, image: 'x:1', ports: [{containerPort: 80}]}]}\n`;
    const id = 'service-selects-one-workload';
    expect(rulesOf(check(service('') + app('')))).not.toContain(id);
    expect(rulesOf(check(service('') + app(', namespace: other')))).toContain(id);
    const given = check(service('') + app(', namespace: other'), { namespace: 'other' });
    expect(rulesOf(given)).not.toContain(id);
  });

  it('takes the namespace that is given for objects that have none', () => {
    const id = 'not-default-namespace';
    const text = `${pod('a')}---\n${pod('b', '  namespace: shop\n')}`;
    expect(check(text).findings.filter(({ rule }) => rule === id)).toHaveLength(1);
    const given = check(text, { namespace: 'web' });
    expect(rulesOf(given)).not.toContain(id);
    const namespaces = given.findings.map(({ object }) => object.namespace);
    expect(new Set(namespaces)).toEqual(new Set(['web', 'shop']));
    const role =
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]\n';
    const [found] = check(role, { namespace: 'web' }).findings;
    expect(found).toMatchObject({ object: { kind: 'ClusterRole' } });
    expect(found?.object.namespace).toBeUndefined();
  });
});

describe('judging what a platform wrote', () => {
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const waiver = {
    reason: 'the legacy gateway',
    owner: 'team-shop',
    expires: '2027-03-31',
  } as const;
  const facts = { network: { dns: Dns.kubeDns() } };

  /** A platform with everything that makes its verdicts differ from those over loose files. */
  function platform(): Platform {
    const app = new Platform({
      environments: [
        new Environment('prod', { ...facts, capacity: Capacity.asDeclared() }),
        new Environment('dev', {
          ...{ ...facts, capacity: Capacity.single() },
          namespace: Namespaces.existing('default'),
        }),
      ],
    });
    const shop = new Application(app, 'shop', { owner: 'team-shop' });
    const make = (name: string): WebService =>
      new WebService(shop, name, {
        ...{ image: 'x/y:1', port: 8080, health: '/ready' },
        ...(name === 'orders' && { migrate: { command: ['migrate'] } }),
      });
    const [orders, cart] = [make('orders'), make('cart')];
    const warn = JsonPatch.replace('/spec/template/spec/automountServiceAccountToken', true);
    for (const { deployment } of [orders, cart]) deployment.addJsonPatch(warn);
    const port = JsonPatch.add('/spec/template/spec/containers/0/ports/0/hostPort', 8080);
    orders.deployment.addJsonPatch(port);
    const ports = [{ containerPort: 8080, hostPort: 8080 }];
    const whole = JsonPatch.add('/spec/template/spec/containers/0/ports', ports);
    orders.migration?.job.addJsonPatch(whole, warn);
    waive(orders, 'no-host-ports', waiver);
    return app;
  }

  /** Writes what a platform renders, and gives what it says of it. */
  function written(): GuardrailReport {
    const { files, guardrails } = platform().render();
    for (const [name, text] of files) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    return guardrails;
  }

  const filesBelow = (below: string): readonly ReadFile[] =>
    fs
      .readdirSync(below, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => path.join(below, name))
      .filter((name) => name.endsWith('.k8s.yaml'))
      .map((name) => ({
        file: name,
        ...readManifests(fs.readFileSync(name), name),
        synthesized: synthesizedIn(path.dirname(name))!,
      }));

  /** Without the places, which are lines of TypeScript in one and of YAML in the other. */
  const comparable = ({ findings }: GuardrailReport): readonly object[] =>
    findings
      .map(({ rule, severity, found, object, environments, at, waiver: waived }) => ({
        ...{ rule, severity, found, object, environments, at, waived },
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

  it('gives the verdicts, environments, waivers and construct paths of the synthesis', () => {
    const atSynthesis = written();
    const fromFiles = checkFiles(filesBelow(folder));
    expect(comparable(fromFiles)).toEqual(comparable(atSynthesis));
    expect(fromFiles.objects).toBe(atSynthesis.objects);
    expect(rulesOf(fromFiles)).toContain('not-default-namespace');
    const ports = fromFiles.findings.filter(({ rule }) => rule === 'no-host-ports');
    expect(ports).toMatchObject([
      { environments: ['prod', 'dev'], at: 'shop/orders', waiver },
      { environments: ['prod', 'dev'], at: 'shop/orders/orders-migrate', waiver },
    ]);
  });

  it('does not take a part of it for the whole', () => {
    written();
    const all = filesBelow(path.join(folder, 'prod'));
    const part = all.filter(({ file }) => !file.endsWith('environment.k8s.yaml'));
    expect(rulesOf(checkFiles(all))).not.toContain('bound-names-exist');
    expect(rulesOf(checkFiles(part))).not.toContain('bound-names-exist');
    expect(part).toHaveLength(2);
  });

  it('is not led astray by a model that is none', () => {
    written();
    const model = path.join(folder, 'model/shop.json');
    const shop = path.join(folder, 'prod/shop');
    expect(synthesizedIn(shop)?.environment.name).toBe('prod');
    expect(synthesizedIn(path.join(shop, 'migrate'))?.folder).toBe(shop);
    expect(synthesizedIn(path.join(shop, 'other'))).toBeUndefined();
    expect(synthesizedIn(path.join(folder, 'staging/shop'))).toBeUndefined();
    const good = JSON.parse(fs.readFileSync(model, 'utf8')) as object;
    const bad = [
      '{',
      'null',
      '[]',
      JSON.stringify({ ...good, application: 'other' }),
      JSON.stringify({ ...good, workloads: [5] }),
      JSON.stringify({ ...good, environments: [{ name: 'prod' }] }),
    ];
    for (const text of bad) {
      fs.writeFileSync(model, text);
      expect(synthesizedIn(shop)).toBeUndefined();
    }
    const forever = { ...waiver, rule: 'no-host-ports', path: '', expires: 'never', objects: [] };
    fs.writeFileSync(model, JSON.stringify({ ...good, waivers: [forever, 5] }));
    expect(synthesizedIn(shop)?.model.waivers).toEqual([]);
  });
});

describe('the day on which a report is read', () => {
  const waiver = { reason: 'the legacy gateway', owner: 'team-shop', expires: '2027-03-31' };
  const finding = (name: string): ReportedFinding => ({
    ...{ rule: 'no-host-ports', severity: 'error', found: 'it has', why: 'w', fix: 'f', waiver },
    ...{ object: { apiVersion: 'v1', kind: 'Pod', name }, at: 'shop/orders' },
    source: { file: 'main.ts', line: 3 },
  });
  const report: GuardrailReport = {
    ...{ findings: [finding('a'), finding('b')], objects: 2, rules: [], without: {}, problems: [] },
  };

  it('leaves a waiver be until its last day is over', () => {
    expect(asOf(report, '2027-03-31')).toBe(report);
  });

  it('lets findings count again, and reports the waiver once', () => {
    const { findings, problems } = asOf(report, '2027-04-01');
    expect(findings.map((each) => each.waiver)).toEqual([undefined, undefined]);
    expect(problems).toEqual([
      {
        code: 'WaiverExpired',
        severity: 'error',
        at: 'shop/orders',
        found:
          'the waiver of no-host-ports expired on 2027-03-31; its reason was: the legacy gateway',
        fix: 'Mend what it excused, or have team-shop extend it',
        source: { file: 'main.ts', line: 3 },
      },
    ]);
  });
});
