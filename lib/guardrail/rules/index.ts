import type { CelRule } from '../rule';
import { allowedRegistries } from './allowed-registries';
import { baselineCapabilities } from './baseline-capabilities';
import { cpuLimitSet } from './cpu-limit-set';
import { cronjobDeadlineAndConcurrency } from './cronjob-deadline-and-concurrency';
import { dedicatedServiceAccount } from './dedicated-service-account';
import { defaultProcMount } from './default-proc-mount';
import { dropAllCapabilities } from './drop-all-capabilities';
import { ephemeralStorageSized } from './ephemeral-storage-sized';
import { highUserAndGroupId } from './high-user-and-group-id';
import { imageDigestPinned } from './image-digest-pinned';
import { imageTagExplicit } from './image-tag-explicit';
import { ingressHostAndTls } from './ingress-host-and-tls';
import { jobBounded } from './job-bounded';
import { jobCleanup } from './job-cleanup';
import { livenessDiffersFromReadiness } from './liveness-differs-from-readiness';
import { livenessProbeSet } from './liveness-probe-set';
import { memoryLimitSet } from './memory-limit-set';
import { memoryRequestEqualsLimit } from './memory-request-equals-limit';
import { networkPolicyBothDirections } from './network-policy-both-directions';
import { noClusterAdminBinding } from './no-cluster-admin-binding';
import { noDuplicateEnv } from './no-duplicate-env';
import { noHostNamespaces } from './no-host-namespaces';
import { noHostPathVolumes } from './no-host-path-volumes';
import { noHostPorts } from './no-host-ports';
import { noPlaintextSecretEnv } from './no-plaintext-secret-env';
import { noPrivilegeEscalation } from './no-privilege-escalation';
import { noPrivilegedContainers } from './no-privileged-containers';
import { noProbeOrHookHost } from './no-probe-or-hook-host';
import { noRbacWildcards } from './no-rbac-wildcards';
import { noRootUserId } from './no-root-user-id';
import { noServiceAccountToken } from './no-service-account-token';
import { noUnconfinedSeccomp } from './no-unconfined-seccomp';
import { noWindowsHostProcess } from './no-windows-host-process';
import { notDefaultNamespace } from './not-default-namespace';
import { pdbAllowsDisruption } from './pdb-allows-disruption';
import { pdbEvictsUnhealthy } from './pdb-evicts-unhealthy';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { readinessProbeSet } from './readiness-probe-set';
import { recommendedLabels } from './recommended-labels';
import { resourceCeiling } from './resource-ceiling';
import { resourceRequestsSet } from './resource-requests-set';
import { restrictAddedCapabilities } from './restrict-added-capabilities';
import { restrictApparmorProfile } from './restrict-apparmor-profile';
import { restrictSelinuxOptions } from './restrict-selinux-options';
import { restrictedVolumeTypes } from './restricted-volume-types';
import { rollingUpdateStrategy } from './rolling-update-strategy';
import { runAsNonRoot } from './run-as-non-root';
import { safeSysctlsOnly } from './safe-sysctls-only';
import { seccompRuntimeDefault } from './seccomp-runtime-default';
import { secretsAsFiles } from './secrets-as-files';
import { selectorMatchesTemplate } from './selector-matches-template';
import { serviceNotNodePort } from './service-not-node-port';
import { spreadAcrossNodes } from './spread-across-nodes';

/** The rules over single objects, in the order of their ids. */
export const celRules = [
  allowedRegistries,
  baselineCapabilities,
  cpuLimitSet,
  cronjobDeadlineAndConcurrency,
  dedicatedServiceAccount,
  defaultProcMount,
  dropAllCapabilities,
  ephemeralStorageSized,
  highUserAndGroupId,
  imageDigestPinned,
  imageTagExplicit,
  ingressHostAndTls,
  jobBounded,
  jobCleanup,
  livenessDiffersFromReadiness,
  livenessProbeSet,
  memoryLimitSet,
  memoryRequestEqualsLimit,
  networkPolicyBothDirections,
  noClusterAdminBinding,
  noDuplicateEnv,
  noHostNamespaces,
  noHostPathVolumes,
  noHostPorts,
  noPlaintextSecretEnv,
  noPrivilegeEscalation,
  noPrivilegedContainers,
  noProbeOrHookHost,
  noRbacWildcards,
  noRootUserId,
  noServiceAccountToken,
  noUnconfinedSeccomp,
  noWindowsHostProcess,
  notDefaultNamespace,
  pdbAllowsDisruption,
  pdbEvictsUnhealthy,
  readOnlyRootFilesystem,
  readinessProbeSet,
  recommendedLabels,
  resourceCeiling,
  resourceRequestsSet,
  restrictAddedCapabilities,
  restrictApparmorProfile,
  restrictSelinuxOptions,
  restrictedVolumeTypes,
  rollingUpdateStrategy,
  runAsNonRoot,
  safeSysctlsOnly,
  seccompRuntimeDefault,
  secretsAsFiles,
  selectorMatchesTemplate,
  serviceNotNodePort,
  spreadAcrossNodes,
] as const satisfies readonly CelRule[];

/** The id of a rule over single objects. */
export type CelRuleId = (typeof celRules)[number]['id'];
