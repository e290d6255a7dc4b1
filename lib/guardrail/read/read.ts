import type { Manifest, Source } from '../../foundation';
import { Lines, type Flaw, type ParsedDocument, type ReadProblem } from './document';
import { parseJson } from './json';
import { isHalfTyped, isObject, objectsOf } from './objects';
import { textOf } from './text';
import { parseYaml } from './yaml';

/** A Kubernetes object out of a file. */
export interface ReadObject {
  /** With the namespace in its metadata, where the file gives it. */
  readonly manifest: Manifest;
  /** Where it begins. */
  readonly place: Source;
}

/** What a file holds. */
export interface Manifests {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly ReadProblem[];
  /** How many documents are no Kubernetes objects. */
  readonly skipped: number;
}

/** More of one document help nobody. */
const MOST_PROBLEMS = 10;

/**
 * Reads the objects of a YAML or JSON text, as kubectl reads them. Documents that are no objects, such as a values.yaml, are passed
 * over; objects that Kubernetes would refuse or tools read differently are problems. Takes any bytes, in bounded time and memory.
 * @param file - the name of the file, for the places
 */
export function readManifests(bytes: Uint8Array, file: string): Manifests {
  const { text, flaw } = textOf(bytes);
  const lines = new Lines(text);
  const place = (offset: number): Source => ({ file, line: lines.at(offset) });
  const problem = ({ offset, found, fix }: Flaw): ReadProblem => ({
    found,
    fix,
    place: place(offset),
  });
  if (flaw) return { objects: [], problems: [problem(flaw)], skipped: 0 };
  const objects: ReadObject[] = [];
  const problems: ReadProblem[] = [];
  let skipped = 0;
  for (const document of parse(text)) {
    const { value, flaws } = document;
    const { found, flaws: further } = objectsOf(document);
    const isMeant = isBroken(document) || isObject(value) || isHalfTyped(value);
    if (isMeant) problems.push(...[...flaws, ...further].slice(0, MOST_PROBLEMS).map(problem));
    else if (value !== null) skipped++;
    for (const { manifest, offset } of flaws.length > 0 ? [] : found) {
      objects.push({ manifest, place: place(offset) });
    }
  }
  return { objects, problems, skipped };
}

/** JSON where the text begins like it. What is no JSON may still be YAML, whose flow style begins like it too. */
function parse(text: string): readonly ParsedDocument[] {
  if (!/^\s*[[{]/.test(text)) return parseYaml(text);
  const json = parseJson(text);
  if (!json.some(isBroken)) return json;
  const yaml = parseYaml(text);
  return yaml.some(isBroken) && /^\s*(?:\[|\{\s*")/.test(text) ? json : yaml;
}

const isBroken = ({ value }: ParsedDocument): boolean => value === undefined;
