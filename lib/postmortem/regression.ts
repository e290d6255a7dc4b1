import type { AlertRun } from '../evidence';
import type { ReplayedAlert } from '../replay';
import { lastingOf } from './words';

/** A page of then beside the same of today's rules. */
export interface PageChange {
  readonly alert: string;
  readonly service: string;
  readonly slo?: string;
  /** When it first fired, in seconds since 1970; absent where it never did. */
  readonly then?: number;
  readonly now?: number;
  /** Why today's rules cannot be judged, as a clause. */
  readonly fault?: string;
}

/** What became of the pages of a time by today's rules. */
export interface Regression {
  /** The first page of all. */
  readonly then?: number;
  readonly now?: number;
  readonly isJudged: boolean;
  /** `earlier` by more than samples may be off; and so on. */
  readonly outcome:
    'earlier' | 'later' | 'as soon' | 'not at all' | 'newly' | 'never' | 'not judged';
  readonly pages: readonly PageChange[];
}

/** What is needed of an alert that fired. */
export type Fired = Pick<AlertRun, 'alertname' | 'service' | 'slo' | 'severity' | 'firingSince'>;

/** Compares pages that fired with what today's rules make of the same series. */
export function regressionOf(
  fired: readonly Fired[],
  replayed: readonly ReplayedAlert[],
  uncertaintySeconds: number,
): Regression {
  const rows = new Map<string, PageChange>();
  for (const { alert, labels, firings, fault, measured } of replayed) {
    const base = { alert, service: labels.service ?? '?', ...(labels.slo && { slo: labels.slo }) };
    const key = keyOf(base);
    const now = least(rows.get(key)?.now, firings[0]?.from);
    const isBlind = firings.length === 0 && measured.missing.length > 0;
    const reason =
      fault ?? (isBlind ? `has no samples of ${measured.missing.join(', ')}` : undefined);
    rows.set(key, {
      ...base,
      ...(now !== undefined && { now }),
      ...(reason !== undefined && { fault: reason }),
    });
  }
  for (const { alertname: alert, service, slo, firingSince, severity } of fired) {
    if (firingSince === undefined || severity !== 'page') continue;
    const base = { alert, service, ...(slo !== undefined && { slo }) };
    const known = rows.get(keyOf(base)) ?? base;
    const then = least('then' in known ? known.then : undefined, firingSince);
    rows.set(keyOf(base), { ...known, ...(then !== undefined && { then }) });
  }
  const pages = [...rows.values()];
  const then = least(...pages.map((page) => page.then));
  const now = least(...pages.map((page) => page.now));
  const isJudged = pages.some((page) => page.now !== undefined || page.fault === undefined);
  return {
    ...(then !== undefined && { then }),
    ...(now !== undefined && { now }),
    isJudged,
    outcome: isJudged ? outcomeOf(then, now, uncertaintySeconds) : 'not judged',
    pages,
  };
}

const keyOf = ({ alert, service, slo }: Pick<PageChange, 'alert' | 'service' | 'slo'>): string =>
  JSON.stringify([alert, service, slo]);

function least(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
}

function outcomeOf(
  then: number | undefined,
  now: number | undefined,
  uncertainty: number,
): Regression['outcome'] {
  if (then === undefined) return now === undefined ? 'never' : 'newly';
  if (now === undefined) return 'not at all';
  if (Math.abs(now - then) <= uncertainty) return 'as soon';
  return now < then ? 'earlier' : 'later';
}

/** The same in a sentence. */
export function regressionText({ outcome, then = 0, now = 0 }: Regression): string {
  const gap = lastingOf(Math.abs(now - then), 1);
  const texts: Readonly<Record<Regression['outcome'], string>> = {
    earlier: `Today's rules would have paged ${gap} earlier.`,
    later: `Today's rules would have paged ${gap} later.`,
    'as soon': "Today's rules would have paged as soon as those of then.",
    'not at all': "Today's rules would not have paged at all.",
    newly: "Nobody was paged then; today's rules would have paged.",
    never: "Nobody was paged then, and today's rules would not have paged either.",
    'not judged': "Today's rules cannot be judged on these series.",
  };
  return texts[outcome];
}
