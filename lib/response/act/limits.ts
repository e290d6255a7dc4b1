import { keyOf, type Named } from '../neighbourhood';
import type { ActFacts } from './facts';
import type { LogEntry } from './log';

const MINUTE = 60;
const DAY = 86_400;

/** Why it is too soon to act: what was done for the service itself, and for all that is connected with it. */
export function limitsReached({
  allowed,
  cluster,
  connected,
  now,
  incident,
}: ActFacts): readonly string[] {
  if (!allowed || !cluster) return [];
  const { everyMinutes, perDay } = allowed;
  const ago = ({ at }: LogEntry): number => now - Date.parse(at) / 1000;
  const isRecent = (entry: LogEntry): boolean => ago(entry) < everyMinutes * MINUTE;
  const minutes = (entry: LogEntry): number => Math.max(0, Math.round(ago(entry) / MINUTE));
  const own = cluster.log.filter((entry) => isSame(entry, incident));
  const last = [...own].filter(isRecent).sort((a, b) => ago(a) - ago(b))[0];
  const today = own.filter(({ action }) => action === allowed.action).filter((e) => ago(e) < DAY);
  const others = cluster.log.filter((entry) =>
    isInTheWay({ allowed, connected, now, incident }, entry),
  );
  return [
    ...(last
      ? [
          `${last.action} was done ${minutes(last)} min ago (${last.outcome}); once in ${everyMinutes} min is allowed, so that one sees whether it helped`,
        ]
      : []),
    ...(today.length >= perDay
      ? [
          `it was done ${today.length} times in 24 h, and ${perDay} are allowed: this wants mending, not repeating`,
        ]
      : []),
    ...others.map(
      (entry) =>
        `${entry.action} of ${entry.service}, which is connected with it, was done ${minutes(entry)} min ago: nobody could tell what helped`,
    ),
  ];
}

/** Whether something that is connected was acted on so lately that nobody could tell what helped. */
export const isInTheWay = (
  {
    allowed,
    connected,
    now,
    incident,
  }: Pick<ActFacts, 'allowed' | 'connected' | 'now' | 'incident'>,
  entry: LogEntry,
): boolean =>
  !isSame(entry, incident) &&
  connected.has(keyOf(entry)) &&
  now - Date.parse(entry.at) / 1000 < (allowed?.everyMinutes ?? 0) * MINUTE;

const isSame = (a: Named, b: Named): boolean => keyOf(a) === keyOf(b);
