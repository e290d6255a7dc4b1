import { alertsOf, type AlertRun } from './alerts';
import { Asker, type AddressedServer } from './asker';
import type { Asked, Place, Span } from './asked';
import { burnOf, type Burn } from './burn';
import { deploysOf, type Deploy } from './deploys';
import { nothing, type EvidencePart, type Found, type Gap } from './found';
import { presenceOf } from './presence';
import { nodesOf, restartsOf, type NodeTrouble, type Restart } from './restarts';
import { scalingOf, type Scaling } from './scaling';
import { silencesOf, type SilenceRun, type Silencing } from './silences';
import { statesOf, type StateRun } from './states';

/** Who is asked. */
export interface EvidenceSources {
  readonly prometheus: AddressedServer;
  /** Without it no silence is known. */
  readonly alertmanager?: Silencing;
}

/** What a time looked like. It is data alone, so it may come from anywhere: a rehearsal, a file, a test. */
export interface Evidence {
  readonly places: readonly [Place, ...Place[]];
  readonly span: Span;
  readonly pace: number;
  /** The address that was asked. */
  readonly server: string;
  /** How far apart the samples are that rules record, in seconds; absent where it is not known. */
  readonly evaluationSeconds?: number;
  readonly alerts: Found<AlertRun>;
  readonly burn: Found<Burn>;
  readonly states: Found<StateRun>;
  readonly deploys: Found<Deploy>;
  readonly scaling: Found<Scaling>;
  readonly restarts: Found<Restart>;
  readonly nodes: Found<NodeTrouble>;
  readonly silences: Found<SilenceRun>;
  /** All that is not known, of whichever part. Of `presence` there is one where nothing else was worth asking. */
  readonly gaps: readonly Gap[];
}

const PARTS = ['alerts', 'burn', 'states', 'deploys', 'scaling', 'restarts', 'nodes'] as const;

/**
 * Asks what a time looked like. Faults of the servers are told as gaps, never thrown; where a Prometheus cannot be reached or has nothing of
 * the place, nothing else is asked of it.
 */
export async function gatherEvidence(sources: EvidenceSources, asked: Asked): Promise<Evidence> {
  const asker = new Asker(sources.prometheus, asked);
  const presence = await presenceOf(asker);
  const silences = silencesOf(asker, sources.alertmanager);
  const skipped = <T>(part: EvidencePart): Promise<Found<T>> =>
    Promise.resolve(nothing<T>([], { ...first(presence.gaps), part }));
  const or = <T>(part: EvidencePart, look: (of: Asker) => Promise<Found<T>>): Promise<Found<T>> =>
    presence.isThere ? look(asker) : skipped(part);
  const [alerts, burn, states, deploys, scaling, restarts, nodes] = await Promise.all([
    or('alerts', alertsOf),
    or('burn', burnOf),
    or('states', statesOf),
    or('deploys', deploysOf),
    or('scaling', scalingOf),
    or('restarts', restartsOf),
    or('nodes', nodesOf),
  ]);
  const parts = { alerts, burn, states, deploys, scaling, restarts, nodes };
  const silenced = await silences;
  const { places, span, pace } = asker.asked;
  const { evaluationSeconds } = presence;
  return {
    ...{ places, span, pace, server: sources.prometheus.address, ...parts, silences: silenced },
    ...(evaluationSeconds !== undefined && { evaluationSeconds }),
    gaps: [
      ...presence.gaps,
      ...(presence.isThere ? PARTS.flatMap((part) => parts[part].gaps) : []),
      ...silenced.gaps,
    ],
  };
}

const UNKNOWN: Gap = { part: 'presence', kind: 'no-data', found: 'nothing is known' };
const first = (gaps: readonly Gap[]): Gap => gaps[0] ?? UNKNOWN;
