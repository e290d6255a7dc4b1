import * as path from 'node:path';
import type { ApplicationModel } from '../foundation';
import type { UnclaimedSizes } from '../platform';
import type { SizingLock } from '../sizing';

/** Says which applications of a sizing lock this output does not have: whoever renamed or removed one learns of it here. */
export const unclaimedText = ({ file, applications }: UnclaimedSizes): string =>
  `${file} has sizes of ${applications.join(', ')}, which this output does not have. Delete ${applications.map((name) => `applications.${name}`).join(' and ')} from it, unless another project uses it.`;

/** The same of a lock that is at hand, by the models; nothing where all its applications are known. */
export function unclaimedIn(
  { applications }: SizingLock,
  models: readonly ApplicationModel[],
  file: string,
): readonly string[] {
  const known = new Set(models.map(({ application }) => application));
  const others = Object.keys(applications).filter((name) => !known.has(name));
  if (others.length === 0) return [];
  return [unclaimedText({ file: path.basename(file), applications: others.sort() })];
}
