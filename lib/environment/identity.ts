import { eksPodIdentity, irsa } from './identity-aws';
import { azure } from './identity-azure';
import { gke } from './identity-gke';
import type { CloudIdentity } from './workload-identity';

/** How the workloads of an environment are known to its cloud. */
export type Identity = CloudIdentity;

/** The ways in which clouds know workloads. Each ServiceAccount is the environment's, so phase 1 is the same with all of them. */
export const Identity = Object.freeze({
  eksPodIdentity,
  irsa,
  gke,
  azure,
});
