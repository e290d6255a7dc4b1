/** Measures the rules of pack strict over single objects of many kinds, and nothing else: `rules.ts <objects>`. */
import type { Manifest } from '../../lib';
import { Ruleset, selectRules } from '../../lib/guardrail';
import { childArguments, report, timed, type Phase } from '../child';
import { mixedApplication, platform } from '../services';

const count = Number(childArguments()(0));
/** Enough for so many objects: each service has six or seven in each of three environments. */
const SERVICES_PER_OBJECT = 1 / 12;

/** Evenly from all, so that every kind has its share; each with nothing in common with another. */
function manifests(): readonly Manifest[] {
  const app = platform();
  mixedApplication(app, Math.ceil(count * SERVICES_PER_OBJECT));
  const all = [...app.render().manifests.values()].flat();
  if (all.length < count) throw new Error(`${all.length} objects are too few`);
  return Array.from({ length: count }, (_, index) => {
    const manifest = JSON.parse(
      JSON.stringify(all[Math.floor((index * all.length) / count)]),
    ) as Manifest;
    return { ...manifest, metadata: { ...manifest.metadata, namespace: 'bench' } } as Manifest;
  });
}

const phases: Record<string, Phase> = {};
const objects = timed(phases, 'prepare', manifests);
const selected = selectRules({ pack: 'strict', registries: ['ghcr.io/example/'] });
const ruleset = new Ruleset(selected);
/** How many findings are more than advice. */
const judgeAll = (): number =>
  objects.flatMap((object) => ruleset.judge(object)).filter(({ severity }) => severity !== 'info')
    .length;

const found = timed(phases, 'first', judgeAll);
timed(phases, 'second', judgeAll);
if (found > 0) throw new Error(`${found} findings`);
const outside = phases.prepare?.wall ?? 0;
report({ phases, objects: objects.length, files: 0, rules: selected.length, outside });
