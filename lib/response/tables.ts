import type { Series } from '../prometheus';
import { keyOf, type Named } from './neighbourhood';

/** The last value of a row. */
const valueOf = ({ points }: Series): number => points.at(-1)?.value ?? NaN;

/** Whose a row is. */
export const namedIn = ({ labels }: Series): Named => ({
  application: labels.application ?? '',
  service: labels.service ?? '',
});

/** The rows of one environment. */
export const inEnvironment = (
  rows: readonly Series[] | undefined,
  environment: string,
): readonly Series[] => (rows ?? []).filter(({ labels }) => labels.environment === environment);

/** Values by service and objective; of several servers that record the same, what `pick` leaves. */
export function byObjective(
  rows: readonly Series[],
  pick: (a: number, b: number) => number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) {
    const key = `${keyOf(namedIn(row))}/${row.labels.slo ?? ''}`;
    const [value, before] = [valueOf(row), found.get(key)];
    if (!Number.isNaN(value)) found.set(key, before === undefined ? value : pick(before, value));
  }
  return found;
}

/** Who has a series of some metric. */
export const servicesWith = (rows: readonly Series[], metric: string): ReadonlySet<string> =>
  new Set(
    rows.filter(({ labels }) => labels.__name__ === metric).map((row) => keyOf(namedIn(row))),
  );
