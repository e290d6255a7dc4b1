import {
  fields,
  integer,
  isBag,
  optional,
  quantity,
  type ProblemLog,
  type Shape,
} from '../foundation';
import type { Mesh } from './mesh';

/** What a container takes. */
export interface InjectedResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** @default those that the LimitRange gives to containers which state none */
  readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

/**
 * A ResourceQuota and a LimitRange for the namespace of each application, computed from what its workloads may come to. An environment
 * has none unless it says so: a quota that is too tight refuses pods in the middle of an incident.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export interface Quota {
  /**
   * How much more than everything at its most there may be, in percent.
   * @default 100 - new pods start beside old ones, and a release that halves sizes is held to the quota of the smaller ones from its start
   */
  readonly headroomPercent?: number;
  /**
   * What webhooks add to each pod of a workload, such as the proxy of a mesh.
   * @default nothing - required where the environment's mesh runs a proxy in each pod
   */
  readonly injected?: InjectedResources;
}

/** Beyond so much headroom, a quota says nothing. */
const MOST_PERCENT = 1000;
const MEBIBYTE = 2 ** 20;

const cpu = quantity(0.001, 1024, "CPU as a quantity such as '100m'");
const memory = quantity(MEBIBYTE, 2 ** 44, "memory as a quantity such as '128Mi'");
const INJECTED = "{ requests: { cpu: '100m', memory: '128Mi' } }";

export const quotaShape: Shape = fields(
  {
    headroomPercent: optional(
      integer(0, MOST_PERCENT, `a whole percentage from 0 to ${MOST_PERCENT}`),
    ),
    injected: optional(
      fields(
        {
          requests: fields({ cpu, memory }, "{ cpu: '100m', memory: '128Mi' }"),
          limits: optional(
            fields({ cpu: optional(cpu), memory: optional(memory) }, "{ memory: '128Mi' }"),
          ),
        },
        INJECTED,
      ),
    ),
  },
  '{ headroomPercent: 100 }',
);

/** Reports a quota that does not count the proxy which the mesh puts into each pod. */
export function checkInjected(
  { quota, mesh }: { readonly quota?: Quota; readonly mesh?: Mesh },
  log: ProblemLog,
): void {
  if (!isBag(quota) || quota.injected !== undefined) return;
  if (!isBag(mesh) || mesh.controlPlane === undefined) return;
  const found = 'the mesh runs a proxy in each pod, and quota.injected does not say what it takes';
  log.error('EnvironmentInvalid', found, `Give quota.injected, such as ${INJECTED}`);
}
