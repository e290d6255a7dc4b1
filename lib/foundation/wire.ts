import type { k8s } from 'cdk8s-plus-28';

/**
 * The wire form of a generated type: classes that wrap a scalar become that scalar, enums their text, all readonly.
 * The wrapper classes themselves print `{value: …}` in raw objects, so nothing here uses them.
 */
export type Plain<T> = T extends string
  ? string extends T
    ? string
    : `${T}`
  : T extends number | boolean | null | undefined
    ? T
    : T extends Date
      ? string
      : T extends readonly (infer U)[]
        ? readonly Plain<U>[]
        : T extends { readonly value: infer V }
          ? keyof T extends 'value'
            ? V
            : PlainObject<T>
          : T extends object
            ? PlainObject<T>
            : T;
export type PlainObject<T> = { readonly [K in keyof T]: Plain<T[K]> };
type Replace<T, R> = Omit<T, keyof R> & R;

// What Kubernetes 1.30, the oldest version promised, has beyond the 1.28 types.

/** `lifecycle.preStop.sleep`: beta and on by default since 1.30. */
export interface SleepAction {
  readonly seconds: number;
}
export type LifecycleHandler = Plain<k8s.LifecycleHandler> & { readonly sleep?: SleepAction };
export interface Lifecycle {
  readonly postStart?: LifecycleHandler;
  readonly preStop?: LifecycleHandler;
}

export type Probe = Plain<k8s.Probe>;
export type EnvVar = Plain<k8s.EnvVar>;
export type ContainerPort = Plain<k8s.ContainerPort>;
export type Volume = Plain<k8s.Volume>;
export type VolumeMount = Plain<k8s.VolumeMount>;
export type ResourceRequirements = Plain<k8s.ResourceRequirements>;
export type PodSecurityContext = Plain<k8s.PodSecurityContext>;
export type ContainerSecurityContext = Plain<k8s.SecurityContext>;
export type TopologySpreadConstraint = Plain<k8s.TopologySpreadConstraint>;
export type Affinity = Plain<k8s.Affinity>;
export type Container = Replace<Plain<k8s.Container>, { readonly lifecycle?: Lifecycle }>;
export type PodSpec = Replace<
  Plain<k8s.PodSpec>,
  { readonly containers: readonly Container[]; readonly initContainers?: readonly Container[] }
>;
export type PodTemplateSpec = Replace<Plain<k8s.PodTemplateSpec>, { readonly spec: PodSpec }>;
export type DeploymentSpec = Replace<
  Plain<k8s.DeploymentSpec>,
  { readonly template: PodTemplateSpec }
>;
export type StatefulSetSpec = Replace<
  Plain<k8s.StatefulSetSpec>,
  {
    readonly template: PodTemplateSpec;
    readonly volumeClaimTemplates?: readonly (Plain<k8s.KubePersistentVolumeClaimProps> & {
      readonly apiVersion: 'v1';
      readonly kind: 'PersistentVolumeClaim';
    })[];
  }
>;
export type JobSpec = Replace<Plain<k8s.JobSpec>, { readonly template: PodTemplateSpec }>;
export type CronJobSpec = Replace<
  Plain<k8s.CronJobSpec>,
  { readonly jobTemplate: { readonly spec: JobSpec } }
>;
export type ServiceSpec = Plain<k8s.ServiceSpec>;
export type PodDisruptionBudgetSpec = Plain<k8s.PodDisruptionBudgetSpec>;
export type NetworkPolicySpec = Plain<k8s.NetworkPolicySpec>;
export type NetworkPolicyPeer = Plain<k8s.NetworkPolicyPeer>;
export type NetworkPolicyPort = Plain<k8s.NetworkPolicyPort>;
export type HorizontalPodAutoscalerSpec = Plain<k8s.HorizontalPodAutoscalerSpecV2>;
