import {
  Application,
  Capacity,
  Dns,
  Environment,
  Platform,
  type EnvironmentProps,
  type Gateway,
  type IngressController,
  type Problem,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

export const good = { image: 'example/app:1', port: 8080, health: '/ready' } as const;

export const sharedGateway = {
  name: 'public',
  namespace: 'gateways',
  peers: [{ namespace: 'gateways' }],
};
export const listenerSets: Gateway = {
  ...sharedGateway,
  listenerSet: { issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
};
export const nginx: IngressController = {
  className: 'nginx',
  peers: [{ namespace: 'ingress-nginx' }],
  issuer: { kind: 'Issuer', name: 'own' },
};

/** The facts of an environment with this way in. */
export const facts = (way: Pick<EnvironmentProps, 'gateway' | 'ingress'>): EnvironmentProps => ({
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.asDeclared(),
  domain: 'test.example',
  ...way,
});

/** An application in one environment with this way in. */
export const exposeIn = (
  way: Pick<EnvironmentProps, 'gateway' | 'ingress'>,
  make: (app: Application) => unknown,
): Synthesis =>
  synthesize(
    (platform) => make(new Application(platform, 'shop', { owner: 'team-a' })),
    () => new Platform({ environments: [new Environment('dev', facts(way))] }),
  );

/** Problems as `Code: found. Fix.`. */
export const said = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ code, found, fix }) => `${code}: ${found}. ${fix}.`);
