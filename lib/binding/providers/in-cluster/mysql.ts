import type { Provided, Refusal, ServiceRequest, Supply } from '../../../backing-service';
import type { Manifest, MySqlModel, ServiceStatement } from '../../../foundation';
import { isLarge } from '../standby';
import { backupCredentials, backupText, checkBackup } from './backup';
import { mariaDbClaims } from './claims';
import { STOCK_IMAGES } from './images';
import { callersWay, deletionText, ingressPolicy, keptBy, made, podsIn, podsOf } from './made';
import { mariaDbBackupPods, mariaDbDemand, mariaDbPods, mariaDbSpec } from './mariadb';
import { mariaDbBackup, mariaDbBackupDemand } from './mariadb-backup';
import { mariaDbSecret } from './mariadb-secret';
import type { Options } from './options';
import { password } from './password';

type Request = ServiceRequest<MySqlModel>;

const API = 'k8s.mariadb.com/v1alpha1';
const PORT = 3306;
/** By which the operator asks an instance of Galera how it is, and mends it. */
const AGENT_PORT = 5555;

/** The operator looks at Secrets with this label at once when they change. */
const WATCHED = { 'k8s.mariadb.com/watch': '' };

/**
 * MariaDB by its operator.
 * @see https://github.com/mariadb-operator/mariadb-operator
 */
export const mysqlIn =
  (options: Options): Supply<MySqlModel> =>
  (request) => {
    const refused = [
      ...checkVersion(request.service, options),
      ...checkBackup(request, options, 'MariaDB'),
    ];
    return refused.length > 0 ? { refused } : provide(request, options);
  };

/** `11.8` of an image with the tag `11.8.2`. */
const engineOf = ({ images }: Options): string => {
  const tag = /:(\d+\.\d+)[^/]*$/.exec(images?.mariadb ?? STOCK_IMAGES.mariadb)?.[1];
  return tag === undefined ? 'MariaDB' : `MariaDB ${tag}`;
};

function checkVersion({ version }: MySqlModel, options: Options): readonly Refusal[] {
  if (version === undefined) return [];
  return [
    {
      found: `it wants MySQL ${version}, and inCluster() has ${engineOf(options)}`,
      fix: 'Leave version out if MariaDB will do, or give it another provider',
    },
  ];
}

function provide(request: Request, options: Options): Provided {
  const { service, labels } = request;
  const { name } = service;
  // Galera needs a majority: two instances would stop when one does.
  const instances = request.instances(isLarge(service.size) ? 3 : 1) < 3 ? 1 : 3;
  return {
    manifests: [
      ...keptBy(service.deletionPolicy, [
        ...password(request, { ...labels, ...WATCHED }),
        made(API, 'MariaDB', name, labels, mariaDbSpec(request, options, instances)),
        policy(request, options),
      ]),
      ...mariaDbSecret(request, instances),
      ...mariaDbBackup(request, options),
    ],
    shared: backupCredentials(request, options),
    claims: mariaDbClaims(name, instances > 1),
    demand: [...mariaDbDemand(request, options, instances), ...mariaDbBackupDemand(options)],
    reach: [{ to: [podsOf(mariaDbPods(name))], ports: [PORT] }],
    gives: {
      [`Secret/${name}-app`]: [
        'ca.crt',
        'dbname',
        'host',
        'password',
        'port',
        'tls',
        'uri',
        'username',
      ],
    },
    statement: statement(request, options, instances),
  };
}

/** The pods talk to each other on many ports; the exporter and each backup are pods of their own. */
function policy(request: Request, { operators, backup }: Options): Manifest {
  const { service, labels } = request;
  const { name } = service;
  const exporter = {
    'app.kubernetes.io/name': 'exporter',
    'app.kubernetes.io/instance': `${name}-metrics`,
  };
  const backups = backup ? [podsOf(mariaDbBackupPods(name))] : [];
  return ingressPolicy(`${name}-ingress`, labels, mariaDbPods(name), [
    callersWay(request, [PORT]),
    { from: [podsOf(mariaDbPods(name))] },
    { from: [podsOf(exporter), ...backups], ports: [PORT] },
    { from: [podsIn(operators.mariadb)], ports: [PORT, AGENT_PORT] },
  ]);
}

function statement(
  { service, namespace }: Request,
  options: Options,
  instances: number,
): ServiceStatement {
  return {
    engine: `${engineOf(options)} by the MariaDB operator`,
    tls: 'offered',
    encryptedAtRest: 'by the storage class',
    backup: backupText(options.backup),
    highlyAvailable: instances > 1,
    deletion: deletionText(service.deletionPolicy),
    availability: {
      exporter: 'mysqld_exporter, by the MariaDB operator',
      metric: 'mysql_up',
      labels: { namespace, service: `${service.name}-metrics` },
      means: 'positive',
    },
  };
}
