import type { Scene } from '../rule';

/** Computes something once for each scene: many rules ask the same. */
export function perScene<T extends object>(compute: (scene: Scene) => T): (scene: Scene) => T {
  const known = new WeakMap<Scene, T>();
  return (scene) => {
    const found = known.get(scene) ?? compute(scene);
    known.set(scene, found);
    return found;
  };
}
