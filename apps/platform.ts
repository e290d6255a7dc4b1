import {
  aws,
  Capacity,
  Dns,
  Environment,
  Identity,
  inCluster,
  Platform,
  Receiver,
  secret,
  Signals,
  type EnvironmentProps,
  type OnCall,
} from '../lib';

/** What the clusters of this example have in common. */
const cluster = {
  network: {
    dns: Dns.kubeDns(),
    metrics: [{ namespace: 'monitoring', pods: { 'app.kubernetes.io/name': 'prometheus' } }],
  },
  gateway: {
    name: 'public',
    namespace: 'gateway-system',
    sectionName: 'https',
    peers: [{ namespace: 'gateway-system' }],
  },
  secretStore: { name: 'vault' },
  capabilities: ['reloader', 'observability', 'keda'],
} as const satisfies Partial<EnvironmentProps>;

/** The account for everything but laptops and previews. */
const account = aws({
  region: 'eu-central-1',
  accountId: '123456789012',
  providerConfig: { kind: 'ClusterProviderConfig', name: 'default' },
  vpc: {
    cidrs: ['10.20.0.0/16'],
    subnetGroups: { rds: 'databases', elasticache: 'caches' },
    subnetIds: ['subnet-0a1b2c3d', 'subnet-1b2c3d4e', 'subnet-2c3d4e5f'],
    securityGroupIds: ['sg-0a1b2c3d'],
  },
});

/** Whoever uses a bucket has a role in that account: S3 gives nobody a password. */
const roles = (cluster: string): Identity =>
  Identity.eksPodIdentity({
    cluster,
    region: 'eu-central-1',
    associations: 'crossplane',
    role: (application, workload, uses) =>
      uses.some(({ kind }) => kind === 'bucket')
        ? `arn:aws:iam::123456789012:role/${cluster}-${application}-${workload}`
        : undefined,
  });

/** An agent on each node instruments every pod, and a collector sends what it counts. */
export const signals = Signals.openTelemetry({ from: 'collector' });

const slack = (channel: string) => Receiver.slack({ channel, url: secret('slack', 'url') });

/** Who is told of what. What rings, rings through PagerDuty. */
export const onCall: OnCall = {
  teams: {
    'team-boutique': {
      page: Receiver.pagerDuty({ routingKey: secret('pagerduty', 'team-boutique') }),
      ticket: slack('#boutique'),
      channel: '#boutique',
      escalation: [{ afterMinutes: 15, to: 'the lead of the boutique' }],
    },
    'team-billing': {
      page: [
        Receiver.pagerDuty({ routingKey: secret('pagerduty', 'team-billing') }),
        slack('#billing-incidents'),
      ],
      ticket: Receiver.email({
        to: 'billing@example.com',
        from: 'alerts@example.com',
        smarthost: 'smtp.example.com:587',
      }),
      channel: '#billing',
    },
  },
  default: {
    page: Receiver.pagerDuty({ routingKey: secret('pagerduty', 'platform') }),
    ticket: slack('#platform'),
  },
  pageStages: ['prod'],
};

/** The platform of this repository's applications: a factory, so that each test and program has one of its own. */
export const platform = (told?: OnCall) =>
  new Platform({
    environments: [
      new Environment('dev', {
        ...cluster,
        signals: 'development', // one Prometheus and one Grafana for all but prod
        domain: 'dev.example.com',
        capacity: Capacity.single(),
        providers: { default: inCluster() },
        lowerRequests: {},
        gameDays: {},
      }),
      new Environment('staging', {
        ...cluster,
        signals: 'development',
        domain: 'staging.example.com',
        capacity: Capacity.atMost(3),
        providers: { default: account },
        identity: roles('staging'),
        quota: {},
        gameDays: {},
      }),
      new Environment('prod', {
        ...cluster,
        domain: 'example.com',
        capacity: Capacity.asDeclared(),
        providers: { default: account },
        identity: roles('prod'),
        quota: {},
      }),
    ],
    defaults: {
      signals,
      links: {
        runbook: 'https://runbooks.example.org/{application}/{service}#{alert}',
        dashboard: 'https://grafana.example.org/d/{dashboard}?var-environment={environment}',
      },
    },
    ...(told && { onCall: told }), // tests bring applications of teams that nobody knows
    catalog: true,
    prices: { currency: 'USD', cpuCoreHour: 0.031, memoryGiBHour: 0.004 },
    guardrails: {
      pack: 'strict',
      without: {
        'image-digest-pinned': 'Google publishes the images of this release by tag',
      },
    },
  });

declare module '../lib' {
  interface Register {
    platform: ReturnType<typeof platform>;
  }
}
