import type { Changes, Lack, Live } from './live';
import { keyOf, type Named } from './neighbourhood';

/** Something that changed. */
export interface Change extends Named {
  /** In seconds since 1970. */
  readonly at: number;
  readonly kind: 'release' | 'setting' | 'scaling' | 'restart';
  /** In a few words. */
  readonly what: string;
}

const WORDS = {
  deploys: 'what was released',
  scaling: 'how it was scaled',
  restarts: 'what began anew',
} as const;

const SCALED = {
  wanted: 'replicas wanted',
  available: 'replicas that serve',
  'at-most': 'the autoscaler has no more to add',
} as const;

/** What changed of some services, the newest first, and what is not known of it. */
export function changesFor(
  { changes: all }: Live,
  environment: string,
  services: readonly Named[],
): { readonly rows: readonly Change[]; readonly lacks: readonly Lack[] } {
  const changes = all[environment];
  if (!changes) return { rows: [], lacks: [] };
  const keys = new Set(services.map(keyOf));
  const { deploys, scaling, restarts } = changes;
  const rows: readonly Change[] = [
    ...deploys.rows.map(({ application, service, at, kind, replicaSet }) => ({
      ...{ application, service, at, kind },
      what: kind === 'release' ? `release ${replicaSet ?? ''}`.trim() : 'its settings changed',
    })),
    ...scaling.rows.map(({ application, service, at, kind, before, after }) => ({
      ...{ application, service, at, kind: 'scaling' as const },
      what: kind === 'at-most' ? SCALED[kind] : `${SCALED[kind]}: ${before} → ${after}`,
    })),
    ...restarts.rows.map(({ application, service, at, pod, reason, times }) => ({
      ...{ application, service, at, kind: 'restart' as const },
      what: `${pod} began anew${times > 1 ? ` ${times} times` : ''}${reason === undefined ? '' : `: ${reason}`}`,
    })),
  ];
  const lacks = lacksOf(changes);
  return {
    rows: rows.filter((row) => keys.has(keyOf(row))).sort((a, b) => b.at - a.at),
    lacks,
  };
}

/** Where nothing is seen of the namespace at all, that is said once. */
function lacksOf(changes: Changes): readonly Lack[] {
  const parts = ['deploys', 'scaling', 'restarts'] as const;
  if (parts.every((part) => changes[part].gaps.some(({ kind }) => kind === 'no-data'))) {
    const why = 'nothing is known of its objects. Look whether kube-state-metrics is scraped';
    return [{ what: 'what was released, scaled and restarted', why }];
  }
  return parts.flatMap((part) =>
    changes[part].gaps.map(({ found, fix }) => {
      const why = fix === undefined ? found : `${found}. ${fix}`;
      return { what: WORDS[part], why: why.replace(PATH, '') };
    }),
  );
}

/** What other questions of the same server lack for the same reason is said once. */
const PATH = /\/api\/v1\/query(_range)?/g;
