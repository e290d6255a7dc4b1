import { standsIn, type ApplicationModel, type EnvironmentModel } from '../foundation';
import { isBurning, type States } from './burning';
import type { Live } from './live';
import { keyOf, neighbourhood, type Named } from './neighbourhood';
import { namedIn } from './tables';

/** Somebody who cannot work without what fails. */
export interface Hurt extends Named {
  /** The number of calls between them. */
  readonly hops: number;
  /** Where people outside reach it. */
  readonly host?: string;
  readonly isBurning: boolean;
  /** The highest burn rate of its objectives, where one is known. */
  readonly burn?: number;
}

/** Who is hurt where a service fails: what people reach first, then those that burn, then the nearest. */
export function blastOf(
  live: Live,
  { model, environment }: { model: ApplicationModel; environment: EnvironmentModel },
  service: string,
  states: States,
): readonly Hurt[] {
  const { application } = model;
  const absent = new Set(
    model.workloads.filter((each) => !standsIn(each, environment)).map(({ name }) => name),
  );
  const dependents = neighbourhood(model, service).dependents.filter(
    (each) => each.application !== model.application || !absent.has(each.service),
  );
  const above = new Set([service, ...dependents.map((each) => each.service)]);
  const outside = (live.answers.callers ?? [])
    .filter(({ labels }) => above.has(labels.depends_on ?? ''))
    .map((row) => {
      const { depends_on: to, hops = '1' } = row.labels;
      const rest = dependents.find((each) => each.service === to)?.hops ?? 0;
      return { ...namedIn(row), hops: Number(hops) + rest };
    });
  const nearest = new Map<string, Named & { readonly hops: number }>();
  for (const each of [...dependents, ...outside]) {
    const before = nearest.get(keyOf(each));
    if (!before || each.hops < before.hops) nearest.set(keyOf(each), each);
  }
  const rows = [...nearest.values()].map((each): Hurt => {
    const host = each.application === application ? environment.hostnames[each.service] : undefined;
    const burn = states.burn.get(keyOf(each));
    return {
      ...{ application: each.application, service: each.service, hops: each.hops },
      isBurning: isBurning(states, each),
      ...(host !== undefined && { host }),
      ...(burn !== undefined && { burn }),
    };
  });
  return rows.sort((a, b) => rank(a) - rank(b) || a.hops - b.hops);
}

const rank = ({ host, isBurning: burns }: Hurt): number =>
  (burns ? 0 : 2) + (host === undefined ? 1 : 0);
