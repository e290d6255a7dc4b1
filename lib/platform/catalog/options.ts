import { either, fields, custom, optional, text, type Shape } from '../../foundation';

/** How the catalog of a portal is written. */
export interface CatalogOptions {
  /**
   * What the owner of an application is called there, with `{owner}` in it.
   * @default 'group:{owner}' - a team
   */
  readonly owner?: string;
  /** @default 'production' */
  readonly lifecycle?: string;
}

/** A reference to an entity. @see https://backstage.io/docs/features/software-catalog/references#string-references */
const REFERENCE = /^([a-z]+:)?([a-z0-9-]{1,63}\/)?[A-Za-z0-9_.-]*\{owner\}[A-Za-z0-9_.-]*$/i;
const GIVE = "true, or options such as { owner: 'group:{owner}' }";

const options = fields(
  {
    owner: optional(text("a reference such as 'group:{owner}'", (value) => REFERENCE.test(value))),
    lifecycle: optional(
      text("a lifecycle such as 'production'", (value) => /^[a-z][a-z0-9-]{0,62}$/.test(value)),
    ),
  },
  GIVE,
);

/** `true`, `false`, or options. */
export const catalogShape: Shape = either(
  (value) => (typeof value === 'boolean' ? custom(() => true, GIVE) : options),
  GIVE,
);
