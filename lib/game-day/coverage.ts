import type { ApplicationModel } from '../foundation';
import type { ClaimKind, Experiment } from './experiment';
import type { Outcome, Verdict } from './verdict';

/** When somebody last learnt something about an experiment, and what. */
export interface Exercise {
  readonly at: string;
  /** In whole days, at the moment of the question. */
  readonly ageDays: number;
  readonly environment: string;
  readonly outcome: Outcome;
}

/** What is known of one experiment. */
export interface CoveredExperiment {
  readonly experiment: string;
  readonly claim: ClaimKind;
  /** The workload, or the edge as `checkout -> carts`. */
  readonly subject: string;
  /** The last one that was held or refuted; one that says nothing exercises nothing. */
  readonly rehearsed?: Exercise;
  readonly inEnvironment?: Exercise;
  /** What is wrong with it, as `never exercised`; absent when nothing is. */
  readonly finding?: string;
}

/** How much of what an application claims was put to the test. */
export interface Coverage {
  readonly application: string;
  readonly experiments: readonly CoveredExperiment[];
  /** Distinct claims, and those that were exercised lately. */
  readonly claims: { readonly all: number; readonly exercised: number };
  /** The same of edges of the graph. */
  readonly edges: { readonly all: number; readonly exercised: number };
  /** Verdicts about experiments that nothing derives any more. */
  readonly gone: readonly string[];
}

const DAY_MS = 86_400_000;

/**
 * Which claims of an application were exercised, when and with what outcome.
 * @param now - in milliseconds since 1970
 * @param maxAgeDays - after how many days it is as if nobody had done it
 */
export function coverageOf(
  { application }: Pick<ApplicationModel, 'application'>,
  experiments: readonly Experiment[],
  records: readonly Verdict[],
  { now, maxAgeDays }: { readonly now: number; readonly maxAgeDays: number },
): Coverage {
  const own = records.filter((record) => record.application === application);
  const covered = experiments.map((experiment) =>
    coveredBy(
      experiment,
      own.filter((record) => record.experiment === experiment.id),
      now,
      maxAgeDays,
    ),
  );
  const known = new Set(experiments.map(({ id }) => id));
  return {
    application,
    experiments: covered,
    claims: counted(covered, ({ claim, subject }) => `${claim} ${subject}`),
    edges: counted(
      covered.filter(({ subject }) => subject.includes(' -> ')),
      ({ subject }) => subject,
    ),
    gone: [...new Set(own.map(({ experiment }) => experiment).filter((id) => !known.has(id)))],
  };
}

function counted(
  experiments: readonly CoveredExperiment[],
  keyOf: (experiment: CoveredExperiment) => string,
): Coverage['claims'] {
  const isFresh = ({ finding }: CoveredExperiment): boolean =>
    finding === undefined || finding.startsWith(REFUTED);
  return {
    all: new Set(experiments.map(keyOf)).size,
    exercised: new Set(experiments.filter(isFresh).map(keyOf)).size,
  };
}

const REFUTED = 'refuted';

function coveredBy(
  { id, claim }: Experiment,
  records: readonly Verdict[],
  now: number,
  maxAgeDays: number,
): CoveredExperiment {
  const last = (rehearsed: boolean, environment?: string): Exercise | undefined => {
    const [newest] = records
      .filter((each) => each.rehearsed === rehearsed && each.outcome !== 'inconclusive')
      .filter((each) => environment === undefined || each.environment === environment)
      .sort((a, b) => Date.parse(b.began) - Date.parse(a.began));
    return (
      newest && {
        at: newest.began,
        ageDays: Math.max(0, Math.floor((now - Date.parse(newest.began)) / DAY_MS)),
        environment: newest.environment,
        outcome: newest.outcome,
      }
    );
  };
  const [rehearsed, inEnvironment] = [last(true), last(false)];
  const places = [...new Set(records.map(({ environment }) => environment))].flatMap((name) => [
    ...[last(true, name)].flatMap((each) =>
      each ? [{ ...each, where: `a rehearsal of ${name}` }] : [],
    ),
    ...[last(false, name)].flatMap((each) => (each ? [{ ...each, where: name }] : [])),
  ]);
  const finding = tryFinding(places, records.length > 0, maxAgeDays);
  return {
    ...{ experiment: id, claim: claim.kind, subject: claim.subject },
    ...(rehearsed && { rehearsed }),
    ...(inEnvironment && { inEnvironment }),
    ...(finding !== undefined && { finding }),
  };
}

/** What was learnt last in one place: in an environment, or by rehearsals with its rules. */
interface Learnt extends Exercise {
  readonly where: string;
}

function tryFinding(
  places: readonly Learnt[],
  isTried: boolean,
  maxAgeDays: number,
): string | undefined {
  const [newest, ...older] = [...places].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (!newest) return isTried ? 'tried, and nothing was learnt' : 'never exercised';
  if (newest.ageDays > maxAgeDays) return `not exercised for ${newest.ageDays} days`;
  // What was refuted in one place is not mended by another one, nor by time.
  const refuted = [newest, ...older].find(({ outcome }) => outcome === 'refuted');
  return (
    refuted &&
    `${REFUTED} on ${refuted.at.slice(0, 'YYYY-MM-DD'.length)} in ${refuted.where}, and not held there since`
  );
}
