/**
 * Kinds that belong to the whole cluster, by API group. Kubernetes' own as of 1.30, and those of the projects that teams meet most; an
 * unknown custom resource passes here and is caught by a real API server.
 */
const CLUSTER_SCOPED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
    'admissionregistration.k8s.io': [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingWebhookConfiguration',
    ],
    'apiextensions.k8s.io': ['CustomResourceDefinition'],
    'apiregistration.k8s.io': ['APIService'],
    'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
    'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
    'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
    'node.k8s.io': ['RuntimeClass'],
    'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
    'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
    'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
    'scheduling.k8s.io': ['PriorityClass'],
    'storage.k8s.io': [
      'CSIDriver',
      'CSINode',
      'StorageClass',
      'VolumeAttachment',
      'VolumeAttributesClass',
    ],
    'cert-manager.io': ['ClusterIssuer'],
    'cilium.io': ['CiliumClusterwideNetworkPolicy', 'CiliumNode'],
    'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
    'gateway.networking.k8s.io': ['GatewayClass'],
    'karpenter.sh': ['NodeClaim', 'NodePool'],
    'keda.sh': ['ClusterTriggerAuthentication'],
    'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy'],
  }),
);

/** Whether objects of a kind belong to the whole cluster. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return CLUSTER_SCOPED.get(group)?.includes(kind) ?? false;
}
