import { readFileSync } from 'node:fs';
import type { Manifest } from '../lib';

/** The rendered objects of one environment: of each service, and of the application as a whole. */
export interface EnvironmentObjects {
  readonly shared: readonly Manifest[];
  readonly services: Readonly<Record<string, readonly Manifest[]>>;
}

/** The rendered objects by environment: what the other tools are to come to. */
export type Objects = Readonly<Record<string, EnvironmentObjects>>;

/** Reads what `children/objects.ts` wrote. Nothing in it is shared, as nothing is in hand-written input. */
export const readObjects = (file: string): Objects =>
  JSON.parse(readFileSync(file, 'utf8')) as Objects;

/** All objects of one environment. */
export const allOf = ({ shared, services }: EnvironmentObjects): readonly Manifest[] => [
  ...shared,
  ...Object.values(services).flat(),
];

/** What makes two objects of one environment the same object. */
export const identity = ({ apiVersion, kind, metadata }: Manifest): string =>
  `${apiVersion} ${kind} ${metadata.name}`;
