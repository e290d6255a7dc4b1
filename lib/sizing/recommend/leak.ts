import { before } from './known';
import type { Measurements, SizingSubject } from './measurements';
import { isEchoing, largest } from './need';
import { rises } from './trend';

/** Kills on so many days of one window are a habit (judgement). */
const REGULAR_DAYS = 3;

/** What looks as if memory were never enough. Of what runs to its end nothing does. `isRaised`: kills raise the limit now. */
export function leaks(
  subject: SizingSubject,
  measured: Measurements,
  isRaised: boolean,
): readonly string[] {
  if (subject.kind === 'run') return [];
  const known = before(subject);
  const wasRaised = known !== undefined && (known.oomKills > 0 || known.kill !== undefined);
  const killed = new Set(measured.oom?.days).size;
  return [
    ...(isRising(subject, measured)
      ? ['its memory rises from day to day: a leak, or a cache that grows']
      : []),
    ...(killed >= REGULAR_DAYS
      ? [`it ran out of memory again and again, on ${killed} days: a leak?`]
      : []),
    ...(isRaised && wasRaised ? ['it grew after kills before: a leak?'] : []),
  ];
}

/** Of a heap that grows to its limit the working set says nothing. */
function isRising(subject: SizingSubject, { podDays }: Measurements): boolean {
  if (isEchoing(subject)) return false;
  const days = [...new Set(podDays.map(({ day }) => day))].sort();
  const maxima = days.flatMap(
    (day) =>
      largest(podDays.filter((each) => each.day === day).map((each) => each.memoryMax)) ?? [],
  );
  return rises(maxima);
}
