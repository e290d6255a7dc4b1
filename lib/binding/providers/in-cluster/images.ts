import { fields, optional, type Shape } from '../../../foundation';
import { checkImage } from '../../../workload';
import type { InClusterProps } from './options';

/** The versions of PostgreSQL that its project still mends. */
export const POSTGRES_VERSIONS = [14, 15, 16, 17, 18] as const;

/** The image `standard` has the extensions of contrib, pgvector and pgAudit. */
export const postgresImage = (version: number, images: InClusterProps['images'] = {}): string =>
  images.postgres?.[version] ?? `ghcr.io/cloudnative-pg/postgresql:${version}-standard-bookworm`;

/** What runs where the platform says nothing else. */
export const STOCK_IMAGES = {
  mariadb: 'docker.io/library/mariadb:11.8.2',
  mariadbOperator: 'docker-registry3.mariadb.com/mariadb-operator/mariadb-operator:25.10.2',
  valkey: 'docker.io/valkey/valkey:8.1.4',
  seaweedfs: 'docker.io/chrislusf/seaweedfs:4.47',
} as const;

const image: Shape = {
  give: "an image with a tag or digest, such as 'registry.example.com/valkey:8.1.4'",
  check: checkImage,
};
const byVersion = fields(
  Object.fromEntries(POSTGRES_VERSIONS.map((version) => [version, optional(image)])),
  "images by version, such as { 16: 'registry.example.com/postgresql:16.10' }",
);

export const imagesShape = fields(
  {
    postgres: optional(byVersion),
    mariadb: optional(image),
    mariadbOperator: optional(image),
    valkey: optional(image),
    rabbitmq: optional(image),
    seaweedfs: optional(image),
  },
  "images, such as { valkey: 'registry.example.com/valkey:8.1.4' }",
);
