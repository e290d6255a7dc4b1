import { eksPodIdentity, irsa } from './identity-aws';
import { azure } from './identity-azure';
import { gke } from './identity-gke';
import type {
  AzureIdentityProps,
  CloudIdentity,
  EksPodIdentityProps,
  GkeAccountProps,
  GkeDirectProps,
  IrsaProps,
} from './workload-identity';

/** How the workloads of an environment are known to its cloud. */
export type Identity = CloudIdentity;

/** The ways in which clouds know workloads. Each ServiceAccount is the environment's, so phase 1 is the same with all of them. */
export const Identity = Object.freeze({
  /** EKS Pod Identity: an agent on each node hands out the credentials of the role that a ServiceAccount is associated with. */
  eksPodIdentity: (props: EksPodIdentityProps): CloudIdentity => eksPodIdentity(props),
  /** IAM roles for service accounts: the token of the pod is exchanged at STS for the role that the ServiceAccount names. */
  irsa: (props: IrsaProps): CloudIdentity => irsa(props),
  /** GKE: workloads are members in policies themselves (`grants`), or act as service accounts of Google Cloud (`account`). */
  gke: (props: GkeDirectProps | GkeAccountProps): CloudIdentity => gke(props),
  /** Microsoft Entra Workload ID: the token of the pod is exchanged for the managed identity that the ServiceAccount names. */
  azure: (props: AzureIdentityProps): CloudIdentity => azure(props),
});
