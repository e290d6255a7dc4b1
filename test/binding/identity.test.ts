import { describe, expect, it } from '@jest/globals';
import {
  Application,
  Bucket,
  Capacity,
  Dns,
  Environment,
  existing,
  Identity,
  Platform,
  ScheduledJob,
  Worker,
  type ApplicationDefaults,
  type ClusterNetwork,
  type Manifest,
} from '../../lib';
import { synthesize, type Synthesis } from '../../lib/testing';

const role = (_: string, workload: string): string | undefined =>
  workload === 'mailer' ? 'arn:aws:iam::111122223333:role/mailer' : undefined;
const region = 'eu-central-1';
const AZURE = { podLabels: { 'azure.workload.identity/use': 'true' } };

const withIdentity = (
  identity: Identity,
  network: Partial<ClusterNetwork> = {},
  defaults: Partial<ApplicationDefaults> = {},
): Synthesis =>
  synthesize(
    (platform) => {
      const app = new Application(platform, 'shop', { owner: 'team-a' });
      const invoices = new Bucket(app, 'invoices', {});
      new Worker(app, 'mailer', { image: 'x/y:1' });
      new ScheduledJob(app, 'report', { image: 'x/y:1', schedule: '0 3 * * *', uses: [invoices] });
    },
    () =>
      new Platform({
        defaults,
        environments: [
          new Environment('dev', {
            capacity: Capacity.single(),
            network: { dns: Dns.kubeDns(), ...network },
            identity,
            providers: {
              default: existing({
                ...{ engine: 'somewhere', tls: 'required', ports: [443] },
                to: [{ cidr: '10.0.0.0/8' }],
                values: { bucket: 'b', region, endpoint: 'https://s3.example.com' },
              }),
            },
          }),
        ],
      }),
  );
const object = (synthesis: Synthesis, kind: string, name: string): Manifest | undefined =>
  synthesis.tryFind({ kind, name, environment: 'dev' });
const named = (synthesis: Synthesis, suffix: string): readonly string[] =>
  synthesis
    .objects('dev')
    .filter(({ metadata }) => metadata.name.endsWith(suffix))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);

