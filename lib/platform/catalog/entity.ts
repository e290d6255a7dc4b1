import { shortName } from '../../foundation';

/** An address that people follow. */
export interface Link {
  readonly url: string;
  readonly title: string;
  readonly icon?: string;
  readonly type?: string;
}

/** Something of the catalog. @see https://backstage.io/docs/features/software-catalog/descriptor-format */
export interface Entity {
  readonly apiVersion: 'backstage.io/v1alpha1';
  readonly kind: 'System' | 'Component' | 'API' | 'Resource';
  readonly metadata: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly tags?: readonly string[];
    readonly links?: readonly Link[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Names have at most 63 characters, of letters, digits, `-`, `_` and `.`. */
const LONGEST_NAME = 63;

/** The name of a part of an application: one for each kind in the whole catalog. No id has a dot, so no two are the same. */
export const entityName = (application: string, part: string): string =>
  shortName(`${application}.${part}`, LONGEST_NAME);

/** The fields that say something: empty lists and undefined ones would be changes without a meaning. */
export const said = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as Partial<T>;
