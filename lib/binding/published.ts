import { networkPolicyPeer, type PodPeer } from '../environment';
import {
  endpointForm,
  isDnsLabel,
  recommendedLabels,
  type EdgeModel,
  type Manifest,
  type NetworkPolicyPort,
  type NetworkPolicySpec,
  type Problem,
  type ProblemLog,
  type SettingModel,
  type WorkloadModel,
} from '../foundation';
import { policyManifest } from '../network';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';

// Where another application lives is the environment's to say, so both ends of an edge between applications are opened here.

/** The namespace of another application here; undefined when the environment gives none, which the policies report. */
function tryNamespace({ environment }: Bound, application: string): string | undefined {
  const namespace: unknown = environment.namespace(application);
  return isDnsLabel(namespace) ? (namespace as string) : undefined;
}

/**
 * The address of what another application publishes. With `.svc` it can only be a Service: `stock.dev`, where a namespace is named like a
 * top-level domain, could lead to a host of the internet once the Service is gone.
 */
export function publishedText(
  bound: Bound,
  { part, target }: NonNullable<SettingModel['published']>,
): string | undefined {
  const namespace = tryNamespace(bound, target.application);
  if (namespace === undefined) return undefined;
  const { scheme, service, servicePort } = target;
  return endpointForm(part, { scheme, host: `${service}.${namespace}.svc`, port: servicePort });
}

/** The other end of an edge between applications. */
export interface Abroad {
  readonly application: string;
  /** Its pods; undefined when the environment gives the application no namespace, which the policies report. */
  readonly peer?: PodPeer;
}

/** What a workload imports from other applications, with the ports of the containers there. */
export const importsOf = (
  bound: Bound,
  { name }: WorkloadModel,
): readonly (Abroad & { readonly port: number })[] =>
  bound.phaseOne.edges
    .filter(({ kind, from }) => kind === 'published' && from === name)
    .map((edge) => {
      const { application, service } = endOf(edge);
      return { port: edge.port, ...abroad(bound, application, service) };
    });

/** The applications to which a workload is published: all of their pods. */
export const importersOf = (
  bound: Bound,
  { publication, service }: WorkloadModel,
): readonly Abroad[] =>
  publication && service ? publication.to.map((application) => abroad(bound, application)) : [];

/** Lets workloads reach what other applications publish and they import. */
export function allowImports(bound: Bound): Binding {
  const manifests: Manifest[] = [];
  const problems = bound.workloads.flatMap((workload): readonly Problem[] => {
    const egress: NonNullable<NetworkPolicySpec['egress']>[number][] = [];
    const log = bindingLog(bound, workload);
    for (const { application, port, peer } of importsOf(bound, workload)) {
      if (peer) egress.push({ to: [networkPolicyPeer(peer)], ports: [tcp(port)] });
      else reportNamespace(application, log);
    }
    if (egress.length > 0) {
      const spec: NetworkPolicySpec = {
        podSelector: { matchLabels: workload.selector },
        policyTypes: ['Egress'],
        egress,
      };
      const name = `${workload.name}-allow-imports`;
      manifests.push(policyManifest(name, workloadLabels(bound, workload), spec));
    }
    return log.problems;
  });
  return { manifests, problems };
}

/**
 * Lets in the applications to which a web service is published: all of their pods. Which of them import it is known to their own
 * repositories, and must not change a byte here.
 */
export function allowImporters(bound: Bound): Binding {
  const manifests: Manifest[] = [];
  const problems = bound.workloads.flatMap((workload): readonly Problem[] => {
    const { service } = workload;
    const log = bindingLog(bound, workload);
    const from = importersOf(bound, workload).flatMap(({ application, peer }) => {
      if (!peer) reportNamespace(application, log);
      return peer ? [networkPolicyPeer(peer)] : [];
    });
    if (service && from.length > 0) {
      const spec: NetworkPolicySpec = {
        podSelector: { matchLabels: workload.selector },
        policyTypes: ['Ingress'],
        ingress: [{ from, ports: [tcp(service.containerPort)] }],
      };
      const name = `${workload.name}-allow-importers`;
      manifests.push(policyManifest(name, workloadLabels(bound, workload), spec));
    }
    return log.problems;
  });
  return { manifests, problems };
}

const endOf = ({ to }: EdgeModel): { readonly application: string; readonly service: string } => {
  const [application = '', service = ''] = to.split('/');
  return { application, service };
};

/**
 * The pods of another application, or of one of its services. By labels that all our pods have, and not by what the platform selects with:
 * the other end may be of another platform.
 */
function abroad(bound: Bound, application: string, service?: string): Abroad {
  const namespace = tryNamespace(bound, application);
  if (namespace === undefined) return { application };
  const all = recommendedLabels({ application, name: service ?? '', component: '' });
  const keys = [
    service === undefined ? 'app.kubernetes.io/managed-by' : 'app.kubernetes.io/name',
    'app.kubernetes.io/part-of',
  ];
  const pods = Object.fromEntries(keys.map((key) => [key, all[key] ?? '']));
  return { application, peer: { namespace, pods } };
}

function reportNamespace(application: string, log: ProblemLog): void {
  const found = `the environment gives the application ${application} no namespace that Kubernetes accepts`;
  log.error('NamespaceInvalid', found, 'Mend the namespace rule of the environment');
}

const tcp = (port: number): NetworkPolicyPort => ({ protocol: 'TCP', port });
