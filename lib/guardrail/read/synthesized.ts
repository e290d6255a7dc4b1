import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  isBag,
  isDay,
  isFirst,
  MIGRATE,
  type ApplicationModel,
  type EnvironmentModel,
} from '../../foundation';
import { MOST_BYTES } from './text';

/** Where a file stands in what a platform synthesized. */
export interface Synthesized {
  readonly model: ApplicationModel;
  readonly environment: EnvironmentModel;
  /** The folder of the application in the environment. */
  readonly folder: string;
}

/**
 * What a folder `<output>/<environment>/<application>`, or what is applied first inside it, holds, by the model beside it; undefined when
 * no platform wrote it.
 */
export function synthesizedIn(folder: string): Synthesized | undefined {
  const full = path.resolve(folder);
  const found = applicationIn(full);
  return found ?? (path.basename(full) === MIGRATE ? applicationIn(path.dirname(full)) : undefined);
}

function applicationIn(full: string): Synthesized | undefined {
  const [application, environment] = [path.basename(full), path.basename(path.dirname(full))];
  const model = readModel(path.join(full, '..', '..', 'model', `${application}.json`));
  const found = model?.environments.find(({ name }) => name === environment);
  if (model?.application !== application || !found) return undefined;
  return { model, environment: found, folder: full };
}

/** The names of the files that make up an application in an environment, from its folder on. */
export const filesOf = ({ environment: { files } }: Synthesized): readonly string[] =>
  ['environment', ...(files.some(isFirst) ? [`${MIGRATE}/environment`] : []), ...files].map(
    (name) => `${name}.k8s.yaml`,
  );

function readModel(file: string): ApplicationModel | undefined {
  try {
    if (fs.statSync(file).size > MOST_BYTES) return undefined;
    const model: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (!isModel(model)) return undefined;
    // Those of older versions have none.
    return {
      ...model,
      waivers: Array.isArray(model.waivers) ? model.waivers.filter(isWaiver) : [],
    };
  } catch {
    return undefined;
  }
}

type Test = (value: unknown) => boolean;

const all = (value: unknown, test: Test): boolean => Array.isArray(value) && value.every(test);
const isText: Test = (value) => typeof value === 'string';
const has =
  (...fields: readonly string[]): Test =>
  (value) =>
    isBag(value) && fields.every((field) => isText(value[field]));

/** Whoever can write into the folder can write what he likes: only what is read here is checked. */
const isModel = (value: unknown): value is ApplicationModel =>
  isBag(value) &&
  isText(value.application) &&
  all(value.workloads, has('name', 'path')) &&
  all(value.objects, has('kind', 'name', 'file', 'path')) &&
  all(value.environments, has('name', 'namespace')) &&
  all(value.environments, (each) => all((each as EnvironmentModel).files, isText));

const isWaiver: Test = (value) =>
  has('rule', 'reason', 'owner', 'expires')(value) &&
  isDay((value as Readonly<Record<string, unknown>>).expires) &&
  all((value as Readonly<Record<string, unknown>>).objects, has('kind', 'name'));
