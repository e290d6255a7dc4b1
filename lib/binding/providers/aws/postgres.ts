import type { Provided, Refusal, ServiceRequest } from '../../../backing-service';
import type { PostgresModel } from '../../../foundation';
import type { AwsProps } from './account';
import { EXTENSIONS } from './extensions';
import { checkRds, rdsInstance } from './rds-instance';

/** The major versions in standard support. @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html */
const VERSIONS = { oldest: 14, newest: 18 };

/** From here on RDS refuses connections without TLS by default. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html */
const FORCES_TLS = 15;

const RESERVED = ['db', 'rdsadmin', 'template0', 'template1'];

/**
 * PostgreSQL on RDS. `sslmode` is `require`: the certificates of RDS are of its own authority, which `verify-full` would have to find in a
 * file; where the certificates are given, they stand in `ca.crt`.
 */
export function postgresOnAws(
  props: AwsProps,
  request: ServiceRequest<PostgresModel>,
): Provided | { readonly refused: readonly Refusal[] } {
  const { version, database } = request.service;
  const refused = [...checkRds(props, request, RESERVED), ...check(request.service)];
  if (refused.length > 0) return { refused };
  const at = `{{ .host }}:{{ .port }}/${database}`;
  return rdsInstance(props, request, {
    name: 'postgres',
    label: `PostgreSQL ${version} on Amazon RDS`,
    version: `${version}`,
    port: 5432,
    tls: version >= FORCES_TLS ? 'required' : 'offered',
    keys: {
      sslmode: 'require',
      uri: `postgresql://{{ .username }}:{{ .password | urlquery }}@${at}?sslmode=require`,
      'jdbc-uri': `jdbc:postgresql://${at}?user={{ .username }}&password={{ .password | urlquery }}&sslmode=require`,
    },
  });
}

function check({ version, extensions }: PostgresModel): readonly Refusal[] {
  const refused: Refusal[] = [];
  const { oldest, newest } = VERSIONS;
  if (version < oldest || version > newest) {
    const found = `it wants PostgreSQL ${version}, and aws() has ${oldest} to ${newest}`;
    refused.push({ found, fix: 'Move it to one of these, or name another provider for it' });
  }
  const missing = extensions.filter((name) => !EXTENSIONS.has(name));
  if (missing.length > 0) {
    const found = `it wants the extensions ${missing.join(', ')}, which RDS does not have`;
    refused.push({ found, fix: 'Do without them, or name another provider for it' });
  }
  return refused;
}
