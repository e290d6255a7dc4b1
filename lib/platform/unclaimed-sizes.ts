import type { IConstruct } from 'constructs';
import { Application } from '../application';

/** Applications of a sizing lock that a platform does not have. */
export interface UnclaimedSizes {
  /** The lock by its name alone. */
  readonly file: string;
  readonly applications: readonly string[];
}

/**
 * The applications that sizing locks have and a platform has not. They may be gone, or belong to another platform, as one lock may serve
 * several: so they are no problem, which a test of one application alone would meet too.
 */
export function unclaimedSizes(platform: IConstruct): readonly UnclaimedSizes[] {
  const applications = platform.node.findAll().filter(Application.isApplication);
  const known = new Set(applications.map(({ node }) => node.id));
  const found = new Map<string, ReadonlySet<string>>();
  for (const { file, lock } of applications.flatMap((each) => each.sizes() ?? [])) {
    const others = Object.keys(lock?.applications ?? {}).filter((name) => !known.has(name));
    if (others.length > 0) found.set(file, new Set([...(found.get(file) ?? []), ...others]));
  }
  return [...found].map(([file, names]) => ({ file, applications: [...names].sort() }));
}
