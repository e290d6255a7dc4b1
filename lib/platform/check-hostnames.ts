import type { PhaseTwo } from '../binding';
import { ProblemLog, type ExposureModel, type Problem } from '../foundation';
import { grpcMatch, httpMatches } from '../network';

interface Claim {
  readonly at: string;
  readonly application: string;
  readonly stage: string;
  readonly environment: string;
}

/** A hostname as one workload of one environment claims it. */
interface Claimed extends Claim {
  readonly hostname: string;
  readonly exposure: ExposureModel;
  /** The gateway at which the application brings listeners of its own. */
  readonly listenersAt: string | undefined;
  readonly log: ProblemLog;
}

const claimedIn = ({ bound, model }: PhaseTwo): readonly Claimed[] =>
  bound.workloads.flatMap(({ name, path, exposure }) => {
    const hostname = model.hostnames[name];
    if (!exposure || hostname === undefined) return [];
    const { environment, phaseOne } = bound;
    const { gateway } = environment.props;
    return [
      {
        at: path,
        application: phaseOne.path,
        stage: environment.stage,
        environment: environment.name,
        hostname,
        exposure,
        listenersAt: gateway?.listenerSet && `${gateway.namespace}/${gateway.name}`,
        log: new ProblemLog(`${path} in ${environment.name}`, phaseOne.sourceOf(path)),
      },
    ];
  });

/**
 * Reports hostnames and requests claimed twice. Two environments of one stage may share one: that is one service in two regions.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute - a hostname is of GRPCRoutes or of HTTPRoutes
 */
export function checkHostnames(bindings: readonly PhaseTwo[]): readonly Problem[] {
  const requests = new Map<string, Claim>();
  const protocols = new Map<string, Claim>();
  const listeners = new Map<string, Claim>();
  const all = bindings.flatMap(claimedIn);
  for (const claimed of all) {
    checkProtocol(claimed, protocols);
    checkListener(claimed, listeners);
    for (const match of matchesOf(claimed.exposure)) {
      const other = claim(requests, join(claimed.hostname, match), claimed);
      if (!other) continue;
      const found = `${join(claimed.hostname, match)} is also claimed by ${placeOf(other)}`;
      const fix = 'Give expose another host or paths, or the environment another domain';
      claimed.log.error('HostnameTaken', found, fix);
    }
  }
  return all.flatMap(({ log }) => log.problems);
}

const matchesOf = (exposure: ExposureModel): readonly string[] =>
  exposure.protocol === 'http'
    ? exposure.rules.flatMap(httpMatches)
    : exposure.rules.map(grpcMatch);

/** `POST /orders` on `shop.example.com` is `POST shop.example.com/orders`. */
const join = (hostname: string, match: string): string =>
  /^([A-Z]+ )?(exactly )?\//.test(match)
    ? match.replace('/', `${hostname}/`)
    : `${match} of ${hostname}`;

const placeOf = ({ at, environment }: Claim): string => `${at} in ${environment}`;

function checkProtocol(claimed: Claimed, protocols: Map<string, Claim>): void {
  const { hostname, exposure, log } = claimed;
  const mine = exposure.protocol;
  const other = protocols.get(`${mine === 'http' ? 'grpc' : 'http'} ${hostname}`);
  protocols.set(`${mine} ${hostname}`, claimed);
  if (!other) return;
  const theirs = mine === 'http' ? 'gRPC' : 'HTTP';
  const found = `${hostname} carries ${theirs} for ${placeOf(other)}, and one hostname cannot carry gRPC and HTTP`;
  log.error('HostnameTaken', found, 'Give expose another host');
}

/** Listeners of one hostname at one gateway are in conflict, unless they are the same one. */
function checkListener(claimed: Claimed, listeners: Map<string, Claim>): void {
  const { hostname, listenersAt, application, environment, log } = claimed;
  if (listenersAt === undefined) return;
  const key = `${environment} ${listenersAt} ${hostname}`;
  const other = listeners.get(key);
  listeners.set(key, other ?? claimed);
  if (!other || other.application === application) return;
  const found = `${hostname} has a listener in the ListenerSet of ${other.application}, and a gateway takes one`;
  log.error('HostnameTaken', found, 'Give expose another host, or make one application of the two');
}

/** Who else has claimed it, unless that is the same service elsewhere. */
function claim(claims: Map<string, Claim>, key: string, own: Claim): Claim | undefined {
  const other = claims.get(key);
  claims.set(key, own);
  const isSame = other?.at === own.at && other.stage === own.stage;
  return isSame ? undefined : other;
}
