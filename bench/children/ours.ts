/** Measures this library: `ours.ts <one|many> <services> <output folder>`. */
import { writeFiles } from '../../lib/platform/output';
import { childArguments, report, timed, type Phase } from '../child';
import { manyApplications, oneApplication, platform } from '../services';

const argument = childArguments();
const [shape, services, folder] = [argument(0), Number(argument(1)), argument(2)];
const build = shape === 'one' ? oneApplication : manyApplications;

const phases: Record<string, Phase> = {};
const app = timed(phases, 'construct', () => {
  const made = platform();
  build(made, services);
  return made;
});
const rendering = timed(phases, 'render', () => app.render());
timed(phases, 'write', () => writeFiles(folder, rendering.files));
const again = timed(phases, 'unchanged', () => writeFiles(folder, rendering.files));

if (rendering.problems.length > 0) throw new Error(`${rendering.problems.length} problems`);
if (again.written > 0) throw new Error('the second write found something to write');
const objects = [...rendering.manifests.values()].reduce((sum, { length }) => sum + length, 0);
report({ phases, objects, files: rendering.files.size, outside: phases.unchanged?.wall ?? 0 });
