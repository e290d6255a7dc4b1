import type { ProblemLog } from '../foundation';
import type { EnvVar } from '../foundation';

/**
 * Kubernetes fills in `$(NAME)` in the order of the variables: one that comes later stays as text, in a URL for example. `$$(NAME)` is a text.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function checkComposition(env: readonly EnvVar[], path: string, log: ProblemLog): void {
  const places = new Map(env.map(({ name }, index) => [name, index]));
  env.forEach(({ name, value }, index) => {
    const used = [...(value ?? '').matchAll(/(?<!\$)(?:\$\$)*\$\(([^()]+)\)/g)];
    for (const [, other = ''] of used) {
      if ((places.get(other) ?? -1) < index) continue;
      const found = `${path}.${name} uses $(${other}), which ${other === name ? 'is itself' : 'comes after it'}`;
      log.error(
        'EnvValueInvalid',
        found,
        `Put ${other} before it; Kubernetes fills in what it has`,
      );
    }
  });
}
