import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import type { Manifest } from '../../lib';
import type { Source } from './sources';

/** Patterns of CRDs are Go's, which are not all JavaScript's. Most of them are never asked. */
const goPattern = Object.assign(
  (pattern: string) => {
    let compiled: RE2JS | undefined;
    return {
      test: (text: string) => (compiled ??= RE2JS.compile(pattern)).test(text),
      toString: () => pattern,
    };
  },
  { code: 're2js' },
);

/** Server-side apply merges lists by these keys, and refuses two entries with the same ones. */
function haveOwnKeys(keys: readonly string[], list: readonly unknown[]): boolean {
  const seen = list.map((entry) =>
    JSON.stringify(keys.map((key) => (entry as Readonly<Record<string, unknown>>)[key] ?? null)),
  );
  return new Set(seen).size === seen.length;
}

function ajvWith(sources: readonly Source[]): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    code: { regExp: goPattern },
  });
  addFormats(ajv);
  ajv.addKeyword({
    keyword: 'x-kubernetes-list-map-keys',
    type: 'array',
    validate: haveOwnKeys,
    error: { message: 'must NOT have two entries with the same keys' },
  });
  for (const { name, definitions } of sources) {
    if (definitions) ajv.addSchema({ definitions }, name);
  }
  return ajv;
}

/** Looks objects over by the schemas of every source that has their kind, and says what is wrong, one line for each finding. */
export function strictValidator(
  sources: readonly Source[],
): (manifest: Manifest) => readonly string[] {
  const ajv = ajvWith(sources);
  const compiled = new Map<string, readonly (readonly [string, ValidateFunction])[]>();
  const compile = (manifest: Manifest): readonly (readonly [string, ValidateFunction])[] => {
    const { kind } = manifest;
    const [version = '', group = ''] = manifest.apiVersion.split('/').reverse();
    return sources.flatMap((source) => {
      const schema = source.schemaOf({ group, version, kind });
      return schema ? [[source.name, ajv.compile(schema)] as const] : [];
    });
  };
  return (manifest) => {
    const type = `${manifest.apiVersion} ${manifest.kind}`;
    const validators = compiled.get(type) ?? compile(manifest);
    compiled.set(type, validators);
    const at = `${type} ${manifest.metadata.name}`;
    if (validators.length === 0) return [`${at}: no schema`];
    return validators.flatMap(([name, validate]) =>
      validate(manifest) ? [] : (validate.errors ?? []).map((e) => `${at}: ${lineOf(e)} (${name})`),
    );
  };
}

function lineOf({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty } = params as { readonly additionalProperty?: string };
  if (additionalProperty !== undefined) {
    return `${instancePath}/${additionalProperty} is an unknown field`;
  }
  return `${instancePath} ${message ?? ''}`;
}
