import { ofApplications } from './asked';
import type { Asker } from './asker';
import { looked, type Found } from './found';
import { runsOf, type Run } from './runs';

/** What the rules say of a service's place in the graph: it fails, it hurts, it is where to look first, or it burns because of others. */
export type ServiceState = 'failing' | 'hurting' | 'suspect' | 'symptom';

/** A time in which a service was so. */
export interface StateRun extends Run {
  readonly application: string;
  readonly service: string;
  readonly state: ServiceState;
  readonly query: string;
}

const STATES: readonly ServiceState[] = ['failing', 'hurting', 'suspect', 'symptom'];
const SHORTEST_GAP = 120;

/** Who failed, who was hurt, who was the cause, by the rules as they were then; by their begin. */
export function statesOf(asker: Asker): Promise<Found<StateRun>> {
  const { asked } = asker;
  const gap = SHORTEST_GAP / asked.pace;
  const all = STATES.map((state) => {
    const metric = ofApplications(`golden_path:service:${state}`, asked);
    return { state, query: `count by (application, service) (${metric})` };
  });
  const queries = all.map(({ query }) => query);
  return looked('states', queries, async () => {
    const found = await Promise.all(
      all.map(async ({ state, query }) =>
        (await asker.over(query)).flatMap(({ labels, points }) => {
          const { application = '?', service = '?' } = labels;
          return runsOf(points, asker.range(), gap).map((run) => ({
            ...{ application, service, state },
            ...run,
            query: `golden_path:service:${state}{application="${application}",service="${service}"}`,
          }));
        }),
      ),
    );
    const rows = found.flat().sort((a, b) => a.from - b.from);
    return { rows, queries, gaps: [], uncertaintySeconds: asker.range().step };
  });
}
