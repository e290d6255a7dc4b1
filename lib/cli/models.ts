import * as fs from 'node:fs';
import * as path from 'node:path';
import { isBag, reasonOf, type ApplicationModel } from '../foundation';
import { UsageError } from './exit-code';

/** The models of an output folder, sorted by application. @throws UsageError when one cannot be read */
export function readModels(folder: string): readonly ApplicationModel[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => readModel(path.join(folder, name)));
}

function readModel(file: string): ApplicationModel {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}. Run golden-path synth.`);
  }
  if (!isModel(value)) throw new UsageError(`${file} is no model. Run golden-path synth.`);
  return value;
}

const isModel = (value: unknown): value is ApplicationModel =>
  isBag(value) && [value.workloads, value.services, value.environments].every(Array.isArray);
