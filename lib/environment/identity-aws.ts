import type { PodIdentityAssociationSpec } from '../../imports/eks.aws.m.upbound.io';
import { custom, fields, isText, optional, text, type Manifest, type Plain } from '../foundation';
import { checkedBy, functionShape, given, read, regionShape } from './identity-shapes';
import type {
  CloudIdentity,
  EksPodIdentityProps,
  IdentityPlace,
  IrsaProps,
} from './workload-identity';

const ARN = "the ARN of a role, such as 'arn:aws:iam::111122223333:role/orders'";
const isArn = (value: unknown): boolean =>
  isText(value) && /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(value);

const role = functionShape(
  'a function of application, workload and what it uses, to the ARN of a role',
);
const irsaShape = fields({ region: regionShape, role }, '{ region, role }');
const eksShape = fields(
  {
    cluster: text('the name of the EKS cluster'),
    region: regionShape,
    role,
    associations: optional(
      custom((value) => value === 'ack' || value === 'crossplane', "'ack' or 'crossplane'"),
    ),
    providerConfig: optional(
      fields(
        {
          kind: custom(
            (value) => value === 'ProviderConfig' || value === 'ClusterProviderConfig',
            "'ProviderConfig' or 'ClusterProviderConfig'",
          ),
          name: text('the name of the configuration'),
        },
        '{ kind, name }',
      ),
    ),
  },
  '{ cluster, region, role }',
);

/**
 * EKS Pod Identity: an agent on each node hands out the credentials of the role with which the ServiceAccount is associated. Not on Fargate.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export function eksPodIdentity(props: EksPodIdentityProps): CloudIdentity {
  const { role: roleOf, ...facts } = given(props);
  return Object.freeze({
    name: 'Identity.eksPodIdentity()',
    of: (place: IdentityPlace) =>
      read(roleOf(place.application, place.workload, place.uses), isArn, ARN, (arn) => ({
        name: arn,
        annotations: {},
        objects: association(facts, place, arn),
      })),
    podLabels: {},
    node: [{ to: [{ cidr: '169.254.170.23/32' }, { cidr: 'fd00:ec2::23/128' }], ports: [80] }],
    hosts: [],
    check: checkedBy(eksShape, props),
  });
}

type Facts = Omit<EksPodIdentityProps, 'role'>;
const STOCK_CONFIG = { kind: 'ClusterProviderConfig', name: 'default' } as const;

function association(
  { cluster, region, associations, providerConfig = STOCK_CONFIG }: Facts,
  place: IdentityPlace,
  arn: string,
): readonly Manifest[] {
  const { namespace, workload, labels } = place;
  const kind = 'PodIdentityAssociation';
  const metadata = { name: workload, labels };
  if (associations === 'ack') {
    const spec = { clusterName: cluster, namespace, serviceAccount: workload, roleARN: arn };
    return [{ apiVersion: 'eks.services.k8s.aws/v1alpha1', kind, metadata, spec }];
  }
  if (associations !== 'crossplane') return [];
  const spec: Plain<PodIdentityAssociationSpec> = {
    forProvider: {
      clusterName: cluster,
      namespace,
      region,
      roleArn: arn,
      serviceAccount: workload,
    },
    providerConfigRef: providerConfig,
  };
  return [{ apiVersion: 'eks.aws.m.upbound.io/v1beta1', kind, metadata, spec }];
}

/**
 * IAM roles for service accounts: the pod's token is exchanged at STS. What makes the role trust the cluster's issuer is made elsewhere.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export function irsa(props: IrsaProps): CloudIdentity {
  const { region, role: roleOf } = given(props);
  const suffix = isText(region) && region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return Object.freeze({
    name: 'Identity.irsa()',
    of: (place: IdentityPlace) =>
      read(roleOf(place.application, place.workload, place.uses), isArn, ARN, (arn) => ({
        name: arn,
        annotations: {
          'eks.amazonaws.com/role-arn': arn,
          // Otherwise the SDK of some languages asks the one in Virginia.
          'eks.amazonaws.com/sts-regional-endpoints': 'true',
        },
        objects: [],
      })),
    podLabels: {},
    node: [],
    hosts: [{ host: `sts.${region}.${suffix}`, port: 443 }],
    check: checkedBy(irsaShape, props),
  });
}
