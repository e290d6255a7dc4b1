import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplicationModel } from '../../lib';
import type { SizingLock } from '../../lib/sizing';
import { ProjectFolder, root } from '../cli/project-folder';
import { client, TODAY } from './ask';
import { NAMESPACE } from './store';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => {
  folder.remove();
});

interface Verdict {
  readonly workload: string;
  readonly verdict: string;
  readonly isMeasured: boolean;
}

/** An app whose pods are those of the store. */
function project(): void {
  folder.write(
    'main.ts',
    `import { Application, Capacity, Dns, Environment, Namespaces, Platform, ScheduledJob, Size, Worker } from '${root}/lib';
const facts = { network: { dns: Dns.kubeDns() }, namespace: Namespaces.created('${NAMESPACE}') };
const platform = new Platform({ environments: [
  new Environment('prod', { ...facts, capacity: Capacity.asDeclared() }),
] });
const app = new Application(platform, 'shapes', { owner: 'team-a', sizingLock: __dirname + '/sizing.lock.json' });
const size = Size.measured({ start: Size.M });
const image = 'x/y:1';
for (const id of ['steady', 'bursty', 'leak', 'oom', 'spike', 'fresh', 'throttled', 'missing']) {
  new Worker(app, id, { image, size, scale: { min: 1, max: 1 } });
}
new Worker(app, 'released', { image, size, scale: { min: 2, max: 6 } });
new Worker(app, 'jvm', { image, runtime: 'jvm', size: Size.measured({ start: Size.L, tier: 'critical' }) });
new Worker(app, 'sidecar', { image, size, sidecars: { proxy: { image, size } } });
new Worker(app, 'rhythm', { image, size: Size.XL });
new ScheduledJob(app, 'nightly', { image, size, schedule: '0 2 * * *' });
platform.synth();
`,
  );
  const hook = path.join(root, 'node_modules/ts-node/register/transpile-only');
  folder.write('cdk8s.yaml', `app: node -r ${hook} main.ts\n`);
  folder.write('sizing.lock.json', '{"version":1,"applications":{}}');
}

const rightsize = (...args: readonly string[]) =>
  folder.call(['rightsize', '--prometheus', client().address, '--as-of', TODAY, ...args]);

const synth = async (): Promise<void> => {
  expect(await folder.call(['synth', '-q'])).toEqual({ status: 0, stdout: '', stderr: '' });
};

const lockText = (): string => folder.read('sizing.lock.json');

/** The sizes in the lock, by workload and container. */
function locked(): Readonly<Record<string, unknown>> {
  const { applications } = JSON.parse(lockText()) as SizingLock;
  const entries = Object.entries(applications.shapes ?? {}).flatMap(([workload, containers]) =>
    Object.entries(containers).map(([container, { request, autoscaler }]) => {
      const target = autoscaler ? ` at ${autoscaler.targetCpuPercent} %` : '';
      return [`${workload}/${container}`, `${request.cpu} ${request.memory}${target}`] as const;
    }),
  );
  return Object.fromEntries(entries);
}

const requestsOf = (workload: string): unknown => {
  const model = JSON.parse(folder.read('dist/model/shapes.json')) as ApplicationModel;
  return model.workloads.find(({ name }) => name === workload)?.containers[0]?.requests;
};

/** Each by its shape: the step of a run halves a request at most, or makes it threefold. */
const FIRST = {
  'bursty/bursty': '750m 270Mi',
  'jvm/jvm': '390m 560Mi at 90 %',
  'leak/leak': '200m 512Mi',
  'nightly/nightly': '510m 270Mi',
  'oom/oom': '200m 360Mi',
  'released/released': '300m 270Mi at 58 %',
  'sidecar/proxy': '130m 270Mi',
  'sidecar/sidecar': '330m 270Mi at 53 %',
  'spike/spike': '250m 270Mi',
  'steady/steady': '200m 270Mi',
  'throttled/throttled': '250m 270Mi',
};

