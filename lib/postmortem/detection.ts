import type { ObjectiveModel } from '../foundation';
import type { Burn } from '../evidence';
import { timeToBurn } from '../observability';
import { nameIn } from './graph';
import type { Impact, IncidentFacts } from './facts';
import { pagesOf } from './heard';

/** How soon somebody should have been told of an objective, and was. */
export interface Detection {
  readonly name: string;
  readonly slo: string;
  readonly burningSince: number;
  /** The share of bad events until the page, or while it burnt where none came. */
  readonly errorRatio: number;
  /** How long a page takes at the longest at this share, by today's model, in seconds; absent where none comes at all. */
  readonly predictedSeconds?: number;
  /** How long it took until somebody was told by an alert that pages for it, or for what it depends on: with the wait of Alertmanager. */
  readonly actualSeconds?: number;
  /** That alert, as `SLOErrorBudgetBurnPage of carts`. */
  readonly alert?: string;
  /** Pages that told nobody of it, as `SLOErrorBudgetBurnPage of carts, which was silenced`. */
  readonly unheard: readonly string[];
  readonly query: string;
  readonly outcome: 'in time' | 'late' | 'no page' | 'no page, as predicted' | 'not judged';
}

/** Over how many seconds the ratio looks back by which burning is told. */
const WINDOW_SECONDS = 300;

/** What was predicted and what was, of each objective that went beyond its budget. */
export const detectionsOf = (facts: IncidentFacts): readonly Detection[] =>
  facts.impacts.flatMap((impact) => tryDetection(facts, impact) ?? []);

function tryDetection(facts: IncidentFacts, impact: Impact): Detection | undefined {
  const { evidence, graph, uncertaintySeconds } = facts;
  const { name, slo, burningSince, query } = impact;
  if (burningSince === undefined) return undefined;
  const burn = evidence.burn.rows.find(({ id }) => id === impact.id);
  const model = modelOf(facts, impact);
  const { page, unheard } = pagesOf(facts, impact);
  const errorRatio = burn ? ratioUntil(burn, page?.firingSince, evidence.pace) : 0;
  const predictedSeconds = model && tryPrediction(model, errorRatio, evidence.pace);
  const actualSeconds = page && Math.max(0, page.heardAt - burningSince);
  const limit = (predictedSeconds ?? Infinity) + uncertaintySeconds;
  return {
    ...{ name, slo, burningSince, errorRatio, query },
    ...(predictedSeconds !== undefined && { predictedSeconds }),
    ...(actualSeconds !== undefined && { actualSeconds }),
    ...(page && { alert: `${page.alertname} of ${nameIn(graph, page)}` }),
    unheard,
    outcome: outcomeOf(impact, actualSeconds, predictedSeconds, limit),
  };
}

function outcomeOf(
  { isOpenAtStart, burningSeconds }: Impact,
  actual: number | undefined,
  predicted: number | undefined,
  limit: number,
): Detection['outcome'] {
  // Nobody knows here when it began.
  if (isOpenAtStart) return 'not judged';
  if (actual !== undefined) return actual <= limit ? 'in time' : 'late';
  return predicted === undefined || burningSeconds < limit ? 'no page, as predicted' : 'no page';
}

function modelOf(facts: IncidentFacts, { id, service }: Impact): ObjectiveModel | undefined {
  const { workloads } = facts.graph.model;
  const { objectives = [] } = workloads.find(({ name }) => name === service) ?? {};
  return objectives.find((objective) => objective.id === id);
}

/** What passes beside the burn: a scrape, two evaluations and Alertmanager's wait. All of it is as much shorter as time runs faster. */
function tryPrediction(
  { objective, slo, detection }: ObjectiveModel,
  errorRatio: number,
  pace: number,
): number | undefined {
  const sli = slo === 'freshness' ? 'time' : 'events';
  const known = detection.find(({ severity }) => severity === 'page');
  const burn = timeToBurn('page', objective, Math.min(1, errorRatio), sli);
  if (!known || burn === undefined) return undefined;
  return (burn + known.seconds - known.burnSeconds) / pace;
}

/**
 * The share of bad events from the begin of a burn until a moment. The recorded ratio looks back over five minutes, most of which were good
 * at first: what it has then is all bad events by all of five minutes.
 */
export function ratioUntil(burn: Burn, until: number | undefined, pace: number): number {
  const { ratio, burningSince = 0, highestRatio } = burn;
  const window = WINDOW_SECONDS / pace;
  if (until === undefined) return highestRatio;
  const elapsed = until - burningSince;
  if (elapsed >= window) {
    const full = ratio.filter(({ at }) => at >= burningSince + window && at <= until);
    return full.length === 0
      ? highestRatio
      : full.reduce((sum, { value }) => sum + value, 0) / full.length;
  }
  const seen = ratio.findLast(({ at }) => at <= until)?.value ?? 0;
  return Math.min(1, elapsed <= 0 ? highestRatio : (seen * window) / elapsed);
}