describe('the identity of workloads', () => {
  it('of EKS Pod Identity needs an association and the agent, for those alone that have a role', () => {
    const props = { cluster: 'prod', region, role };
    const synthesis = withIdentity(Identity.eksPodIdentity({ ...props, associations: 'ack' }));
    expect(synthesis.problems).toEqual([]);
    expect(object(synthesis, 'ServiceAccount', 'mailer')?.metadata.annotations).toBeUndefined();
    expect(named(synthesis, 'report')).not.toContain('PodIdentityAssociation/report');
    expect(object(synthesis, 'PodIdentityAssociation', 'mailer')).toMatchObject({
      apiVersion: 'eks.services.k8s.aws/v1alpha1',
      spec: {
        clusterName: 'prod',
        namespace: 'shop-dev',
        serviceAccount: 'mailer',
        roleARN: 'arn:aws:iam::111122223333:role/mailer',
      },
    });
    expect(named(synthesis, '-allow-identity')).toEqual(['NetworkPolicy/mailer-allow-identity']);
    expect(object(synthesis, 'NetworkPolicy', 'mailer-allow-identity')?.spec).toMatchObject({
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            { ipBlock: { cidr: '169.254.170.23/32' } },
            { ipBlock: { cidr: 'fd00:ec2::23/128' } },
          ],
          ports: [{ protocol: 'TCP', port: 80 }],
        },
      ],
    });
    expect(synthesis.model.environments[0]?.identities).toEqual({
      mailer: 'arn:aws:iam::111122223333:role/mailer',
    });
  });

  it('of EKS Pod Identity is associated by Crossplane, or elsewhere', () => {
    const props = { cluster: 'prod', region, role };
    const byCrossplane = Identity.eksPodIdentity({ ...props, associations: 'crossplane' });
    expect(object(withIdentity(byCrossplane), 'PodIdentityAssociation', 'mailer')).toMatchObject({
      apiVersion: 'eks.aws.m.upbound.io/v1beta1',
      spec: {
        forProvider: {
          clusterName: 'prod',
          namespace: 'shop-dev',
          region,
          roleArn: 'arn:aws:iam::111122223333:role/mailer',
          serviceAccount: 'mailer',
        },
      },
    });
    const elsewhere = withIdentity(Identity.eksPodIdentity(props));
    expect(object(elsewhere, 'PodIdentityAssociation', 'mailer')).toBeUndefined();
  });

  it('reaches the agent as the host with Cilium, which no address block matches', () => {
    const identity = Identity.eksPodIdentity({ cluster: 'prod', region, role });
    const synthesis = withIdentity(identity, { names: 'cilium' });
    expect(object(synthesis, 'CiliumNetworkPolicy', 'mailer-allow-identity')?.spec).toMatchObject({
      egress: [{ toEntities: ['host'], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }],
    });
  });

  it('of IRSA is an annotation, and STS of the region is one more host outside', () => {
    const identity = Identity.irsa({ region, role });
    const synthesis = withIdentity(identity);
    expect(synthesis.problems).toEqual([]);
    expect(object(synthesis, 'ServiceAccount', 'mailer')?.metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/mailer',
      'eks.amazonaws.com/sts-regional-endpoints': 'true',
    });
    expect(named(synthesis, '-allow-outside')).toEqual(['NetworkPolicy/mailer-allow-outside']);
    const byName = withIdentity(identity, { names: 'cilium' });
    expect(
      (object(byName, 'CiliumNetworkPolicy', 'mailer-allow-outside')?.spec as { egress: object[] })
        .egress[1],
    ).toMatchObject({ toFQDNs: [{ matchName: 'sts.eu-central-1.amazonaws.com' }] });
    const inChina = Identity.irsa({ region: 'cn-north-1', role });
    expect(inChina.hosts).toEqual([{ host: 'sts.cn-north-1.amazonaws.com.cn', port: 443 }]);
  });

  it('of GKE is a membership of its own, given for what it uses', () => {
    const synthesis = withIdentity(
      Identity.gke({
        project: 'example-project',
        projectNumber: '123456789012',
        members: 'config-connector',
        grants: (_, __, uses) =>
          uses
            .filter(({ kind }) => kind === 'bucket')
            .map(({ name }) => ({
              role: 'roles/storage.objectUser',
              on: { kind: 'StorageBucket', external: name },
            })),
      }),
    );
    expect(synthesis.problems).toEqual([]);
    const name = 'report-storage-objectuser-storagebucket-invoices';
    expect(object(synthesis, 'IAMPolicyMember', name)?.spec).toEqual({
      member:
        'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/example-project.svc.id.goog/subject/ns/shop-dev/sa/report',
      role: 'roles/storage.objectUser',
      resourceRef: { kind: 'StorageBucket', external: 'invoices' },
    });
    expect(named(synthesis, '-allow-identity')).toEqual(['NetworkPolicy/report-allow-identity']);
    expect(object(synthesis, 'NetworkPolicy', 'report-allow-identity')?.spec).toMatchObject({
      egress: [
        {
          to: [{ ipBlock: { cidr: '169.254.169.254/32' } }],
          ports: [{ port: 80 }, { port: 8080 }],
        },
        {
          to: [{ ipBlock: { cidr: '169.254.169.252/32' } }],
          ports: [{ port: 987 }, { port: 988 }],
        },
      ],
    });
  });

  it('of GKE is a service account that it may act as', () => {
    const email = 'mailer@other-project.iam.gserviceaccount.com';
    const synthesis = withIdentity(
      Identity.gke({
        project: 'example-project',
        account: (_, workload) => (workload === 'mailer' ? email : undefined),
        members: 'config-connector',
      }),
    );
    expect(synthesis.problems).toEqual([]);
    expect(object(synthesis, 'ServiceAccount', 'mailer')?.metadata.annotations).toEqual({
      'iam.gke.io/gcp-service-account': email,
    });
    const [member] = synthesis.objects('dev').filter(({ kind }) => kind === 'IAMPolicyMember');
    expect(member?.spec).toEqual({
      member: 'serviceAccount:example-project.svc.id.goog[shop-dev/mailer]',
      role: 'roles/iam.workloadIdentityUser',
      resourceRef: {
        kind: 'IAMServiceAccount',
        external: `projects/other-project/serviceAccounts/${email}`,
      },
    });
  });

  const client = (): string => '11111111-2222-3333-4444-555555555555';

  it('of Azure is an annotation and a federated credential, for pods with its label', () => {
    const armId =
      '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mailer';
    const federation = { issuer: 'https://issuer.example.com/1/', identity: () => armId };
    const synthesis = withIdentity(Identity.azure({ client, federation }), {}, AZURE);
    expect(synthesis.problems).toEqual([]);
    expect(object(synthesis, 'ServiceAccount', 'report')?.metadata.annotations).toEqual({
      'azure.workload.identity/client-id': client(),
    });
    expect(object(synthesis, 'FederatedIdentityCredential', 'mailer')?.spec).toEqual({
      azureName: 'shop-mailer-dev',
      owner: { armId },
      issuer: 'https://issuer.example.com/1/',
      subject: 'system:serviceaccount:shop-dev:mailer',
      audiences: ['api://AzureADTokenExchange'],
    });
    const pod = synthesis.find({ kind: 'Deployment', name: 'mailer' }).spec as {
      template: Manifest;
    };
    expect(pod.template.metadata.labels).toMatchObject(AZURE.podLabels);
  });

  it('leaves the bytes of the application alone', () => {
    const all = [
      Identity.irsa({ region, role }),
      Identity.eksPodIdentity({ cluster: 'prod', region, role }),
      Identity.azure({ client }),
    ].map((identity) => withIdentity(identity, {}, AZURE).model.digests);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });

  it('is checked like any other fact', () => {
    const said = (identity: unknown): readonly string[] =>
      withIdentity(identity as Identity).problems.map(({ found, fix }) => `${found}. ${fix}`);
    expect(said(Identity.irsa({ region: 'Frankfurt', role }))).toEqual([
      "identity.region is 'Frankfurt'. Give a region such as 'eu-central-1'",
    ]);
    expect(said(Identity.eksPodIdentity(undefined as never))).toEqual([
      'identity is undefined. Give { cluster, region, role }',
    ]);
    expect(said('irsa')).toEqual([
      "identity is 'irsa'. Give Identity.eksPodIdentity({ … }), Identity.irsa({ … }), Identity.gke({ … }) or Identity.azure({ … })",
    ]);
  });
});
