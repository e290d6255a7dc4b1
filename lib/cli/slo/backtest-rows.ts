import { secondsIn, type Firing, type ReplayedAlert } from '../../replay';

/** What became of an alert by the rules of one synthesis. */
export interface AlertOutcome {
  readonly firings: readonly Firing[];
  /** How long it fired in all. */
  readonly seconds: number;
  /** The first moment at which its objective was measured. */
  readonly measuredFrom?: number;
  /** Selectors of which the server has no sample: that it did not fire says nothing. */
  readonly missing: readonly string[];
  /** Why it could not be replayed. */
  readonly fault?: string;
}

/** An alert of a service, before and now; absent where the rules do not have it. */
export interface BacktestRow {
  readonly application: string;
  readonly environment: string;
  readonly service: string;
  /** `availability`; absent of alerts that belong to no objective. */
  readonly slo?: string;
  readonly alert: string;
  readonly severity: string;
  readonly before?: AlertOutcome;
  readonly now?: AlertOutcome;
}

/** What was replayed of one application. */
export interface ReplayedApplication {
  readonly application: string;
  readonly environment: string;
  /** Absent where nothing is compared. */
  readonly before?: readonly ReplayedAlert[];
  readonly now: readonly ReplayedAlert[];
}

/** A row for each alert: pages first, then as the rules have them. */
export function backtestRows(replayed: readonly ReplayedApplication[]): readonly BacktestRow[] {
  const rows = new Map<string, BacktestRow>();
  for (const { application, environment, before = [], now } of replayed) {
    const sides = [
      ...now.map((alert) => ({ side: 'now' as const, alert })),
      ...before.map((alert) => ({ side: 'before' as const, alert })),
    ];
    for (const { side, alert } of sides) {
      const { service = application, slo, severity = 'none' } = alert.labels;
      const base = { application, environment, service, alert: alert.alert, severity };
      const key = JSON.stringify([base, slo]);
      const known = rows.get(key) ?? { ...base, ...(slo !== undefined && { slo }) };
      rows.set(key, { ...known, [side]: joined(known[side], outcomeOf(alert)) });
    }
  }
  const isPage = ({ severity }: BacktestRow): number => (severity === 'page' ? 0 : 1);
  return [...rows.values()].sort((a, b) => isPage(a) - isPage(b));
}

const outcomeOf = ({ firings, measured, fault }: ReplayedAlert): AlertOutcome => ({
  firings,
  seconds: secondsIn(firings),
  missing: firings.length === 0 ? measured.missing : [],
  ...(measured.from !== undefined && { measuredFrom: measured.from }),
  ...(fault !== undefined && { fault }),
});

/** Two rules of one name for one service, such as one for each of its volumes. */
function joined(one: AlertOutcome | undefined, other: AlertOutcome): AlertOutcome {
  if (!one) return other;
  const firings = [...one.firings, ...other.firings].sort((a, b) => a.from - b.from);
  const missing = [...new Set([...one.missing, ...other.missing])];
  return { ...one, ...other, firings, seconds: one.seconds + other.seconds, missing };
}

/** By the rules of which synthesis. */
export type Side = 'before' | 'now';

/** What the alerts of a severity say. */
export interface Tally {
  /** How often they fired. */
  readonly fired: number;
  readonly alerts: number;
  readonly notReplayed: number;
  readonly notMeasured: number;
}

export function tallyOf(rows: readonly BacktestRow[], severity: string, side: Side): Tally {
  const outcomes = rows.flatMap((row) => (row.severity === severity ? (row[side] ?? []) : []));
  return {
    fired: outcomes.reduce((sum, { firings }) => sum + firings.length, 0),
    alerts: outcomes.length,
    notReplayed: outcomes.filter(({ fault }) => fault !== undefined).length,
    notMeasured: outcomes.filter(({ fault, missing }) => fault === undefined && missing.length > 0)
      .length,
  };
}

/** Whether nothing that it counts says anything. */
export const isUnknown = ({ alerts, notReplayed, notMeasured, fired }: Tally): boolean =>
  alerts > 0 && fired === 0 && notReplayed + notMeasured === alerts;

/** Whether an alert that did not fire was one that could have. */
export const isJudged = ({ fault, missing }: AlertOutcome): boolean =>
  fault === undefined && missing.length === 0;

/** What a row has of each side. */
export const outcomesOf = ({ before, now }: BacktestRow): readonly AlertOutcome[] =>
  [before, now].flatMap((each) => each ?? []);