describe('golden-path rightsize', () => {
  it('sizes by use, and synthesis takes it over', async () => {
    project();
    await synth();
    const { status, stdout, stderr } = await rightsize('--html', 'sizes.html');
    expect(status).toBe(0);
    expect(folder.read('sizes.html')).toMatch(/^<!DOCTYPE html>[^]*bursty[^]*<\/html>\n$/i);
    expect(locked()).toEqual(FIRST);
    expect(stdout).toMatch(
      /^shapes in prod, namespace shapes: 2026-11-06 to 2026-11-19, a sample each 300 s\n {2}container /,
    );
    const row = (name: string): string | undefined =>
      stdout
        .split('\n')
        .find((line) => line.startsWith(`  ${name} `))
        ?.replace(/ {2,}/g, '  ')
        .trim();
    expect(row('steady')).toBe(
      'steady  250m → 200m  512Mi → 270Mi  -20% cpu, -47.3% memory  p98 use 200m, max 100Mi, 8064 samples of 2 pods  standard, 0% above, 0% held out  over',
    );
    expect(row('missing')).toBe(
      'missing  250m  512Mi  no-metrics  none  standard  insufficient-data',
    );
    expect(row('rhythm')).toContain('written down');
    expect(stderr.split('\n').slice(0, 5)).toEqual([
      'shapes in prod: pods and their owners…',
      'shapes in prod: memory, kills and starts…',
      'shapes in prod: CPU use by day…',
      'shapes in prod: the fit of what is proposed…',
      '14 containers: 2 right, 4 under, 6 over, 2 without enough data. sizing.lock.json: 11 added. Run golden-path synth.',
    ]);
    await synth();
    expect(requestsOf('oom')).toMatchObject({ cpu: '200m', memory: '360Mi' });
    expect(requestsOf('missing')).toMatchObject({ cpu: '250m', memory: '512Mi' });
  });

  it('takes no second step on the same days, and the check is content with the first', async () => {
    project();
    await synth();
    expect((await rightsize('--check', '-q')).status).toBe(1);
    expect(locked()).toEqual({});
    await rightsize('-q');
    await synth();
    const before = lockText();
    const again = await rightsize();
    expect(again.stderr).toContain('sizing.lock.json needs no change.\n');
    expect(lockText()).toBe(before);
    const { status, stdout } = await rightsize('--check', '--json');
    const { ok, applications } = JSON.parse(stdout) as {
      readonly ok: boolean;
      readonly applications: readonly { readonly containers: readonly Verdict[] }[];
    };
    // What is written down is not mended by the lock.
    expect({ status, ok }).toEqual({ status: 1, ok: false });
    const adrift = applications[0]?.containers.filter(({ verdict }) => verdict === 'over');
    expect(adrift?.map(({ workload, isMeasured }) => [workload, isMeasured])).toEqual([
      ['rhythm', false],
    ]);
  });

  it('takes nothing away across an incident', async () => {
    project();
    await synth();
    await rightsize('--incident', '2026-11-10T10:00Z/2026-11-10T14:00Z', '-q');
    const taken = Object.entries(locked()).filter(([name]) => name !== 'oom/oom');
    expect(Object.fromEntries(taken)).toEqual({
      'bursty/bursty': '750m 512Mi',
      'nightly/nightly': '510m 512Mi',
      'released/released': '300m 512Mi at 58 %',
      'sidecar/sidecar': '330m 512Mi at 53 %',
    });
  });

  it('goes on from what the lock holds, as a later run finds it', async () => {
    project();
    await synth();
    await rightsize('-q');
    await synth();
    // A day less of the same use: the next step.
    const next = await rightsize('-q', '--as-of', '2026-11-19', '--window', '13');
    expect(next.status).toBe(0);
    expect(locked()).toMatchObject({
      'bursty/bursty': '1 150Mi',
      'steady/steady': '200m 150Mi',
      'sidecar/proxy': '68m 150Mi',
    });
  });
});
