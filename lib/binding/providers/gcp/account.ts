import type { Refusal, ServiceRequest } from '../../../backing-service';
import { declaredBlockShape } from '../../../environment';
import {
  fields,
  optional,
  some,
  text,
  type DeletionPolicy,
  type Metadata,
  type Plain,
} from '../../../foundation';
import { extensionsShape } from '../managed-extensions';
import { retention } from '../retention';

/** Where Google Cloud services are made. */
export interface GcpProps {
  /** The id of the project, such as `shop-prod`. */
  readonly project: string;
  /** The region, such as `europe-west3`. */
  readonly region: string;
  /** The VPC whose pods use them: `projects/<project>/global/networks/<name>`. It has private services access. */
  readonly network: string;
  /** The address blocks of private services access, where databases and caches get their addresses. */
  readonly services: readonly string[];
  /** The address blocks at which pods reach Google's APIs. @default none - no buckets */
  readonly apis?: readonly string[];
  /** Extensions of PostgreSQL that its servers have beside the known ones. @default none */
  readonly extensions?: readonly string[];
}

const cidrs = some(declaredBlockShape('10.0.0.0/16'), 'address blocks');
const matching = (pattern: RegExp, give: string) => text(give, (value) => pattern.test(value));

export const gcpShape = fields(
  {
    project: matching(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "the id of a project such as 'shop-prod'"),
    region: matching(/^[a-z]+-[a-z]+\d+$/, "a region such as 'europe-west3'"),
    network: matching(
      /^projects\/[^/]+\/global\/networks\/[^/]+$/,
      "a network such as 'projects/shop-net/global/networks/main'",
    ),
    services: cidrs,
    apis: optional(cidrs),
    extensions: optional(extensionsShape),
  },
  '{ project, region, network, services }',
);

/** The fields of a Config Connector object on the wire, where the generated types write one name otherwise. */
export type GcpSpec<T> = Omit<Plain<T>, 'resourceId'> & {
  /** The name in the cloud. */
  readonly resourceID: string;
};

/**
 * The metadata of a Config Connector object. `own` says whether removing the object may ever remove what it stands for: users and
 * databases go with their instance, and Cloud SQL refuses to drop those that are in use.
 * @see https://cloud.google.com/config-connector/docs/how-to/managing-deleting-resources
 */
export function gcpMetadata(
  { project }: GcpProps,
  { service, labels }: ServiceRequest,
  more: Readonly<Record<string, string>> = {},
  own = true,
): Metadata {
  const isKept = service.deletionPolicy === 'retain';
  const annotations = {
    'cnrm.cloud.google.com/project-id': project,
    // What it finds in the cloud must not be written into what GitOps applies.
    'cnrm.cloud.google.com/state-into-spec': 'absent',
    ...((isKept || !own) && { 'cnrm.cloud.google.com/deletion-policy': 'abandon' }),
    ...retention(service.deletionPolicy).annotations,
    ...more,
  };
  return { name: service.name, labels, annotations };
}

/** What happens to the data of a service. */
export const gcpDeletion = (policy: DeletionPolicy, what: string): string =>
  policy === 'retain' ? `${what} stays in the project` : `${what} is deleted with all its data`;

/** A refusal's two sides. */
export const wants = (what: string, has: string): Refusal['found'] =>
  `it wants ${what}, and gcp() has ${has}`;
