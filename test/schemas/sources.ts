import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { closedDefinitions, closedResource, METADATA, type Schema } from './closed';

/** A kind as the API server knows it. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Schemas of one origin. */
export interface Source {
  readonly name: string;
  /** What references point to; none when each schema stands for itself. */
  readonly definitions?: Readonly<Record<string, Schema>>;
  /** The schema of a kind; undefined when this origin has none. */
  readonly schemaOf: (kind: Kind) => Schema | undefined;
}

const OLDEST_MINOR = 30;

/** Kubernetes' own kinds by its OpenAPI definitions: a source for each file `v1.30.0.json` or newer in `<folder>/kubernetes`. */
export function kubernetesSources(folder: string): readonly Source[] {
  const directory = path.join(folder, 'kubernetes');
  const files = fs.readdirSync(directory).filter((file) => {
    const minor = /^v1\.(\d+)\.\d+\.json$/.exec(file)?.[1];
    return minor !== undefined && Number(minor) >= OLDEST_MINOR;
  });
  if (files.length === 0) throw new Error(`${directory} holds no definitions.`);
  return files.map((file) => {
    const text = fs.readFileSync(path.join(directory, file), 'utf8');
    const { definitions } = JSON.parse(text) as { definitions: Record<string, Schema> };
    return openApiSource(`kubernetes-${path.basename(file, '.json')}`, definitions);
  });
}

/** Definitions of OpenAPI v2, found by the kinds that they say they are. */
export function openApiSource(name: string, definitions: Readonly<Record<string, Schema>>): Source {
  const names = new Map<string, string>();
  for (const [definition, schema] of Object.entries(definitions)) {
    const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly Kind[];
    for (const kind of kinds) names.set(key(kind), definition);
  }
  return {
    name,
    definitions: closedDefinitions(definitions),
    schemaOf: (kind) => {
      const definition = names.get(key(kind));
      return definition === undefined ? undefined : { $ref: `${name}#/definitions/${definition}` };
    },
  };
}

const key = ({ group, version, kind }: Kind): string => `${group}/${version}/${kind}`;

/** Groups of Kubernetes itself: no CRD may have them. */
const OWN =
  /^$|^(apps|autoscaling|batch|policy)$|^(admissionregistration|networking|rbac\.authorization)\.k8s\.io$/;

/** What is left to say of Kubernetes' own kinds without its definitions: a type, and metadata that are ours. */
export const metadataOnly: Source = {
  name: 'metadata',
  schemaOf: ({ group }) =>
    OWN.test(group) ? { type: 'object', properties: { metadata: METADATA } } : undefined,
};

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** Custom resources by the CRDs of a folder, of which those that nobody asks for are not parsed: they are large. */
export function crdSource(folder: string): Source {
  const documents = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split(/^---$/m));
  if (documents.length === 0) throw new Error(`${folder} holds no CRDs.`);
  const parsed = new Map<string, Crd>();
  const crdOf = (text: string): Crd => {
    const crd = parsed.get(text) ?? (parse(text) as Crd);
    parsed.set(text, crd);
    return crd;
  };
  return {
    name: 'crds',
    schemaOf: ({ group, version, kind }) =>
      documents
        .filter((text) => text.includes(` group: ${group}\n`) && text.includes(`kind: ${kind}`))
        .map(crdOf)
        .filter(
          ({ kind: type, spec }) =>
            type === 'CustomResourceDefinition' && spec.group === group && spec.names.kind === kind,
        )
        .flatMap(({ spec }) => spec.versions)
        .filter(({ name, served }) => name === version && served)
        .map(({ schema }) => closedResource(schema.openAPIV3Schema))[0],
  };
}
