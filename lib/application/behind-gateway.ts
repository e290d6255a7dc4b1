import { shutdown } from '../workload';
import type { KnownPart } from './part';
import type { ResolvedWorkload } from './resolved-workload';

/** The workloads to which a route of another leads. They stop as slowly as exposed ones: the gateway learns late that a pod leaves. */
export function behindGateway(known: Iterable<KnownPart>): ReadonlySet<string> {
  return new Set(
    [...known].flatMap(({ resolved }) =>
      (resolved?.backends ?? []).flatMap(({ reference: { target } }) =>
        target.kind === 'workload' ? [target.name] : [],
      ),
    ),
  );
}

/** The same workload with the shutdown of one that is exposed. */
export function stoppingLate(resolved: ResolvedWorkload): ResolvedWorkload {
  const { workload, model } = resolved;
  const { pod } = workload;
  const { preStopSeconds: before } = pod.main;
  if (model.exposure || before === undefined) return resolved;
  const { preStopSeconds, graceSeconds } = shutdown(true, pod.graceSeconds - before);
  const main = { ...pod.main, preStopSeconds };
  return { ...resolved, workload: { ...workload, pod: { ...pod, main, graceSeconds } } };
}
