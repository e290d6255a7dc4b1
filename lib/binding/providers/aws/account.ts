import { declaredBlockShape } from '../../../environment';
import {
  custom,
  fields,
  integer,
  optional,
  serviceSizes,
  some,
  text,
  type ServiceSize,
} from '../../../foundation';

/** The network in which the services stand. The platform team makes it, with its subnet groups and security groups. */
export interface AwsVpc {
  /** The address blocks of the VPC: workloads may reach them on the ports of the services that they use. */
  readonly cidrs: readonly string[];
  /** The names of the subnet groups of RDS and ElastiCache. Without one, its kinds are refused. */
  readonly subnetGroups?: { readonly rds?: string; readonly elasticache?: string };
  /** Private subnets in different zones, for Amazon MQ, which has no subnet groups. Without them, RabbitMQ is refused. */
  readonly subnetIds?: readonly string[];
  /** The security groups of the services: they let the cluster's nodes or pods in. */
  readonly securityGroupIds: readonly string[];
  /**
   * Where S3 is reached. @default cidrs - an interface endpoint with private DNS; a gateway endpoint has the public addresses of S3
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
   */
  readonly s3Cidrs?: readonly string[];
}

/** Instance classes by size, in place of the stock ones. */
export type InstanceClasses = Readonly<Partial<Record<ServiceSize, string>>>;

/** The facts of an AWS account. */
export interface AwsProps {
  readonly region: string;
  /** Twelve digits. It makes the names of buckets unique in the world. */
  readonly accountId: string;
  /** The ProviderConfig of Crossplane's providers. */
  readonly providerConfig: {
    readonly kind: 'ClusterProviderConfig' | 'ProviderConfig';
    readonly name: string;
  };
  readonly vpc: AwsVpc;
  /** The key that encrypts what is stored. @default the keys of AWS */
  readonly kmsKeyArn?: string;
  /** For how many days backups are kept. @default 7 */
  readonly backup?: { readonly retentionDays: number };
  /** The certificates of RDS in the region as PEM: `ca.crt` of databases. @default none - clients bring the bundle, or do not verify */
  readonly rdsCertificates?: string;
  /** @default burstable Graviton for XS to M, memory-optimised from L on */
  readonly classes?: {
    readonly rds?: InstanceClasses;
    readonly elasticache?: InstanceClasses;
    readonly mq?: InstanceClasses;
  };
}

const cidrs = some(declaredBlockShape('10.0.0.0/16'), 'at least one address block');
const matching = (pattern: RegExp, give: string) => text(give, (value) => pattern.test(value));
const classes = (prefix: string, example: string) =>
  optional(
    fields(
      Object.fromEntries(
        serviceSizes.map((size) => [
          size,
          optional(matching(new RegExp(`^${prefix}\\.[a-z0-9.-]+$`), `'${example}' or the like`)),
        ]),
      ),
      `classes by size, such as { S: '${example}' }`,
    ),
  );

/** The shape of the facts. */
export const accountShape = fields(
  {
    region: matching(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as 'eu-central-1'"),
    accountId: matching(/^\d{12}$/, "the twelve digits of the account, such as '123456789012'"),
    providerConfig: fields(
      {
        kind: custom(
          (value) => value === 'ClusterProviderConfig' || value === 'ProviderConfig',
          "'ClusterProviderConfig' or 'ProviderConfig'",
        ),
        name: text('the name of a ProviderConfig of Crossplane'),
      },
      "{ kind: 'ClusterProviderConfig', name: 'default' }",
    ),
    vpc: fields(
      {
        cidrs,
        subnetGroups: optional(
          fields(
            {
              rds: optional(text('the name of a DB subnet group')),
              elasticache: optional(text('the name of a cache subnet group')),
            },
            '{ rds, elasticache }',
          ),
        ),
        subnetIds: optional(
          some(
            matching(/^subnet-[0-9a-f]+$/, "a subnet such as 'subnet-0a1b'"),
            'at least one subnet',
          ),
        ),
        securityGroupIds: some(
          matching(/^sg-[0-9a-f]+$/, "a security group such as 'sg-0a1b'"),
          'at least one security group',
        ),
        s3Cidrs: optional(cidrs),
      },
      '{ cidrs, subnetGroups, securityGroupIds }',
    ),
    kmsKeyArn: optional(matching(/^arn:aws[a-z-]*:kms:/, 'the ARN of a KMS key')),
    backup: optional(
      fields(
        { retentionDays: integer(1, 35, 'whole days from 1 to 35, the most that RDS keeps') },
        '{ retentionDays: 7 }',
      ),
    ),
    rdsCertificates: optional(matching(/^-----BEGIN CERTIFICATE-----/, 'certificates as PEM')),
    classes: optional(
      fields(
        {
          rds: classes('db', 'db.t4g.small'),
          elasticache: classes('cache', 'cache.t4g.small'),
          mq: classes('mq', 'mq.m7g.large'),
        },
        '{ rds, elasticache, mq }',
      ),
    ),
  },
  '{ region, accountId, providerConfig, vpc }',
);

/** How long backups are kept, where it is not said: a week, in which a mistake is noticed. */
export const retentionDays = ({ backup }: AwsProps): number => backup?.retentionDays ?? 7;
