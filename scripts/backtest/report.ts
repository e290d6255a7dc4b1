import type { BacktestReport, ResourceReport } from './backtest';
import type { Estimate } from './equal';

/** The report as people read it. */
export function renderText(report: BacktestReport): string {
  const { options, series, without, cpu, memory } = report;
  const skipped = without.length === 0 ? [] : [`Without a window: ${without.join(', ')}.`];
  return [
    `${series} series. ${options.train} days of training, then ${options.evaluate} days to judge by, anew every ${options.every} days.`,
    ...skipped,
    '',
    ...Object.entries(report.rules).map(([name, title]) => `${name}: ${title}`),
    '',
    `CPU as shipped, with floors and rounding, ${cpu.windows} windows`,
    ...shipped(cpu, true),
    'fleet: all requests by all mean use; median: of the windows; above: samples above the request; b5: windows with more than 5% above',
    '',
    `Memory as shipped, ${memory.windows} windows`,
    ...shipped(memory, false),
    'fleet: all limits by all peaks; median: of the windows; passed: windows whose peak passed the limit',
    '',
    ...equal(cpu, report, 'CPU'),
    ...equal(memory, report, 'Memory'),
    ...report.caveats,
    '',
  ].join('\n');
}

function shipped({ shipped: scores }: ResourceReport, hasSamples: boolean): readonly string[] {
  if (scores.length === 0) return ['(no window)'];
  const head = hasSamples
    ? ['rule', 'fleet', 'median', 'above', 'b5']
    : ['rule', 'fleet', 'median', 'passed'];
  return table([
    head,
    ...scores.map(({ rule, fleet, median, above, breached }) => [
      rule,
      fleet.toFixed(2),
      median.toFixed(2),
      ...(hasSamples ? [percent(above)] : []),
      percent(breached),
    ]),
  ]);
}

function equal(
  { equal: scores }: ResourceReport,
  { options, rules }: BacktestReport,
  resource: string,
): readonly string[] {
  const first = Object.keys(rules)[0] ?? '';
  const level = percent(options.level);
  const title = `${resource} with each rule scaled to ${level} of windows in breach`;
  if (scores === undefined) return [`${title}: too few series.`, ''];
  return [
    `${title}: the scale fitted on the other half of the series, in brackets 95% of ${options.draws} draws`,
    ...table([
      ['rule', 'fleet', '', 'came out', `by ${first}`, ''],
      ...scores.map(({ rule, fleet, breached, relative }) => [
        rule,
        fleet.value.toFixed(2),
        range(fleet),
        percent(breached),
        relative.value.toFixed(2),
        range(relative),
      ]),
    ]),
    '',
  ];
}

const range = ({ low, high }: Estimate): string => `[${low.toFixed(2)}, ${high.toFixed(2)}]`;

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** Names to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
