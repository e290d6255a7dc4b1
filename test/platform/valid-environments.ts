import fc from 'fast-check';
import {
  Capacity,
  Dns,
  Environment,
  Identity,
  Mesh,
  meshKinds,
  Namespaces,
  type Bounds,
  type Capability,
  type CidrPeer,
  type ClusterNetwork,
  type EnvironmentProps,
  type Gateway,
  type LowerRequests,
  type MeshKind,
  type MeshOptions,
  type NamespaceRule,
  type Peer,
  type SecretStore,
} from '../../lib';
import { image, name, props, stages, text } from '../application/valid-parts';

const word = fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/);
const count = fc.integer({ min: 1, max: 100 });

/** A capacity of a platform team's own. */
class Multiplied {
  public readonly description = 'more of everything';
  public constructor(private readonly times: number) {}
  public bounds({ min, max }: Bounds): Bounds {
    return { min, max: max * this.times };
  }
}

const capacity: fc.Arbitrary<Capacity> = fc.oneof(
  fc.constantFrom(Capacity.single(), Capacity.asDeclared()),
  count.map(Capacity.atMost),
  count.map((times) => new Multiplied(times)),
);

const peer: fc.Arbitrary<Peer> = fc.oneof(
  fc.constantFrom<Peer>(
    { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.3.4/32'] },
    { cidr: '0.0.0.0/0' },
    { cidr: 'fd00::/8', except: ['fd00:1::/64'] },
    {},
  ),
  props(
    {
      namespace: name(63),
      pods: fc.dictionary(word, fc.constantFrom('', 'x', 'A.b_c-1'), { minKeys: 1, maxKeys: 2 }),
    },
    [],
  ) as fc.Arbitrary<Peer>,
);
const peers = (minLength: number): fc.Arbitrary<Peer[]> =>
  fc.array(peer, { minLength, maxLength: 2 });

const network = props(
  {
    dns: fc.oneof(
      fc.constantFrom(Dns.kubeDns(), Dns.nodeLocal(), Dns.openShift()),
      fc.record({ peers: peers(1), ports: fc.uniqueArray(count, { minLength: 1, maxLength: 2 }) }),
    ),
    metrics: peers(0),
    telemetry: peers(0),
    outside: peers(0),
    names: fc.constantFrom('cilium' as const, 'istio' as const),
    keda: peers(0),
  },
  ['dns'],
) as fc.Arbitrary<ClusterNetwork>;

const kind = fc.constantFrom('ClusterIssuer' as const, 'Issuer' as const);
const listenerSet = props({ issuer: fc.record({ kind, name: word }), port: count }, ['issuer']);
const atGateway = { name: word, namespace: word, peers: peers(0) };
const gateway = fc.oneof(
  props({ ...atGateway, sectionName: word }, ['name', 'namespace', 'peers']),
  fc.record({ ...atGateway, listenerSet }),
) as fc.Arbitrary<Gateway>;

const secretStore = props(
  {
    name: word,
    kind: fc.constantFrom('ClusterSecretStore' as const, 'SecretStore' as const),
    entry: fc.constant((application: string, secret: string) => `teams/${application}.${secret}`),
    refreshInterval: fc.constantFrom('1h', '1h30m', '0.5s'),
  },
  ['name'],
) as fc.Arbitrary<SecretStore>;

const namespace: fc.Arbitrary<NamespaceRule> = fc.oneof(
  name(63).map(Namespaces.created),
  name(63).map(Namespaces.existing),
  fc.constantFrom(
    Namespaces.created(),
    Namespaces.created((application) => application),
    Namespaces.existing((_, environment) => `team-${environment}`),
  ),
);

const region = 'eu-central-1';
const role = (application: string, workload: string): string =>
  `arn:aws:iam::111122223333:role/${application}-${workload}`;
const project = 'example-project';

const identity = fc.constantFrom<Identity>(
  Identity.irsa({ region, role }),
  Identity.eksPodIdentity({ cluster: 'one', region, role, associations: 'ack' }),
  Identity.eksPodIdentity({ cluster: 'one', region, role, associations: 'crossplane' }),
  Identity.gke({
    ...{ project, projectNumber: '123456789012', members: 'config-connector' },
    grants: () => [{ role: 'roles/storage.objectUser' }, { role: 'roles/pubsub.publisher' }],
  }),
  Identity.gke({
    ...{ project, members: 'config-connector' },
    account: () => `workload@${project}.iam.gserviceaccount.com`,
  }),
);

/** Facts with which any application works: a domain, a gateway and a store, and a way to restart. */
const facts: fc.Arbitrary<EnvironmentProps> = (
  props(
    {
      capacity,
      network,
      domain: word.map((host) => `${host}.example.com`),
      gateway,
      secretStore,
      identity,
      namespace,
      pullSecrets: fc.array(word, { maxLength: 2 }),
      capabilities: fc.subarray<Capability>(['reloader', 'observability', 'keda']),
      omits: fc.constantFrom({}, { observability: 'nobody watches it' }, { keda: 'too small' }),
      restartImage: image,
      signals: text.filter((signals) => signals !== ''),
      // In production only with a reason.
      gameDays: fc.constantFrom({ reason: 'only here is the traffic' }, { reason: 'a rehearsal' }),
      quota: fc.record({
        headroomPercent: fc.integer({ min: 0, max: 1000 }),
        injected: fc.constant({ requests: { cpu: '10m', memory: '20Mi' } }),
      }),
      lowerRequests: fc.constantFrom<LowerRequests>({}, { updateMode: 'Recreate' }),
    },
    ['capacity', 'network', 'domain', 'gateway', 'secretStore'],
  ) as fc.Arbitrary<EnvironmentProps>
).map((given) => {
  const has = given.capabilities ?? [];
  return {
    ...given,
    ...(!has.includes('reloader') && {
      restartImage: given.restartImage ?? 'example/kubectl:1.30',
    }),
    ...(!has.includes('observability') && { omits: { observability: 'nobody watches it' } }),
  };
});

/** The facts of one environment that is right. */
export const validFacts = facts;

interface Drawn {
  readonly facts: EnvironmentProps;
  readonly name: string;
  readonly isLike: boolean;
}
const drawn: fc.Arbitrary<Drawn> = fc.record({ facts, name: word, isLike: fc.boolean() });

/** One or two environments for each stage, some of them made like another. No two share a name or a domain. */
export const validEnvironments: fc.Arbitrary<readonly Environment[]> = fc
  .tuple(...stages.map(() => fc.array(drawn, { minLength: 1, maxLength: 2 })))
  .map((byStage) =>
    byStage.flatMap((list, index) => {
      const stage = stages[index] ?? 'dev';
      const made: Environment[] = [];
      for (const [number, each] of list.entries()) {
        const id = `${stage}${number}-${each.name}`;
        const own = { ...each.facts, domain: `${id}.${each.facts.domain ?? ''}`, stage };
        const first = made[0];
        if (first && each.isLike) made.push(first.like<string>(id));
        else made.push(new Environment<string, string>(number === 0 ? stage : id, own));
      }
      return made;
    }),
  );

const blocks = fc.constantFrom<readonly CidrPeer[]>(
  [{ cidr: '10.0.0.0/8' }],
  [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, { cidr: 'fd00::/8' }],
);
const plainCallers = fc.record({ reason: word, from: blocks });
const meshOptions = props(
  { plain: props({ gateway: plainCallers, metrics: plainCallers }, []) },
  [],
) as fc.Arbitrary<MeshOptions>;
const meshes: Readonly<Record<MeshKind, fc.Arbitrary<Mesh>>> = {
  istio: fc.oneof(
    meshOptions.map(Mesh.istioAmbient),
    fc
      .tuple(meshOptions, word)
      .map(([options, revision]) => Mesh.istioSidecar({ ...options, revision })),
  ),
  linkerd: fc
    .tuple(meshOptions, blocks)
    .map(([options, kubelet]) => Mesh.linkerd({ ...options, kubelet })),
};

/** The same environments with meshes of one kind, and some without for a reason. */
export const meshedEnvironments: fc.Arbitrary<{
  readonly mesh: MeshKind;
  readonly environments: readonly Environment[];
}> = fc
  .constantFrom(...meshKinds)
  .chain((mesh) =>
    fc.tuple(fc.constant(mesh), validEnvironments, fc.infiniteStream(fc.option(meshes[mesh]))),
  )
  .map(([mesh, environments, drawnMeshes]) => ({
    mesh,
    environments: environments.map(({ name: id, stage, props: own }) => {
      const { value } = drawnMeshes.next() as { readonly value: Mesh | null };
      const omits = { ...own.omits, mesh: 'it has none' };
      return new Environment<string, string>(id, {
        ...own,
        stage,
        ...(value ? { mesh: value } : { omits }),
      });
    }),
  }));
