import type { ServiceSize } from '../../../foundation';
import type { AwsProps } from './account';

type Classes = Readonly<Record<ServiceSize, string>>;

/**
 * Instance classes by size. XS to M are burstable Graviton: most services idle most of the day, and Graviton is the cheapest per core. From L
 * on they are memory-optimised with a steady CPU, as a working set that fits into memory is what large databases lack first.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
const RDS: Classes = {
  XS: 'db.t4g.micro',
  S: 'db.t4g.small',
  M: 'db.t4g.medium',
  L: 'db.r7g.large',
  XL: 'db.r7g.xlarge',
};
const ELASTICACHE: Classes = {
  XS: 'cache.t4g.micro',
  S: 'cache.t4g.small',
  M: 'cache.t4g.medium',
  L: 'cache.r7g.large',
  XL: 'cache.r7g.xlarge',
};

/**
 * RabbitMQ 4 runs on m7g alone, and medium is for one node and little load.
 * @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-sizing-guidelines.html
 */
const MQ: Classes = {
  XS: 'mq.m7g.medium',
  S: 'mq.m7g.medium',
  M: 'mq.m7g.large',
  L: 'mq.m7g.xlarge',
  XL: 'mq.m7g.2xlarge',
};

const STOCK = { rds: RDS, elasticache: ELASTICACHE, mq: MQ } as const;

/** The instance class of a size. */
export const classOf = (
  { classes = {} }: AwsProps,
  service: keyof typeof STOCK,
  size: ServiceSize,
): string => classes[service]?.[size] ?? STOCK[service][size];

/**
 * The first disk of a database in GiB: 20 is the least that gp3 has, and from 400 on RDS stripes it over four volumes.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
export const STORAGE: Readonly<Record<ServiceSize, number>> = {
  XS: 20,
  S: 20,
  M: 100,
  L: 400,
  XL: 1000,
};

/** How often a disk may grow by its first size, so that a leak does not grow it without end. */
export const GROWTH = 5;
