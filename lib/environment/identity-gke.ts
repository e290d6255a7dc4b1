import type { IamPolicyMemberSpec } from '../../imports/iam.cnrm.cloud.google.com';
import {
  either,
  custom,
  fields,
  isBag,
  isList,
  isText,
  optional,
  shortName,
  text,
  type Manifest,
  type Plain,
} from '../foundation';
import { checkedBy, functionShape, given, read } from './identity-shapes';
import type {
  CloudIdentity,
  GkeAccountProps,
  GkeDirectProps,
  Grant,
  IdentityPlace,
} from './workload-identity';

const project = text('the id of a project', (value) =>
  /^[a-z][-a-z0-9.:]{4,61}[a-z0-9]$/.test(value),
);
const members = optional(custom((value) => value === 'config-connector', "'config-connector'"));
const direct = fields(
  {
    project,
    projectNumber: text('the number of the project, as text', (value) => /^\d{6,20}$/.test(value)),
    grants: functionShape('a function of application, workload and what it uses, to grants'),
    members,
  },
  '{ project, projectNumber, grants }',
);
const account = fields(
  {
    project,
    account: functionShape(
      'a function of application, workload and what it uses, to an e-mail address',
    ),
    members,
  },
  '{ project, account }',
);
const shape = either(
  (value) => (isBag(value) && 'account' in value ? account : direct),
  direct.give,
);

/**
 * The metadata server of GKE, where pods ask who they are: by Dataplane V2, and without it.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
const METADATA_SERVER: CloudIdentity['node'] = [
  { to: [{ cidr: '169.254.169.254/32' }], ports: [80, 8080] },
  { to: [{ cidr: '169.254.169.252/32' }], ports: [987, 988] },
];

/** Workload Identity Federation for GKE: workloads are members in policies themselves, or act as service accounts of Google Cloud. */
export function gke(props: GkeDirectProps | GkeAccountProps): CloudIdentity {
  const facts = given(props);
  return Object.freeze({
    name: 'Identity.gke()',
    of: (place: IdentityPlace) =>
      'account' in facts ? asAccount(facts, place) : asMember(facts, place),
    podLabels: {},
    node: METADATA_SERVER,
    hosts: [],
    check: checkedBy(shape, props),
  });
}

const ROLE = /^((projects|organizations)\/[^/]+\/)?roles\/[\w.]+$/;
const isGrant = (grant: unknown): boolean =>
  isBag(grant) &&
  isText(grant.role) &&
  ROLE.test(grant.role) &&
  (grant.on === undefined ||
    (isBag(grant.on) && isText(grant.on.kind) && isText(grant.on.external)));

function asMember(facts: GkeDirectProps, place: IdentityPlace): ReturnType<CloudIdentity['of']> {
  const { project: id, projectNumber, grants } = facts;
  const { application, workload, uses, namespace } = place;
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${id}.svc.id.goog`;
  const member = `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${workload}`;
  const all = grants(application, workload, uses);
  return read(
    isList(all) && all.length === 0 ? undefined : all,
    (list) => isList(list) && list.every(isGrant),
    "a list of grants, such as [{ role: 'roles/storage.objectUser' }]",
    (list) => ({
      name: member,
      annotations: {},
      objects:
        facts.members === undefined
          ? []
          : list.map((grant) => policyMember(id, place, member, grant)),
    }),
  );
}

function asAccount(facts: GkeAccountProps, place: IdentityPlace): ReturnType<CloudIdentity['of']> {
  const { project: id, account: accountOf } = facts;
  const { application, workload, uses, namespace } = place;
  return read(
    accountOf(application, workload, uses),
    (email) =>
      isText(email) &&
      /^[a-z][-a-z0-9]{4,28}[a-z0-9]@[-a-z0-9.:]+\.iam\.gserviceaccount\.com$/.test(email),
    "the e-mail address of a service account, such as 'orders@example-project.iam.gserviceaccount.com'",
    (email) => {
      const owner = email.replace(/^.*@|\.iam\.gserviceaccount\.com$/g, '');
      const grant: Grant = {
        role: 'roles/iam.workloadIdentityUser',
        on: { kind: 'IAMServiceAccount', external: `projects/${owner}/serviceAccounts/${email}` },
      };
      const member = `serviceAccount:${id}.svc.id.goog[${namespace}/${workload}]`;
      return {
        name: email,
        annotations: { 'iam.gke.io/gcp-service-account': email },
        objects: facts.members === undefined ? [] : [policyMember(id, place, member, grant)],
      };
    },
  );
}

/** Config Connector takes no change of a member, so each is named by all that it is made of. */
function policyMember(
  id: string,
  place: IdentityPlace,
  member: string,
  { role, on }: Grant,
): Manifest {
  const resourceRef = on ?? { kind: 'Project', external: `projects/${id}` };
  const spec: Plain<IamPolicyMemberSpec> = { member, role, resourceRef };
  const parts = [
    place.workload,
    role.replace(/^.*roles\//, ''),
    resourceRef.kind,
    resourceRef.external,
  ];
  const words = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/\.+/g, '-');
  return {
    apiVersion: 'iam.cnrm.cloud.google.com/v1beta1',
    kind: 'IAMPolicyMember',
    metadata: { name: shortName(words.replace(/-+$/, ''), 253), labels: place.labels },
    spec,
  };
}
