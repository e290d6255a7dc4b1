import { podKinds } from '../kinds';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { boundNamesOf, type BoundName } from './bound-names';
import { namesMadeIn, type Keys } from './made-names';
import { listed } from './objects';
import { workloadsOf } from './pods';

/**
 * A platform makes everything that its pods refer to. Of objects that were read from files, only missing keys are reported: what they
 * refer to by name may stand in other files, or be there already.
 */
export const boundNamesExist = graphRule({
  id: 'bound-names-exist',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  judge,
  why: 'A pod that refers to a ConfigMap, Secret, key or ServiceAccount which does not exist never starts.',
  fix: 'Refer to settings by perEnvironment() and to secrets by secret(), which are bound, or add what is missing',
  equivalents: { 'kube-linter': ['non-existent-service-account'] },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const names = namesMadeIn(scene);
  const isWhole = scene.model !== undefined;
  return workloadsOf(scene).flatMap(({ object, podSpec }) => {
    const found = boundNamesOf(podSpec).flatMap((name) => missing(name, names, isWhole) ?? []);
    return [...new Set(found)].map((each) => ({ object, found: each }));
  });
}

function missing(
  { kind, name, keys }: BoundName,
  names: ReadonlyMap<string, Keys>,
  isWhole: boolean,
): string | undefined {
  const known = names.get(`${kind}/${name}`);
  if (known === 'unknown') return undefined;
  if (!known) return isWhole ? `it needs the ${kind} ${name}, which nothing here makes` : undefined;
  const lacking = keys.filter((key) => !known.has(key));
  if (lacking.length === 0) return undefined;
  const has = known.size === 0 ? 'is empty' : `has ${listed([...known].sort())}`;
  return `it needs ${listed(lacking)} of the ${kind} ${name}, which ${has}`;
}
