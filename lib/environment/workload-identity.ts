import type { Refusal } from '../backing-service';
import type { Manifest, OutsideHost, ServiceKind } from '../foundation';
import type { CidrPeer } from './peers';

/** A backing service that a workload uses. */
export interface UsedService {
  readonly name: string;
  readonly kind: ServiceKind;
}

/**
 * What a workload is to the cloud. Undefined for a workload that is nobody there: each gets only what it is given by name, or for the
 * backing services that it uses. Must be a pure function.
 */
export type IdentityOf<T> = (
  application: string,
  workload: string,
  uses: readonly UsedService[],
) => T | undefined;

/** One permission in Google Cloud. */
export interface Grant {
  /** Such as `roles/storage.objectUser`. */
  readonly role: string;
  /** What it is for, as Config Connector names it: `{ kind: 'StorageBucket', external: 'invoices' }`. @default the project */
  readonly on?: { readonly kind: string; readonly external: string };
}

export interface EksPodIdentityProps {
  /** The name of the EKS cluster. */
  readonly cluster: string;
  /** The region of the cluster. Crossplane wants it. */
  readonly region: string;
  /** The ARN of the role of a workload. */
  readonly role: IdentityOf<string>;
  /** The controller that makes the associations. @default none - they are made elsewhere, as by Terraform */
  readonly associations?: 'ack' | 'crossplane';
  /** The credentials of Crossplane's provider. @default { kind: 'ClusterProviderConfig', name: 'default' } */
  readonly providerConfig?: {
    readonly kind: 'ProviderConfig' | 'ClusterProviderConfig';
    readonly name: string;
  };
}

export interface IrsaProps {
  /** The region whose STS gives the credentials. */
  readonly region: string;
  /** The ARN of the role of a workload. */
  readonly role: IdentityOf<string>;
}

/** Workloads are members in the policies of Google Cloud themselves. */
export interface GkeDirectProps {
  /** The id of the project of the cluster. */
  readonly project: string;
  readonly projectNumber: string;
  readonly grants: IdentityOf<readonly Grant[]>;
  /** Who writes the policies. @default none - they are written elsewhere */
  readonly members?: 'config-connector';
}

/** Workloads act as service accounts of Google Cloud, which Cloud SQL and some other APIs need. */
export interface GkeAccountProps {
  /** The id of the project of the cluster. */
  readonly project: string;
  /** The e-mail address of the service account of a workload. */
  readonly account: IdentityOf<string>;
  /** Who lets the workload act as it. @default none - that is said elsewhere */
  readonly members?: 'config-connector';
}

export interface AzureIdentityProps {
  /** The client id of the managed identity of a workload. */
  readonly client: IdentityOf<string>;
  /** @default the tenant of the cluster */
  readonly tenant?: string;
  /** Where tokens are exchanged. @default 'login.microsoftonline.com' - the public cloud */
  readonly authority?: string;
  /** Makes the federated credentials by Azure Service Operator. @default none - they are made elsewhere */
  readonly federation?: {
    /** The OIDC issuer of the cluster. */
    readonly issuer: string;
    /** The ARM id of the managed identity of a workload. */
    readonly identity: IdentityOf<string>;
  };
}

/** One workload in one environment. */
export interface IdentityPlace {
  readonly application: string;
  readonly environment: string;
  readonly namespace: string;
  readonly workload: string;
  readonly uses: readonly UsedService[];
  /** The labels of every object that is made for it. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What one workload is to the cloud. */
export interface WorkloadIdentity {
  /** How the model calls it: a role, an account, a client id. */
  readonly name: string;
  /** Of its ServiceAccount. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What goes along with it. */
  readonly objects: readonly Manifest[];
}

/** How the workloads of an environment are known to its cloud. */
export interface CloudIdentity {
  /** Its name in messages, such as `Identity.irsa()`. */
  readonly name: string;
  /** What a workload is; undefined when it is nobody there, and what is wrong with what the platform's function returned. */
  readonly of: (
    place: IdentityPlace,
  ) => WorkloadIdentity | { readonly invalid: unknown; readonly wanted: string } | undefined;
  /** Labels without which its pods are passed over. They are the platform's to give: `defaults: { podLabels }`. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** What hands out credentials on the node. */
  readonly node: readonly { readonly to: readonly CidrPeer[]; readonly ports: readonly number[] }[];
  /** What hands out credentials outside the cluster. */
  readonly hosts: readonly OutsideHost[];
  /** What is missing or wrong in the facts that it was given; `path` is where it stands in the environment. */
  readonly check: (path: string) => readonly Refusal[];
}
