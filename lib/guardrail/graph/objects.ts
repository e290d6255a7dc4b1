import { grouped, isBag, type Manifest } from '../../foundation';
import { kindOf, type RuleKind } from '../kinds';
import type { Scene } from '../rule';
import { textAt } from './fields';
import { perScene } from './per-scene';

/** Names beyond these help nobody. */
const SHOWN = 5;

/** The objects that say what they are. */
export const soundObjects = perScene(({ objects }): readonly Manifest[] =>
  objects.filter(
    (object: unknown) =>
      isBag(object) && typeof object.apiVersion === 'string' && typeof object.kind === 'string',
  ),
);

const byKind = perScene((scene) => grouped(soundObjects(scene), kindOf));

/** The objects of one kind. */
export const objectsOf = (scene: Scene, kind: RuleKind): readonly Manifest[] =>
  byKind(scene).get(kind) ?? [];

/** The name of an object; empty when it has none. */
export const nameOf = (object: Manifest): string => textAt(object, 'metadata', 'name') ?? '';

/** An object in a message, such as `Deployment/orders`. */
export const titleOf = (object: Manifest): string => `${object.kind}/${nameOf(object)}`;

/** Names in a message. */
export function listed(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
