import { describe, expect, it } from '@jest/globals';
import {
  perEnvironment,
  Postgres,
  ScheduledJob,
  secret,
  Size,
  WebService,
  Worker,
  type WorkerProps,
} from '../../lib';
import type { DeploymentSpec, EnvVar, JobSpec, PodSpec } from '../../lib/foundation';
import { synthesizeIn, type Synthesis } from '../../lib/testing';

const image = 'x/y:1';

const podOf = (synthesis: Synthesis, kind = 'Deployment'): PodSpec => {
  const found = synthesis.objects().find((object) => object.kind === kind);
  const { template } = found?.spec as DeploymentSpec | JobSpec;
  return template.spec;
};

/** The variables of the main container but HOME, as `NAME=value`. */
const linesOf = (env: readonly EnvVar[] = []): readonly string[] =>
  env
    .filter(({ name }) => name !== 'HOME')
    .map(({ name, value, valueFrom }) => `${name}=${value ?? Object.keys(valueFrom ?? {}).join()}`);

function variablesOf(props: Omit<WorkerProps, 'image'>): readonly string[] {
  const synthesis = synthesizeIn((app) => new Worker(app, 'w', { image, ...props }));
  expect(synthesis.problems).toEqual([]);
  return linesOf(podOf(synthesis).containers[0]?.env);
}

describe('A runtime', () => {
  it('gets its variables before those of backing services and of the team', () => {
    const synthesis = synthesizeIn((app) => {
      const db = new Postgres(app, 'db', { version: 16, size: Size.S });
      const env = { A: '$(GOMAXPROCS)' };
      new Worker(app, 'w', { image, runtime: 'go', env, uses: [db] });
    });
    const names = podOf(synthesis).containers[0]?.env?.map(({ name }) => name) ?? [];
    expect(names.slice(0, 3)).toEqual(['HOME', 'GOMAXPROCS', 'GOMEMLIMIT']);
    expect(names).toContain('PGHOST');
    expect(names.at(-1)).toBe('A');
  });

  it('leaves a variable to the team that gives it, where the team gives it', () => {
    const env = { PROCS: '8', GOMAXPROCS: '$(PROCS)' };
    expect(variablesOf({ runtime: 'go', env })).toEqual([
      'GOMEMLIMIT=230MiB',
      'PROCS=8',
      'GOMAXPROCS=$(PROCS)',
    ]);
    const setting = perEnvironment({ dev: '1', staging: '1', prod: '2' });
    expect(variablesOf({ runtime: 'python', env: { WEB_CONCURRENCY: setting } })).toEqual([
      'OMP_NUM_THREADS=1',
      'PYTHON_CPU_COUNT=1',
      'WEB_CONCURRENCY=configMapKeyRef',
    ]);
  });

  it('has its options before those of the team in one variable', () => {
    const env = { A: '--trace-gc', NODE_OPTIONS: '--enable-source-maps $(A)' };
    expect(variablesOf({ runtime: 'node', env })).toEqual([
      'A=--trace-gc',
      'NODE_OPTIONS=--max-old-space-size=176 --enable-source-maps $(A)',
    ]);
    expect(variablesOf({ runtime: 'node', env: { NODE_OPTIONS: ' ' } })).toEqual([
      'NODE_OPTIONS=--max-old-space-size=176',
    ]);
    const agent = '-javaagent:/agent.jar';
    expect(variablesOf({ runtime: 'jvm', env: { JDK_JAVA_OPTIONS: agent } })).toEqual([
      `JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=1 -XX:MaxRAMPercentage=55.0 -XX:MinRAMPercentage=55.0 ${agent}`,
    ]);
  });

  it('leaves JAVA_TOOL_OPTIONS to agents, and the options of other runtimes alone', () => {
    const env = { JAVA_TOOL_OPTIONS: secret('agent'), NODE_OPTIONS: secret('node') };
    expect(variablesOf({ runtime: 'jvm', env })).toEqual([
      expect.stringMatching(/^JDK_JAVA_OPTIONS=/),
      'JAVA_TOOL_OPTIONS=secretKeyRef',
      'NODE_OPTIONS=secretKeyRef',
    ]);
  });

  it('belongs to one container, whose size it follows', () => {
    const synthesis = synthesizeIn((app) => {
      new WebService(app, 'orders', {
        image,
        port: 8080,
        health: '/ready',
        runtime: 'dotnet',
        size: Size.M,
        init: { warm: { image, runtime: 'node', size: Size.XS }, plain: { image } },
        sidecars: { proxy: { image, runtime: 'go' } },
      });
    });
    const { containers, initContainers = [] } = podOf(synthesis);
    const all = [...initContainers, ...containers].map(({ name, env }) => [name, linesOf(env)]);
    expect(Object.fromEntries(all)).toEqual({
      proxy: ['GOMAXPROCS=2', 'GOMEMLIMIT=115MiB'],
      warm: ['NODE_OPTIONS=--max-old-space-size=67'],
      plain: [],
      orders: [
        'DOTNET_GCHeapHardLimitPercent=0x4B',
        'DOTNET_PROCESSOR_COUNT=1',
        'DOTNET_gcServer=0',
      ],
    });
    const models = synthesis.model.workloads[0]?.containers ?? [];
    expect(models.map(({ name, runtime }) => [name, runtime])).toEqual([
      ['orders', 'dotnet'],
      ['proxy', 'go'],
      ['warm', 'node'],
      ['plain', undefined],
    ]);
  });

  it('is that of a migration too, in the size of the migration', () => {
    const migrate = { command: ['migrate'], size: Size.XL };
    const synthesis = synthesizeIn((app) => {
      new Worker(app, 'w', { image, runtime: 'go', migrate });
    });
    const env = podOf(synthesis, 'Job').containers[0]?.env;
    expect(linesOf(env)).toEqual(['GOMAXPROCS=4', 'GOMEMLIMIT=1843MiB']);
    expect(linesOf(podOf(synthesis).containers[0]?.env)).toContain('GOMEMLIMIT=230MiB');
  });

  it('of a scheduled job is told of its size', () => {
    const synthesis = synthesizeIn((app) => {
      new ScheduledJob(app, 'j', { image, runtime: 'go', size: Size.L, schedule: '0 3 * * *' });
    });
    const text = JSON.stringify(synthesis.find({ kind: 'CronJob', name: 'j' }).spec);
    expect(text).toContain('{"name":"GOMEMLIMIT","value":"921MiB"}');
  });

  it('goes into no manifest where a container names none', () => {
    expect(variablesOf({ env: { A: '1' } })).toEqual(['A=1']);
  });
});
