import { custom, fields, optional, type Shape } from '../foundation';

/** When a VerticalPodAutoscaler changes what pods request. */
export type UpdateMode = 'Initial' | 'Recreate' | 'InPlaceOrRecreate';

const updateModes: readonly UpdateMode[] = ['Initial', 'Recreate', 'InPlaceOrRecreate'];

/**
 * Lets VerticalPodAutoscalers lower what the pods of an environment request, to what they use. They never raise a request above the declared
 * one and change no limit, so a workload may always use what it may use elsewhere. The cluster must have the Vertical Pod Autoscaler.
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 */
export interface LowerRequests {
  /**
   * `Initial`: when pods start, as with each release. `Recreate`: it also evicts pods that request too much, the only replica of a workload
   * too. `InPlaceOrRecreate`: it changes running pods, and evicts where that fails; from Kubernetes 1.33 and VPA 1.6 on.
   * @default 'Initial' - it stops no pod, and every version of the VPA knows it
   */
  readonly updateMode?: UpdateMode;
}

export const lowerRequestsShape: Shape = fields(
  {
    updateMode: optional(
      custom(
        (value) => updateModes.some((mode) => mode === value),
        updateModes.map((mode) => `'${mode}'`).join(' or '),
      ),
    ),
  },
  "{ updateMode: 'Initial' }",
);
