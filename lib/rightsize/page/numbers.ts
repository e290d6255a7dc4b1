import { cores, mebibytes } from '../../foundation';

/** Cores as Kubernetes writes them. */
export const cpuText = cores;

/** Bytes as Kubernetes writes them, in mebibytes or whole gibibytes. */
export const memoryText = (bytes: number): string => (bytes > 0 ? mebibytes(bytes) : '0');

/** A share in percent: two digits behind the point below 0.1, one below 10; all and nothing only where it is so. */
export function shareText(share: number): string {
  const points = share * 100;
  if (points <= 0) return '0%';
  if (points < 0.01) return 'under 0.01%';
  if (points > 99 && points < 100) return 'over 99%';
  return `${Number(points.toFixed(points < 0.1 ? 2 : points < 10 ? 1 : 0))}%`;
}

/** How much more or less: `+50%`, `−34%`, with a minus sign that is read as one; undefined of nothing, and where it is the same. */
export function changeText(before: number, after: number): string | undefined {
  if (before <= 0 || before === after) return undefined;
  const points = Math.round((after / before - 1) * 100);
  if (points === 0) return after > before ? 'under +1%' : 'under −1%';
  return points > 0 ? `+${points}%` : `−${-points}%`;
}

const NARROW_SPACE = '\u202F';

/** A count, its thousands apart: `40 320`. */
export const countText = (count: number): string =>
  count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);

/** `1 pod`, `12 pods`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;
