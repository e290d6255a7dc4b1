import type { Provided, Refusal, ServiceRequest } from '../../../backing-service';
import type { MySqlModel } from '../../../foundation';
import type { AwsProps } from './account';
import { checkRds, rdsInstance } from './rds-instance';

const RESERVED = ['information_schema', 'innodb', 'mysql', 'performance_schema', 'sys', 'tmp'];

/**
 * In standard support until 2029; 8.0 is not since the end of July 2026, and AWS charges for its Extended Support.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 */
const NEWEST = '8.4';
const VERSIONS: readonly string[] = ['8.0', NEWEST];

/** MySQL on RDS. It offers TLS, and takes connections without it: no parameter of the default group forbids them. */
export function mysqlOnAws(
  props: AwsProps,
  request: ServiceRequest<MySqlModel>,
): Provided | { readonly refused: readonly Refusal[] } {
  const { version = NEWEST, database } = request.service;
  const refused = [...checkRds(props, request, RESERVED), ...checkVersion(version)];
  if (refused.length > 0) return { refused };
  const user = '{{ .username }}:{{ .password | urlquery }}';
  return rdsInstance(props, request, {
    name: 'mysql',
    label: `MySQL ${version} on Amazon RDS${version === '8.0' ? ', in Extended Support' : ''}`,
    version,
    port: 3306,
    tls: 'offered',
    keys: {
      tls: 'true',
      uri: `mysql://${user}@{{ .host }}:{{ .port }}/${database}`,
    },
  });
}

const checkVersion = (version: string): readonly Refusal[] =>
  VERSIONS.includes(version)
    ? []
    : [
        {
          found: `it wants MySQL ${version}, and aws() has ${VERSIONS.join(' and ')}`,
          fix: 'Move it to one of these, or name another provider for it',
        },
      ];
