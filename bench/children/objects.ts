/** Renders one application by this library and writes its objects for the others: `objects.ts <services> <file>`. */
import { writeFileSync } from 'node:fs';
import type { Manifest } from '../../lib';
import { childArguments } from '../child';
import type { EnvironmentObjects } from '../objects';
import { environments, oneApplication, platform } from '../services';

const argument = childArguments();
const app = platform();
oneApplication(app, Number(argument(0)));
const { manifests } = app.render();

function objectsOf(environment: string): EnvironmentObjects {
  const shared: Manifest[] = [];
  const services: Record<string, Manifest[]> = {};
  for (const [file, objects] of manifests) {
    if (!file.startsWith(`${environment}/`)) continue;
    for (const object of objects) {
      const service = object.metadata.labels?.app;
      if (service === undefined) shared.push(object);
      else (services[service] ??= []).push(object);
    }
  }
  return { shared, services };
}

const found = environments.map((environment) => [environment, objectsOf(environment)]);
writeFileSync(argument(1), JSON.stringify(Object.fromEntries(found)));
