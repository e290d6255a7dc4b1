import * as fs from 'node:fs';

/** The time of a sample in seconds, and its value. */
export type Sample = readonly [at: number, value: number];

const CHUNK = 2 ** 20;

/** Writes series as text in the OpenMetrics format, of which promtool makes blocks. */
export class OpenMetricsFile {
  readonly #file: number;
  #text = '';

  public constructor(path: string) {
    this.#file = fs.openSync(path, 'w');
  }

  public series(
    name: string,
    labels: Readonly<Record<string, string>>,
    samples: Iterable<Sample>,
  ): void {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
    const start = `${name}{${pairs.join(',')}} `;
    for (const [at, value] of samples) {
      this.#text += `${start}${numberText(value)} ${at}\n`;
      if (this.#text.length > CHUNK) this.#flush();
    }
  }

  public end(): void {
    this.#text += '# EOF\n';
    this.#flush();
    fs.closeSync(this.#file);
  }

  #flush(): void {
    fs.writeSync(this.#file, this.#text);
    this.#text = '';
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
const escaped = (text: string): string => text.replace(/[\\"\n]/g, (each) => ESCAPES[each] ?? each);

const numberText = (value: number): string =>
  Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
