import type { FederatedIdentityCredentialSpec } from '../../imports/managedidentity.azure.com';
import {
  fields,
  hostname,
  isText,
  optional,
  shortName,
  text,
  type Manifest,
  type Plain,
} from '../foundation';
import { checkedBy, functionShape, given, read } from './identity-shapes';
import type { AzureIdentityProps, CloudIdentity, IdentityPlace } from './workload-identity';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const ARM_ID =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i;

const shape = fields(
  {
    client: functionShape('a function of application, workload and what it uses, to a client id'),
    tenant: optional(text('the id of a tenant', (value) => UUID.test(value))),
    authority: optional(hostname("a host such as 'login.microsoftonline.com'")),
    federation: optional(
      fields(
        {
          issuer: text('the OIDC issuer of the cluster', (value) => value.startsWith('https://')),
          identity: functionShape(
            'a function of application, workload and what it uses, to an ARM id',
          ),
        },
        '{ issuer, identity }',
      ),
    ),
  },
  '{ client }',
);

/**
 * Microsoft Entra Workload ID: the pod's token is exchanged at Entra. Its webhook looks at pods with its label alone, which must be in
 * phase 1, the same everywhere: `defaults: { podLabels: { 'azure.workload.identity/use': 'true' } }` of the platform.
 * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
 */
export function azure(props: AzureIdentityProps): CloudIdentity {
  const { client, tenant, authority = 'login.microsoftonline.com', federation } = given(props);
  return Object.freeze({
    name: 'Identity.azure()',
    of: (place: IdentityPlace) => {
      const { application, workload, uses } = place;
      const owner = federation?.identity(application, workload, uses);
      return read(
        client(application, workload, uses),
        (id) =>
          isText(id) && UUID.test(id) && (!federation || (isText(owner) && ARM_ID.test(owner))),
        federation ? 'the id of a client, and the ARM id of its identity' : 'the id of a client',
        (id) => ({
          name: id,
          annotations: {
            'azure.workload.identity/client-id': id,
            ...(tenant !== undefined && { 'azure.workload.identity/tenant-id': tenant }),
          },
          objects: federation ? [credential(place, federation.issuer, owner ?? '')] : [],
        }),
      );
    },
    podLabels: { 'azure.workload.identity/use': 'true' },
    node: [],
    hosts: [{ host: authority, port: 443 }],
    check: checkedBy(shape, props),
  });
}

/** What Azure takes as the name of a credential. */
const LONGEST = 120;

function credential(place: IdentityPlace, issuer: string, armId: string): Manifest {
  const { application, workload, environment, namespace, labels } = place;
  const spec: Plain<FederatedIdentityCredentialSpec> = {
    // Several clusters may share one identity, so the name says which this is.
    azureName: shortName(`${application}-${workload}-${environment}`, LONGEST),
    owner: { armId },
    issuer,
    subject: `system:serviceaccount:${namespace}:${workload}`,
    audiences: ['api://AzureADTokenExchange'],
  };
  const apiVersion = 'managedidentity.azure.com/v1api20230131';
  return {
    apiVersion,
    kind: 'FederatedIdentityCredential',
    metadata: { name: workload, labels },
    spec,
  };
}
