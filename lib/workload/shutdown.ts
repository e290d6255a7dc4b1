/**
 * Endpoints and kube-proxy need a few seconds to learn that a pod leaves; naiserator waits 5.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
const INSIDE_SECONDS = 5;
/** Cloud load balancers deregister a target in 10 s and more. */
const EXPOSED_SECONDS = 15;

/** Time that requests in flight get after the signal: the grace period that Kubernetes gives on its own. */
export const STOCK_DRAIN_SECONDS = 30;

/** How a pod that receives traffic stops. */
export interface Shutdown {
  readonly preStopSeconds: number;
  readonly graceSeconds: number;
}

/** First wait until nobody sends any more, then the signal, then time to finish. */
export function shutdown(isExposed: boolean, drainSeconds: number): Shutdown {
  const preStopSeconds = isExposed ? EXPOSED_SECONDS : INSIDE_SECONDS;
  return { preStopSeconds, graceSeconds: preStopSeconds + drainSeconds };
}
