import type { Evidence, KillEvidence } from '../evidence';
import { dayNumber } from './days';
import type { Amounts, Measurements, SizingSubject } from './measurements';

/** So long it counts where memory ran out: by then most services have had several releases (judgement). */
const REMEMBERED_DAYS = 90;

/** What the lock knows of the same place. */
export const before = ({ previous, source }: SizingSubject): Evidence | undefined =>
  previous?.source === source ? previous.evidence : undefined;

/** The most while it started: in this window, else as it was known before. */
export const knownStartup = (
  subject: SizingSubject,
  { startup }: Measurements,
  resource: keyof Amounts,
): number | undefined => startup?.[resource] ?? before(subject)?.[resource].startup;

/** The kill that was known before, unless it is too long ago. */
export function rememberedKill(
  subject: SizingSubject,
  { to }: Measurements,
): KillEvidence | undefined {
  const kill = before(subject)?.kill;
  return kill && dayNumber(to) - dayNumber(kill.day) <= REMEMBERED_DAYS ? kill : undefined;
}

/** The limit at which the kills of this window happened: what was answered by the lock was killed at a lower one than that of now. */
export function limitAtKill(subject: SizingSubject, { oom, from }: Measurements): number {
  const known = before(subject);
  const isAnswered =
    oom?.limit === undefined && known && known.to >= from && known.oomKills >= (oom?.kills ?? 0);
  return oom?.limit ?? (isAnswered ? known.kill?.limit : undefined) ?? subject.memoryLimit;
}

/** The last kill of all that are known, at the highest limit. */
export function lastKill(subject: SizingSubject, measured: Measurements): KillEvidence | undefined {
  const { oom, to } = measured;
  const old = rememberedKill(subject, measured);
  if (oom === undefined || oom.kills <= 0) return old;
  const limit = Math.round(Math.max(limitAtKill(subject, measured), old?.limit ?? 0));
  return { limit, day: oom.days?.at(-1) ?? old?.day ?? to };
}
