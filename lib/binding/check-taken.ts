import type { PhaseOneFile } from '../application';
import { objectKey, type Manifest, type Problem } from '../foundation';
import { bindingLog, type Bound } from './bound';
import { suppliesOf, type Supplied } from './supplied';

/**
 * The objects of one application in one environment must not meet: those of the binding each other, what operators will make, and what the
 * team made by the escape hatch. kustomize refuses two of one name, and an operator and we would fight over one.
 */
export function checkTaken(
  joined: Bound,
  manifests: readonly Manifest[],
  files: readonly PhaseOneFile[],
): readonly Problem[] {
  const log = bindingLog(joined);
  const takers = new Map<string, string>();
  const take = (key: string, taker: string, fix: string): void => {
    const other = takers.get(key);
    if (other === undefined) takers.set(key, taker);
    else log.error('ObjectNameTaken', `${key} is made for ${other} and for ${taker}`, fix);
  };
  const { supplied } = suppliesOf(joined);
  for (const [key, provider] of sharedClaims(supplied)) {
    take(key, `the application, by what ${provider} runs`, RENAME);
  }
  for (const { service, provider, provided } of supplied) {
    const taker = `${service.name}, by what ${provider} runs`;
    for (const key of provided.claims ?? []) take(key, taker, RENAME);
  }
  for (const manifest of manifests) take(objectKey(manifest), takerOf(manifest), RENAME);
  for (const { manifest, path } of files.flatMap(({ objects }) => objects)) {
    const key = objectKey(manifest);
    const other = takers.get(key);
    if (other === undefined) continue;
    const found = `${key} of ${path} is also made by the binding, for ${other}`;
    log.error('ObjectNameTaken', found, 'Give your object another name');
  }
  return log.problems;
}

/** Who claims what services have in common, each object once. */
const sharedClaims = (supplied: readonly Supplied[]): ReadonlyMap<string, string> =>
  new Map(
    supplied.flatMap(({ provider, provided: { sharedClaims: keys = [] } }) =>
      keys.map((key) => [key, provider] as const),
    ),
  );

const RENAME = 'Give one of them another id';

const takerOf = ({ metadata: { labels = {} } }: Manifest): string =>
  labels['app.kubernetes.io/name'] ?? labels['app.kubernetes.io/part-of'] ?? 'the application';
