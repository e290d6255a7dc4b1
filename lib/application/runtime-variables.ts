import { describe, type EnvValue, type ProblemLog, type ResourceRequirements } from '../foundation';
import { optionVariables, runtimeVariables } from '../sizing';
import type { ContainerProps } from './workload-props';

/**
 * Puts the variables of a container's runtime before its own, which may use them by `$(NAME)`. One that it gives itself stands where it
 * gives it, and holds; one that takes several options holds ours first and then its own, as the last of two that contradict holds.
 */
export function withRuntime(
  props: ContainerProps,
  resources: ResourceRequirements,
  path: string,
  log: ProblemLog,
): ContainerProps {
  const { runtime, env = {} } = props;
  if (runtime === undefined) return props;
  const ours = runtimeVariables(runtime, resources);
  const own = Object.entries(env).map(([name, value]): readonly [string, EnvValue] => {
    const options = optionVariables.has(name) ? ours[name] : undefined;
    return [name, options === undefined ? value : joined(options, value, `${path}.${name}`, log)];
  });
  const rest = Object.entries(ours).filter(([name]) => !Object.hasOwn(env, name));
  return { ...props, env: Object.fromEntries([...rest, ...own]) };
}

/** Options that only the cluster knows cannot come together with ours, which would be lost without a word. */
function joined(options: string, value: EnvValue, path: string, log: ProblemLog): EnvValue {
  if (typeof value === 'string') return value.trim() === '' ? options : `${options} ${value}`;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const found = `${path} is ${describe(value)}, and the options of its runtime stand in the same variable`;
  const fix = `Give it to a variable of its own, and write ${name}: '$(THAT_VARIABLE)' after it`;
  log.error('EnvValueInvalid', found, fix);
  return value;
}
