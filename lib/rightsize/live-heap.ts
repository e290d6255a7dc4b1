import { label } from '../prometheus';
import { once, type Asker } from './asker';
import { keyOfPart } from './kills';

/** A part of what a runtime holds in use, and the metric that says so. */
interface HeapPart {
  readonly metric: string;
  /** Labels by which its rows are parts of one sum. */
  readonly parts: readonly string[];
  readonly only?: readonly [name: string, value: string];
  /**
   * Whether it is what was left after a collection, or what is in use at any time: of that the lows of each hour count, since the rest is
   * what waits for a collection.
   */
  readonly is: 'live' | 'in use';
}

/** A metric of the heap, and what counts to it. */
interface Heap {
  readonly heap: HeapPart;
  readonly beside: readonly HeapPart[];
}

const nonheap: readonly HeapPart[] = [
  { metric: 'jvm_memory_used_bytes', parts: ['id', 'pool'], only: ['area', 'nonheap'], is: 'live' },
  {
    metric: 'jvm_memory_used_bytes',
    parts: ['jvm_memory_pool_name'],
    only: ['jvm_memory_type', 'non_heap'],
    is: 'live',
  },
  { metric: 'jvm_buffer_memory_used_bytes', parts: ['id'], is: 'live' },
];

/**
 * Where runtimes say how much is live, by the libraries that expose it.
 * @see https://docs.micrometer.io/micrometer/reference/reference/jvm.html
 * @see https://opentelemetry.io/docs/specs/semconv/runtime/
 * @see https://github.com/siimon/prom-client#default-metrics
 */
const HEAPS: readonly Heap[] = [
  {
    heap: { metric: 'jvm_gc_live_data_size_bytes', parts: [], is: 'live' },
    beside: nonheap,
  },
  {
    heap: {
      metric: 'jvm_memory_used_after_last_gc_bytes',
      parts: ['jvm_memory_pool_name'],
      only: ['jvm_memory_type', 'heap'],
      is: 'live',
    },
    beside: nonheap,
  },
  {
    heap: { metric: 'nodejs_heap_size_used_bytes', parts: [], is: 'in use' },
    beside: [{ metric: 'nodejs_external_memory_bytes', parts: [], is: 'in use' }],
  },
  {
    heap: {
      metric: 'dotnet_gc_last_collection_heap_size_bytes',
      parts: ['gc_heap_generation'],
      is: 'live',
    },
    beside: [],
  },
  { heap: { metric: 'dotnet_total_memory_bytes', parts: [], is: 'in use' }, beside: [] },
];

/** The most that runtimes held in use after a collection, in bytes, by pod and container as `keyOfPart` writes them. */
export async function liveHeaps(asker: Asker): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  await Promise.all(
    HEAPS.map(async ({ heap, beside }) => {
      const live = await most(asker, heap);
      if (live.size === 0) return;
      const others = await Promise.all(beside.map((part) => most(asker, part)));
      for (const [key, bytes] of live) {
        const sum = others.reduce((total, other) => total + (other.get(key) ?? 0), bytes);
        found.set(key, Math.max(found.get(key) ?? 0, sum));
      }
    }),
  );
  return found;
}

async function most(asker: Asker, part: HeapPart): Promise<ReadonlyMap<string, number>> {
  const { metric, parts, only, is } = part;
  const of = asker.select(metric, ...(only === undefined ? [] : [label(...only)]));
  const low = is === 'live' ? of : `min_over_time(${of}[1h])`;
  const single = once(low, ['pod', 'container', ...parts].join(','));
  const sum = `sum by (pod,container) (${single})`;
  const rows = await asker.atEnd(`max_over_time((${sum})[${asker.wholeWindow}:1h])`);
  return new Map(rows.map(({ labels, value }) => [keyOfPart(labels), value]));
}
