import type { ExternalSecretSpec } from '../../../../imports/external-secrets.io';
import type { PasswordSpec } from '../../../../imports/generators.external-secrets.io';
import type { ServiceRequest } from '../../../backing-service';
import type { Manifest, Plain } from '../../../foundation';
import { RELOAD } from '../../settings';
import { dataMetadata } from './managed-resource';

/** A user whose password the cluster makes up once. */
export interface GeneratedUser {
  /** The name of its Secret, with the keys `username` and `password`. */
  readonly secret: string;
  readonly username: string;
}

/** Letters and digits alone need no escaping anywhere; 40 of them are more than 200 bits. */
const PASSWORD: Plain<PasswordSpec> = {
  length: 40,
  digits: 10,
  symbols: 0,
  noUpper: false,
  allowRepeat: true,
  encoding: 'raw',
};

const GROUP = 'generators.external-secrets.io/v1alpha1';

/**
 * Secrets with passwords that are made up once and never again: the generator gives a new one at every refresh.
 * @see https://external-secrets.io/latest/api/generator/password/
 */
export function generatedPasswords(
  request: ServiceRequest,
  users: readonly GeneratedUser[],
): readonly Manifest[] {
  const name = `${request.service.name}-password`;
  return [
    {
      apiVersion: GROUP,
      kind: 'Password',
      metadata: dataMetadata(request, name),
      spec: PASSWORD,
    },
    ...users.map((user) => generatedSecret(request, name, user)),
  ];
}

function generatedSecret(
  request: ServiceRequest,
  generator: string,
  { secret, username }: GeneratedUser,
): Manifest {
  const spec: Plain<ExternalSecretSpec> = {
    refreshPolicy: 'CreatedOnce',
    refreshInterval: '1h0m0s',
    target: {
      name: secret,
      // An owner would take the only copy of the password along.
      creationPolicy: request.service.deletionPolicy === 'retain' ? 'Orphan' : 'Owner',
      deletionPolicy: 'Retain',
      template: {
        engineVersion: 'v2',
        mergePolicy: 'Replace',
        metadata: { labels: request.labels, annotations: RELOAD },
        data: { username, password: '{{ .password }}' },
      },
    },
    dataFrom: [
      { sourceRef: { generatorRef: { apiVersion: GROUP, kind: 'Password', name: generator } } },
    ],
  };
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: dataMetadata(request, secret),
    spec,
  };
}
