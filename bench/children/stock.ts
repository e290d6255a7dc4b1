/**
 * Measures stock cdk8s on the objects that this library renders: `stock.ts <chart-per-service|one-chart> <objects> <output folder>`.
 * One App for each environment, in one process.
 */
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import type { Manifest } from '../../lib';
import { childArguments, report, timed, type Phase } from '../child';
import { allOf, readObjects, type EnvironmentObjects } from '../objects';

const argument = childArguments();
const [shape, file, folder] = [argument(0), argument(1), argument(2)];

function addObjects(chart: Chart, objects: readonly Manifest[]): void {
  for (const object of objects) {
    new ApiObject(chart, `${object.kind}-${object.metadata.name}`, object);
  }
}

function addCharts(app: App, objects: EnvironmentObjects): number {
  if (shape === 'one-chart') {
    addObjects(new Chart(app, 'landscape'), allOf(objects));
    return 1;
  }
  const charts = Object.entries({ ...objects.services, shared: objects.shared });
  for (const [name, own] of charts) addObjects(new Chart(app, name), own);
  return charts.length;
}

const phases: Record<string, Phase> = {};
const given = timed(phases, 'read', () => Object.entries(readObjects(file)));
let files = 0;
const apps = timed(phases, 'construct', () =>
  given.map(([environment, objects]) => {
    const app = new App({ outdir: join(folder, environment) });
    files += addCharts(app, objects);
    return app;
  }),
);
timed(phases, 'synth', () => {
  for (const app of apps) app.synth();
});

const objects = given.reduce((sum, [, own]) => sum + allOf(own).length, 0);
report({ phases, objects, files, outside: phases.read?.wall ?? 0 });
