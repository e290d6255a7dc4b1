import type { ServiceRequest } from '../../../backing-service';
import type { Manifest, MySqlModel } from '../../../foundation';
import { PASSWORD_KEY } from '../generated-password';
import { mappedSecrets } from '../mapped-secrets';
import { hostOf } from './made';
import { passwordSecret } from './password';

const PORT = 3306;

/**
 * The Secret of the contract: the password that was made up, and the authority by which the operator signs its certificates. They are made
 * for the names of the Services, in short and in full; the operator's own `Connection` has no place for a certificate.
 * @see https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/TLS.md
 */
export function mariaDbSecret(
  request: ServiceRequest<MySqlModel>,
  instances: number,
): readonly Manifest[] {
  const { name, database } = request.service;
  // The Service of the instance that takes what is written.
  const primary = instances > 1 ? `${name}-primary` : name;
  const host = hostOf(primary, request);
  const keys = {
    host,
    port: String(PORT),
    dbname: database,
    username: database,
    password: '{{ .password }}',
    uri: `mysql://${database}:{{ .password }}@${host}:${PORT}/${database}`,
    tls: 'true',
    'ca.crt': '{{ .ca }}',
  };
  const from = {
    password: { secret: passwordSecret(request), key: PASSWORD_KEY },
    ca: { secret: `${name}-ca-bundle`, key: 'ca.crt' },
  };
  return mappedSecrets(`${name}-secrets`, request, [{ name: `${name}-app`, from, keys }]);
}
