import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runtimes, Size, stockCpuLimit, stockLadder, type Runtime, type SizeName } from '../../lib';
import { bucket, kafkaTopic, mysql, postgres, rabbitmq, redis } from '../../lib/backing-service';
import {
  heapShare,
  amounts,
  resources,
  runtimeVariables,
  type CpuLimit,
  type Size as AnySize,
} from '../../lib/sizing';

const variables = (runtime: Runtime, size: AnySize, cpuLimit: CpuLimit = stockCpuLimit) =>
  runtimeVariables(runtime, resources(amounts(size, stockLadder), cpuLimit, { bytes: 2 ** 20 }));

const lines = (given: Readonly<Record<string, string>>): string =>
  Object.entries(given)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

const table: readonly (readonly [Runtime, SizeName, 'stock' | 'none', string])[] = [
  [
    'dotnet',
    'XS',
    'stock',
    'DOTNET_GCHeapHardLimitPercent=0x35 DOTNET_PROCESSOR_COUNT=1 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'XS',
    'none',
    'DOTNET_GCHeapHardLimitPercent=0x35 DOTNET_PROCESSOR_COUNT=2 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'S',
    'stock',
    'DOTNET_GCHeapHardLimitPercent=0x45 DOTNET_PROCESSOR_COUNT=1 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'S',
    'none',
    'DOTNET_GCHeapHardLimitPercent=0x45 DOTNET_PROCESSOR_COUNT=2 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'M',
    'stock',
    'DOTNET_GCHeapHardLimitPercent=0x4B DOTNET_PROCESSOR_COUNT=1 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'M',
    'none',
    'DOTNET_GCHeapHardLimitPercent=0x4B DOTNET_PROCESSOR_COUNT=2 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'L',
    'stock',
    'DOTNET_GCHeapHardLimitPercent=0x4B DOTNET_PROCESSOR_COUNT=2 DOTNET_gcServer=0',
  ],
  [
    'dotnet',
    'L',
    'none',
    'DOTNET_GCHeapHardLimitPercent=0x4B DOTNET_PROCESSOR_COUNT=2 DOTNET_gcServer=0',
  ],
  ['dotnet', 'XL', 'stock', 'DOTNET_GCHeapHardLimitPercent=0x4B DOTNET_PROCESSOR_COUNT=4'],
  ['dotnet', 'XL', 'none', 'DOTNET_GCHeapHardLimitPercent=0x4B DOTNET_PROCESSOR_COUNT=2'],
  ['go', 'XS', 'stock', 'GOMAXPROCS=2 GOMEMLIMIT=115MiB'],
  ['go', 'XS', 'none', 'GOMAXPROCS=2 GOMEMLIMIT=115MiB'],
  ['go', 'S', 'stock', 'GOMAXPROCS=2 GOMEMLIMIT=230MiB'],
  ['go', 'S', 'none', 'GOMAXPROCS=2 GOMEMLIMIT=230MiB'],
  ['go', 'M', 'stock', 'GOMAXPROCS=2 GOMEMLIMIT=460MiB'],
  ['go', 'M', 'none', 'GOMAXPROCS=2 GOMEMLIMIT=460MiB'],
  ['go', 'L', 'stock', 'GOMAXPROCS=2 GOMEMLIMIT=921MiB'],
  ['go', 'L', 'none', 'GOMAXPROCS=2 GOMEMLIMIT=921MiB'],
  ['go', 'XL', 'stock', 'GOMAXPROCS=4 GOMEMLIMIT=1843MiB'],
  ['go', 'XL', 'none', 'GOMAXPROCS=2 GOMEMLIMIT=1843MiB'],
  [
    'jvm',
    'XS',
    'stock',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=1 -XX:MaxRAMPercentage=30.0 -XX:MinRAMPercentage=30.0',
  ],
  [
    'jvm',
    'XS',
    'none',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2 -XX:MaxRAMPercentage=30.0 -XX:MinRAMPercentage=30.0',
  ],
  [
    'jvm',
    'S',
    'stock',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=1 -XX:MaxRAMPercentage=55.0 -XX:MinRAMPercentage=55.0',
  ],
  [
    'jvm',
    'S',
    'none',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2 -XX:MaxRAMPercentage=55.0 -XX:MinRAMPercentage=55.0',
  ],
  [
    'jvm',
    'M',
    'stock',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=1 -XX:MaxRAMPercentage=67.0 -XX:MinRAMPercentage=67.0',
  ],
  [
    'jvm',
    'M',
    'none',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2 -XX:MaxRAMPercentage=67.0 -XX:MinRAMPercentage=67.0',
  ],
  [
    'jvm',
    'L',
    'stock',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2 -XX:MaxRAMPercentage=73.0 -XX:MinRAMPercentage=73.0',
  ],
  [
    'jvm',
    'L',
    'none',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2 -XX:MaxRAMPercentage=73.0 -XX:MinRAMPercentage=73.0',
  ],
  [
    'jvm',
    'XL',
    'stock',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=4 -XX:MaxRAMPercentage=75.0 -XX:MinRAMPercentage=75.0',
  ],
  [
    'jvm',
    'XL',
    'none',
    'JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2 -XX:MaxRAMPercentage=75.0 -XX:MinRAMPercentage=75.0',
  ],
  ['node', 'XS', 'stock', 'NODE_OPTIONS=--max-old-space-size=67'],
  ['node', 'XS', 'none', 'NODE_OPTIONS=--max-old-space-size=67'],
  ['node', 'S', 'stock', 'NODE_OPTIONS=--max-old-space-size=176'],
  ['node', 'S', 'none', 'NODE_OPTIONS=--max-old-space-size=176'],
  ['node', 'M', 'stock', 'NODE_OPTIONS=--max-old-space-size=384'],
  ['node', 'M', 'none', 'NODE_OPTIONS=--max-old-space-size=384'],
  ['node', 'L', 'stock', 'NODE_OPTIONS=--max-old-space-size=768'],
  ['node', 'L', 'none', 'NODE_OPTIONS=--max-old-space-size=768'],
  ['node', 'XL', 'stock', 'NODE_OPTIONS=--max-old-space-size=1536'],
  ['node', 'XL', 'none', 'NODE_OPTIONS=--max-old-space-size=1536'],
  ['python', 'XS', 'stock', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=1 WEB_CONCURRENCY=1'],
  ['python', 'XS', 'none', 'OMP_NUM_THREADS=2 PYTHON_CPU_COUNT=2 WEB_CONCURRENCY=1'],
  ['python', 'S', 'stock', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=1 WEB_CONCURRENCY=1'],
  ['python', 'S', 'none', 'OMP_NUM_THREADS=2 PYTHON_CPU_COUNT=2 WEB_CONCURRENCY=1'],
  ['python', 'M', 'stock', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=1 WEB_CONCURRENCY=1'],
  ['python', 'M', 'none', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=2 WEB_CONCURRENCY=2'],
  ['python', 'L', 'stock', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=2 WEB_CONCURRENCY=2'],
  ['python', 'L', 'none', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=2 WEB_CONCURRENCY=2'],
  ['python', 'XL', 'stock', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=4 WEB_CONCURRENCY=4'],
  ['python', 'XL', 'none', 'OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=2 WEB_CONCURRENCY=2'],
];

describe('the settings of a runtime', () => {
  it.each(table)('%s in %s with CPU limit %s', (runtime, rung, limit, expected) => {
    const cpuLimit = limit === 'none' ? 'none' : stockCpuLimit;
    expect(lines(variables(runtime, Size[rung], cpuLimit))).toBe(expected);
  });

  it('count whole processors of the limit, rounded up', () => {
    const size = Size.of({ cpu: '1200m', memory: '4Gi' });
    expect(variables('jvm', size).JDK_JAVA_OPTIONS).toContain('ActiveProcessorCount=5 ');
    expect(variables('dotnet', size).DOTNET_PROCESSOR_COUNT).toBe('5');
    expect(variables('go', size).GOMAXPROCS).toBe('5');
  });

  it('count those of the request, at least two, where there is no limit', () => {
    const processors = (cpu: string) =>
      variables('python', Size.of({ cpu, memory: '4Gi' }), 'none').PYTHON_CPU_COUNT;
    expect(['1m', '2', '2500m'].map(processors)).toEqual(['2', '2', '3']);
  });

  it('give Node more threads than its four where it has more processors', () => {
    const big = variables('node', Size.of({ cpu: '2', memory: '8Gi' }));
    expect(big).toEqual({ NODE_OPTIONS: '--max-old-space-size=6144', UV_THREADPOOL_SIZE: '8' });
  });

  it('leave the collector of a large .NET container to the program', () => {
    const small = variables('dotnet', Size.of({ cpu: '1', memory: '1791Mi' }));
    expect(small.DOTNET_gcServer).toBe('0');
    const large = variables('dotnet', Size.of({ cpu: '1', memory: '1792Mi' }));
    expect(large).not.toHaveProperty('DOTNET_gcServer');
  });

  it('give numeric libraries the processors that are left for each worker', () => {
    const threads = (memory: string) => lines(variables('python', Size.of({ cpu: '2', memory })));
    expect(threads('512Mi')).toBe('OMP_NUM_THREADS=4 PYTHON_CPU_COUNT=8 WEB_CONCURRENCY=2');
    expect(threads('8Gi')).toBe('OMP_NUM_THREADS=1 PYTHON_CPU_COUNT=8 WEB_CONCURRENCY=8');
  });

  it('have no name of a variable that a backing service brings', () => {
    const brought = [bucket, kafkaTopic, mysql, postgres, rabbitmq, redis].flatMap((kind) =>
      Object.keys(kind.variables),
    );
    const ours = runtimes.flatMap((runtime) => Object.keys(variables(runtime, Size.XL)));
    expect(brought.length).toBeGreaterThan(10);
    expect(ours.filter((name) => brought.includes(name))).toEqual([]);
  });
});

describe('the share of a heap', () => {
  const MEBIBYTE = 2 ** 20;
  const limits = fc.integer({ min: 4, max: 65_536 }).map((mebi) => mebi * MEBIBYTE);
  const heaps = ['jvm', 'node', 'dotnet'] as const;

  it('is known where something bounds it', () => {
    const shares = (mebi: number) => runtimes.map((name) => heapShare(name, mebi * MEBIBYTE));
    expect(runtimes).toEqual(['dotnet', 'go', 'jvm', 'node', 'python']);
    expect(shares(128)).toEqual([0.53, 0.9, 0.3, 0.53, undefined]);
    expect(shares(300)).toEqual([0.71, 0.9, 0.58, 0.71, undefined]);
    expect(shares(8192)).toEqual([0.75, 0.9, 0.75, 0.75, undefined]);
  });

  it('lies between a quarter and three quarters, and grows with the limit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...heaps), limits, limits, (runtime, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const share = heapShare(runtime, less) ?? NaN;
        expect(share).toBeGreaterThanOrEqual(0.25);
        expect(share).toBeLessThanOrEqual(0.75);
        expect(heapShare(runtime, more)).toBeGreaterThanOrEqual(share);
      }),
    );
  });

  it('is what the variables say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 65_536 }), (mebi) => {
        const size = Size.of({ cpu: '100m', memory: `${mebi}Mi` });
        const share = (runtime: Runtime) => heapShare(runtime, mebi * MEBIBYTE) ?? NaN;
        const percent = Math.round(share('jvm') * 100);
        expect(variables('jvm', size).JDK_JAVA_OPTIONS).toContain(`MaxRAMPercentage=${percent}.0`);
        const hex = Number(variables('dotnet', size).DOTNET_GCHeapHardLimitPercent);
        expect(hex).toBe(Math.round(share('dotnet') * 100));
        const [, old] = (variables('node', size).NODE_OPTIONS ?? '').split('=');
        expect(Math.abs(Number(old) - mebi * share('node'))).toBeLessThan(1.001);
      }),
    );
  });
});
