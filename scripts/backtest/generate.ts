/**
 * Writes the series of `scripts/backtest/series`, anew and always the same:
 *
 *     node -r ts-node/register/transpile-only scripts/backtest/generate.ts
 *
 * They show that the command works, and prove nothing: whoever generates use decides which rule fits it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from './random';

const DAYS = 28;
const SECONDS = 1800;
const SAMPLES_A_DAY = 86_400 / SECONDS;
/** Monday, 2026-01-05, 00:00 UTC. */
const START = 1_767_571_200;
const Mi = 2 ** 20;

/** When a sample is, and what chance says about it. */
interface Moment {
  readonly day: number;
  /** Of the day, from 0 to 24. */
  readonly hour: number;
  /** Around 0, mostly within -1 and 1. */
  readonly noise: number;
  /** From 0 to 1. */
  readonly luck: number;
}

/** Cores and mebibytes at a moment. */
type Shape = (moment: Moment) => readonly [cores: number, mebibytes: number];

/** From 0 at night to 1 in the afternoon. */
const sun = (hour: number): number => (1 - Math.cos((2 * Math.PI * (hour - 3)) / 24)) / 2;
const isWeekend = (day: number): boolean => day % 7 > 4;

const shapes: Readonly<Record<string, Shape>> = {
  steady: ({ noise }) => [0.3 + 0.03 * noise, 400 + 10 * noise],
  daily: ({ hour, noise }) => [0.1 + 0.5 * sun(hour) + 0.04 * noise, 300 + 120 * sun(hour)],
  weekly: ({ day, hour, noise }) => [
    (isWeekend(day) ? 0.1 : 0.3 + 0.6 * sun(hour)) + 0.05 * noise,
    (isWeekend(day) ? 500 : 700) + 20 * noise,
  ],
  bursty: ({ noise, luck }) => [
    luck < 0.04 ? 0.8 + 0.2 * noise : 0.08 + 0.01 * noise,
    luck < 0.02 ? 420 : 250 + 10 * noise,
  ],
  growing: ({ day, hour, noise }) => [
    (0.2 + 0.25 * sun(hour)) * (1 + day / 40) + 0.02 * noise,
    350 * (1 + day / 60) + 8 * noise,
  ],
  leaking: ({ day, hour, noise }) => [
    0.15 + 0.02 * noise,
    200 + 22 * ((day % 9) + hour / 24) + 5 * noise,
  ],
  nightly: ({ hour, noise }) => [
    hour >= 2 && hour < 4 ? 1.5 + 0.2 * noise : 0.02 + 0.005 * noise,
    hour >= 2 && hour < 4 ? 900 + 60 * noise : 180,
  ],
  spiking: ({ day, hour, noise, luck }) => [
    0.2 + 0.1 * sun(hour) + 0.02 * noise + (day % 10 === 4 && luck < 0.3 ? 0.7 : 0),
    600 + 25 * noise + (day % 11 === 6 ? 250 : 0),
  ],
};

function csv(shape: Shape, seed: number): string {
  const random = seeded(seed);
  const rows = Array.from({ length: DAYS * SAMPLES_A_DAY }, (_, at) => {
    const noise = random() + random() + random() - 1.5;
    const [cpu, memory] = shape({
      day: Math.floor(at / SAMPLES_A_DAY),
      hour: ((at % SAMPLES_A_DAY) * SECONDS) / 3600,
      noise,
      luck: random(),
    });
    const cores = Number(Math.max(0.001, cpu).toFixed(4));
    return `${START + at * SECONDS},${cores},${Math.round(memory) * Mi}\n`;
  });
  return `time,cpu_cores,memory_bytes\n${rows.join('')}`;
}

/** The text of each file, by its name. */
export const generated: ReadonlyMap<string, string> = new Map(
  Object.entries(shapes).map(([name, shape], index) => [`${name}.csv`, csv(shape, index + 1)]),
);

if (require.main === module) {
  const folder = join(__dirname, 'series');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of generated) writeFileSync(join(folder, name), text);
}
