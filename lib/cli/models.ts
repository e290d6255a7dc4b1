import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, isBag, isList, nearest, reasonOf, type ApplicationModel } from '../foundation';
import { UsageError } from './exit-code';
import { readOutput } from './project';

/** The models of this project's output folder. @throws UsageError when there is none */
export function modelsOf(output: string | undefined): readonly ApplicationModel[] {
  const folder = readOutput(process.cwd(), output);
  const models = readModels(path.join(folder, 'model'));
  if (models.length > 0) return models;
  const elsewhere = fs.existsSync('cdk8s.yaml')
    ? ''
    : ', in the repository of the application: there is no cdk8s.yaml in this folder';
  throw new UsageError(
    `there is no model in ${describe(folder)}. Run golden-path synth first${elsewhere}.`,
  );
}

/** The models of an output folder, sorted by application. @throws UsageError when one cannot be read */
export function readModels(folder: string): readonly ApplicationModel[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => readModel(path.join(folder, name)));
}

function readModel(file: string): ApplicationModel {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}. Run golden-path synth.`);
  }
  const model = parsedModel(text, file, 'Run golden-path synth');
  // A model of another version may lack what this one reads.
  if (isList((model as Partial<ApplicationModel>).edges)) return model;
  throw new UsageError(`${file} is of an older golden-path, without edges. Run golden-path synth.`);
}

/** The model in a text. @throws UsageError that names the file, with a fix without a full stop */
export function parsedModel(text: string, file: string, fix: string): ApplicationModel {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}. ${fix}.`);
  }
  if (!isModel(value)) throw new UsageError(`${file} is no model. ${fix}.`);
  return value;
}

const isModel = (value: unknown): value is ApplicationModel =>
  isBag(value) && [value.workloads, value.services, value.environments].every(Array.isArray);

/** Refuses names that nothing has. @throws UsageError that says which there are */
export function checkKnown(what: string, given: readonly string[], known: readonly string[]): void {
  for (const name of given) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint =
      near === undefined ? `There are ${[...new Set(known)].join(', ')}.` : `Did you mean ${near}?`;
    throw new UsageError(`there is no ${what} ${describe(name)}. ${hint}`);
  }
}
