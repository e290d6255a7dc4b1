import type { Provided, Refusal, ServiceRequest, Supply } from '../../../backing-service';
import type { Manifest, RedisModel, ServiceSpec, ServiceStatement } from '../../../foundation';
import { valkeyClaims } from './claims';
import { callersWay, hostOf, ingressPolicy, podsOf } from './made';
import type { Options } from './options';
import { aroundPassword, password } from './password';
import { rungOf } from './sizes';
import { ACL_KEY, statefulSet, VALKEY_PORT, valkeyResources, valkeySelector } from './valkey';

type Request = ServiceRequest<RedisModel>;

/** What Valkey 8 understands: it left Redis at 7.2. */
const NEWEST = 7;

/**
 * One Valkey, in a pod as golden as those of the workloads. The project's own operator has an API of version v1alpha1, whose fields still
 * move; a failover that nobody can rely on would promise more than it keeps.
 */
export const redisIn =
  (options: Options): Supply<RedisModel> =>
  (request) => {
    const refused = [...checkVersion(request.service), ...checkSize(request.service)];
    return refused.length > 0 ? { refused } : provide(request, options);
  };

function checkVersion({ version }: RedisModel): readonly Refusal[] {
  if (version <= NEWEST) return [];
  return [
    {
      found: `it wants Redis ${version}, and inCluster() has Valkey 8, which speaks Redis up to ${NEWEST}`,
      fix: `Ask for version ${NEWEST}, or give it another provider`,
    },
  ];
}

function checkSize({ size }: RedisModel): readonly Refusal[] {
  if (size !== 'L' && size !== 'XL') return [];
  return [
    {
      found: `it is of size ${size}, and inCluster() has one Valkey without failover, of sizes XS to M`,
      fix: 'Ask for Size.M, or give it another provider',
    },
  ];
}

function provide(request: Request, options: Options): Provided {
  const { service, labels, application } = request;
  const { name } = service;
  const pods = valkeySelector(application, name);
  const rung = rungOf(service.size, options.sizes);
  return {
    manifests: [
      ...password(request),
      ...secret(request),
      serviceAccount(request),
      clusterIp(request, pods),
      statefulSet(request, rung, options),
      ingressPolicy(`${name}-ingress`, labels, pods, [callersWay(request, [VALKEY_PORT])]),
    ],
    claims: valkeyClaims(name),
    demand: [{ pods: 1, containers: [{ resources: valkeyResources(rung) }] }],
    reach: [{ to: [podsOf(pods)], ports: [VALKEY_PORT] }],
    gives: {
      [`Secret/${name}-redis`]: ['address', 'host', 'password', 'port', 'tls', 'uri', 'username'],
    },
    statement: statement(request),
  };
}

/** The contract, and beside it what Valkey reads: who may do what. The second user can only ask whether it answers. */
function secret(request: Request): readonly Manifest[] {
  const { name } = request.service;
  const host = hostOf(name, request);
  const address = `${host}:${VALKEY_PORT}`;
  return aroundPassword(request, `${name}-redis`, {
    host,
    port: String(VALKEY_PORT),
    address,
    tls: 'false',
    username: 'default',
    password: '{{ .password }}',
    uri: `redis://default:{{ .password }}@${address}`,
    [ACL_KEY]:
      'user default on >{{ .password }} ~* &* +@all -@admin\nuser probe on nopass -@all +ping\n',
  });
}

function serviceAccount({ service, labels }: Request): Manifest {
  const metadata = { name: service.name, labels };
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata,
    automountServiceAccountToken: false,
  };
}

function clusterIp({ service, labels }: Request, selector: Record<string, string>): Manifest {
  const spec: ServiceSpec = {
    type: 'ClusterIP',
    selector,
    ports: [
      {
        name: 'redis',
        port: VALKEY_PORT,
        targetPort: 'redis',
        protocol: 'TCP',
        appProtocol: 'redis',
      },
    ],
  };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: service.name, labels }, spec };
}

function statement({ service, namespace }: Request): ServiceStatement {
  const { durable, deletionPolicy } = service;
  return {
    engine: 'Valkey 8, one instance',
    tls: 'none',
    encryptedAtRest: durable ? 'by the storage class' : 'not known here',
    backup: durable ? 'none: its log of writes is on one volume' : 'none: it is a cache',
    highlyAvailable: false,
    deletion: deletion(durable, deletionPolicy),
    availability: {
      exporter: 'kube-state-metrics',
      metric: 'kube_statefulset_status_replicas_ready',
      labels: { namespace, statefulset: service.name },
      means: 'positive',
    },
  };
}

function deletion(durable: boolean, policy: RedisModel['deletionPolicy']): string {
  if (!durable) return 'its content is in memory and goes with it';
  return policy === 'delete'
    ? 'the volume goes with it'
    : 'the volume stays, and is taken up again by the same name';
}
