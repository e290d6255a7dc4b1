/**
 * Measures this library, stock cdk8s and kustomize on the same objects, and prints tables in Markdown.
 *
 *     npm run bench -- [--quick | --full] [--json FILE] [--output FOLDER]
 *
 * `--quick` shows in seconds that the script works, its numbers say nothing. `--full` adds stock cdk8s at 1,000 services, once. `--json`
 * keeps every single measurement. `--output` is where manifests are written and removed at the end: ext4 is slow for five minutes after
 * many files were deleted, so a second run right after the first is better sent to a memory disk.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { casesOf, type Case } from './cases';
import { compile } from './compile';
import { Inputs } from './inputs';
import { measure, runScript, type Result, type Sample } from './measure';
import { renderReport } from './report';
import { full, normal, quick, type Sizes } from './sizes';

const root = resolve(__dirname, '..');

/** Where this run keeps its files, all of them removed at its end. */
interface Folders {
  readonly scratch: string;
  readonly outputs: string;
}

const say = (text: string): void => void process.stderr.write(text);

/** All measurements: in rounds, every other one backwards, so that a slow minute of the machine hits all alike. */
function measureAll(
  sizes: Sizes,
  { scratch, outputs }: Folders,
  inputs: Inputs,
): readonly Result[] {
  const cases = casesOf(sizes, inputs);
  const samples = new Map<Case, Sample[]>(cases.map((one) => [one, []]));
  // Makes every input, so that the rounds only measure.
  for (const one of cases) one.arguments('');
  for (let round = 1; round <= sizes.rounds; round++) {
    const due = cases.filter(({ once }) => round === 1 || !once);
    for (const one of round % 2 === 0 ? due.reverse() : due) {
      say(`round ${round}/${sizes.rounds}  ${one.family}, ${one.services} x 3 ...`);
      const sample = measure(scratch, outputs, one, (folder) => {
        if (round > 1 || !isCompared(sizes, one)) return;
        runScript(scratch, 'same-objects', [inputs.objects(one.services), folder]);
      });
      samples.get(one)?.push(sample);
      say(` ${Math.round(sample.process)} ms\n`);
    }
  }
  return cases.map((one) => ({
    family: one.family,
    services: one.services,
    samples: samples.get(one) ?? [],
  }));
}

/** The smallest output of each other tool is compared with ours, object by object. */
const isCompared = (sizes: Sizes, { family, services }: Case): boolean =>
  (family === 'stock cdk8s, chart per service' && services === sizes.chartPerService[0]) ||
  (family === 'kustomize, overlay per environment' && services === sizes.overlays[0]);

function main(): void {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      full: { type: 'boolean' },
      json: { type: 'string' },
      output: { type: 'string' },
    },
  });
  const sizes = values.quick ? quick : values.full ? full : normal;
  const load = (): number => loadavg()[0] ?? 0;
  const loadAtStart = load();
  const elsewhere =
    values.output === undefined ? undefined : mkdtempSync(join(values.output, 'bench-'));
  mkdirSync(join(root, '.cache'), { recursive: true });
  const scratch = mkdtempSync(join(root, '.cache', 'bench-'));
  const outputs = elsewhere ?? scratch;
  // Ctrl-C ends the running child, which ends the run in the ordinary way, with the folders removed.
  process.on('SIGINT', () => undefined);
  try {
    say('compiling, and writing the input of the other tools ...\n');
    compile(scratch);
    const inputs = new Inputs(scratch);
    const results = measureAll(sizes, { scratch, outputs }, inputs);
    const processors = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`;
    const machine = { node: process.version, processors, loadAtStart, loadAtEnd: load() };
    const facts = { machine, rounds: sizes.rounds, kustomize: inputs.program };
    process.stdout.write(renderReport(facts, results));
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify({ ...facts, results }, null, 2)}\n`);
    }
  } finally {
    for (const folder of new Set([scratch, outputs])) rmSync(folder, { recursive: true });
  }
}

try {
  main();
} catch (error) {
  say(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
