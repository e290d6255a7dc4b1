import type { ApplicationModel } from '../foundation';
import {
  alertsOf,
  Asker,
  placeOf,
  presenceOf,
  silencesOf,
  type AlertRun,
  type AddressedServer,
  type Found,
  type Gap,
  type Presence,
  type SilenceRun,
  type Silencing,
  type Span,
} from '../evidence';
import type { Experiment, FiredAlert, Gathered, MeasuredBurn } from '../game-day';
import { label, selector, type Matcher, type Series } from '../prometheus';

/** What is asked of an experiment. */
export interface Gathering {
  readonly client: AddressedServer;
  /** Without it no silence is known. */
  readonly alertmanager?: Silencing;
  readonly model: ApplicationModel;
  readonly environment: string;
  readonly experiment: Experiment;
  /** Conditions on all series, such as those that name a cluster. */
  readonly matchers?: readonly Matcher[];
  /** From the begin of the quiet time to the end of all. */
  readonly span: Span;
  /** How many times as fast time goes for the rules. @default 1 */
  readonly pace?: number;
}

/** What servers know of an experiment. */
export interface GatheredFacts {
  /** What is not known: of whose alerts or presence something is, no verdict can be made. */
  readonly gaps: readonly Gap[];
  readonly facts: Pick<
    Gathered,
    'stepSeconds' | 'presence' | 'alertsQuery' | 'alerts' | 'burns' | 'traffic' | 'silences'
  >;
}

/** Asks what became of an experiment. @throws {PrometheusError} when a question is refused that the others were not */
export async function gather(gathering: Gathering): Promise<GatheredFacts> {
  const { client, model, environment, experiment, span, pace = 1, matchers = [] } = gathering;
  const here = model.environments.find(({ name }) => name === environment);
  const place = placeOf(model, here ?? { name: environment, namespace: '' });
  const asker = new Asker(client, { places: [place], span, pace, matchers });
  const presence = await presenceOf(asker);
  if (!presence.isThere) return { gaps: presence.gaps, facts: NOTHING };
  const window = `${Math.round(windowOf(presence, pace) * 1000)}ms`;
  // Without a window, Prometheus gives what was last seen for five minutes more.
  const of = (metric: string, ...more: readonly Matcher[]): string => {
    const own = [label('application', model.application), label('environment', environment)];
    return `last_over_time(${selector(metric, [...own, ...more, ...matchers])}[${window}])`;
  };
  const burnsQuery = `max by (service, slo) (${of('slo:sli_error:ratio_rate5m')})`;
  const asked = experiment.traffic && {
    query: `max(${of('slo:sli_events:rate5m', label('service', experiment.traffic.service))})`,
  };
  const presenceQuery = `max(${of('golden_path:namespace:info')})`;
  const [alerts, rules, burns, traffic, silences] = await Promise.all([
    alertsOf(asker),
    asker.over(presenceQuery),
    asker.over(burnsQuery),
    asked && asker.over(asked.query),
    silencesOf(asker, gathering.alertmanager),
  ]);
  return {
    gaps: [...presence.gaps, ...alerts.gaps, ...silences.gaps],
    facts: {
      stepSeconds: asker.range().step,
      presence: { query: presenceQuery, points: rules[0]?.points ?? [] },
      alertsQuery: alerts.queries[0] ?? 'ALERTS',
      alerts: alerts.rows.flatMap((each) => firedOf(each)),
      burns: burnsOf(burns, model, burnsQuery),
      ...quietOf(silences),
      ...(asked && { traffic: { ...asked, points: traffic?.[0]?.points ?? [] } }),
    },
  };
}

/** Of an Alertmanager that was not asked, or did not answer, no silence is known. */
const quietOf = ({ gaps, rows }: Found<SilenceRun>): Pick<Gathered, 'silences'> =>
  gaps.length > 0
    ? {}
    : { silences: rows.map(({ from, to, matchersText }) => ({ from, to, of: matchersText })) };

const NOTHING = {
  ...{ stepSeconds: 0, presence: { query: '', points: [] } },
  ...{ alertsQuery: 'ALERTS', alerts: [], burns: [] },
};

/** Rules are evaluated each half a minute; of slower ones some evaluations may be apart. */
const LONGEST_WINDOW_SECONDS = 120;
/** What a machine may take for itself in a rehearsal, by the clock. */
const OWN_SECONDS = 1;

/** How long a sample stands for what is so: until two more should have come. */
function windowOf({ evaluationSeconds }: Presence, pace: number): number {
  const longest = LONGEST_WINDOW_SECONDS / pace + (pace > 1 ? OWN_SECONDS : 0);
  return pace > 1 ? longest : Math.min(longest, 2.5 * (evaluationSeconds ?? longest));
}

/** An alert that was only pending told nobody. */
const firedOf = ({ labels, firingSince, until }: AlertRun): readonly FiredAlert[] =>
  firingSince === undefined
    ? []
    : [{ labels, from: firingSince, ...(until !== undefined && { to: until }) }];

const burnsOf = (
  series: readonly Series[],
  { workloads }: ApplicationModel,
  query: string,
): readonly MeasuredBurn[] =>
  workloads.flatMap(({ name, objectives = [] }) =>
    objectives.map(({ slo, objective }) => ({
      ...{ service: name, slo, objective, query },
      points:
        series.find(({ labels }) => labels.service === name && labels.slo === slo)?.points ?? [],
    })),
  );
