/**
 * Whole seconds in the two largest units that they fill: `1d 12h`, `52s`.
 * @param names - of days, hours, minutes and seconds, as they follow their number
 */
export function inTwoUnits(
  seconds: number,
  [day, hour, minute, second]: readonly [string, string, string, string],
): string {
  const whole = Math.round(seconds);
  const units = [
    [day, 86_400],
    [hour, 3600],
    [minute, 60],
    [second, 1],
  ] as const;
  const at = units.findIndex(([, size]) => whole >= size);
  const [unit, size] = units[at] ?? [second, 1];
  const [smaller, part] = units[at + 1] ?? [second, 1];
  const rest = Math.floor((whole % size) / part);
  const first = `${Math.floor(whole / size)}${unit}`;
  return rest === 0 || size === 1 ? first : `${first} ${rest}${smaller}`;
}
