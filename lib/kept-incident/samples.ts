import type { KeptSamples } from './kept';

type Samples = Pick<KeptSamples, 'times' | 'values'>;

/** Of so many samples a line is made, so that a change of a few changes few lines. */
const PER_LINE = 64;

/**
 * Writes samples as short text. Each has the milliseconds since the one before, where they are others than before, and by how much a whole
 * number changed, or `=` and the value; `*60` stands for sixty of the same.
 */
export function samplesText({ times, values }: Samples): readonly string[] {
  const words: { word: string; count: number }[] = [];
  let [at, step] = [0, 0];
  let before: number | undefined;
  times.forEach((time, index) => {
    const value = values[index] ?? NaN;
    const since = time - at;
    const word = `${since === step ? '' : `${since},`}${valueText(value, before)}`;
    const last = words.at(-1);
    if (last?.word === word) last.count++;
    else words.push({ word, count: 1 });
    [at, step, before] = [time, since, value];
  });
  const texts = words.map(({ word, count }) => (count === 1 ? word : `${word}*${count}`));
  return Array.from({ length: Math.ceil(texts.length / PER_LINE) }, (_, line) =>
    texts.slice(line * PER_LINE, (line + 1) * PER_LINE).join(' '),
  );
}

function valueText(value: number, before: number | undefined): string {
  const isWhole = Number.isSafeInteger(value) && Number.isSafeInteger(before);
  return isWhole ? String(value - (before ?? 0)) : `=${String(value)}`;
}

const WORD = /^(?:(\d{1,16}),)?(=?-?[\d.]+(?:e[+-]?\d+)?|=-?Infinity|=NaN)(?:\*(\d{1,7}))?$/;
/** More stands in no file that was saved. */
const MOST_SAMPLES = 5_000_000;

/** Reads what `samplesText` wrote; undefined when it is something else. */
export function trySamples(lines: readonly string[]): Samples | undefined {
  const times: number[] = [];
  const values: number[] = [];
  let [at, step] = [0, 0];
  for (const word of lines.join(' ').split(' ').filter(Boolean)) {
    const [, since, text, count = '1'] = WORD.exec(word) ?? [];
    if (text === undefined || times.length + Number(count) > MOST_SAMPLES) return undefined;
    step = since === undefined ? step : Number(since);
    if (step === 0) return undefined;
    for (let each = 0; each < Number(count); each++) {
      const value = tryValue(text, values.at(-1));
      if (value === undefined) return undefined;
      at += step;
      times.push(at);
      values.push(value);
    }
  }
  return { times, values };
}

function tryValue(text: string, before: number | undefined): number | undefined {
  if (text === '=NaN') return NaN;
  const value = Number(text.replace(/^=/, ''));
  if (Number.isNaN(value)) return undefined;
  if (text.startsWith('=')) return value;
  return before === undefined ? undefined : before + value;
}
