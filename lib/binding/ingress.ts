import type { k8s } from 'cdk8s-plus-28';
import { issuerAnnotation, type IngressController } from '../environment';
import type {
  ExposureModel,
  GrpcRuleModel,
  HttpRuleModel,
  Manifest,
  Plain,
  ProblemLog,
} from '../foundation';
import { bindingLog, workloadLabels, type Binding, type Bound } from './bound';
import { certificateName, exposedHere, type Exposed } from './exposed';

type IngressPath = Plain<k8s.HttpIngressPath>;

/** The Ingresses of an environment without the Gateway API. */
export function bindIngresses(bound: Bound): Binding {
  const { ingress } = bound.environment.props;
  if (!ingress) return { manifests: [] };
  const issued = new Set<string>();
  const results = exposedHere(bound).map((exposed) => {
    const log = bindingLog(bound, exposed.workload);
    checkSayable(exposed.exposure, ingress, bound.environment.name, log);
    // Of two Ingresses with one Secret, cert-manager serves one and complains of the other.
    const isFirst = !issued.has(exposed.hostname);
    issued.add(exposed.hostname);
    return { manifest: ingressManifest(bound, exposed, ingress, isFirst), log };
  });
  return {
    manifests: results.flatMap(({ manifest, log }) => (log.errors > 0 ? [] : [manifest])),
    problems: results.flatMap(({ log }) => log.problems),
  };
}

/** What an Ingress has no words for, by the prop that asks for it. */
function unsayable(rule: HttpRuleModel | GrpcRuleModel, isGrpc: boolean): readonly string[] {
  const given: Readonly<Record<string, unknown>> = { ...rule };
  const words = isGrpc
    ? ['service', 'method', 'headers']
    : ['methods', 'headers', 'timeouts', 'requestHeaders', 'rewrite', 'redirect'];
  return [
    ...words.filter((key) => given[key] !== undefined),
    ...(rule.backends.length > 1 ? ['weights'] : []),
  ];
}

function checkSayable(
  exposure: ExposureModel,
  controller: IngressController,
  environment: string,
  log: ProblemLog,
): void {
  const fix = `Leave it out, or give ${environment} a gateway`;
  const report = (place: string, list: readonly string[]): void => {
    const found = `${place} asks for ${list.join(', ')}, which the Ingress of ${environment} cannot say`;
    log.error('GatewayMissing', found, fix);
  };
  if (exposure.protocol === 'http' && exposure.cors) report('expose', ['cors']);
  for (const [index, rule] of exposure.rules.entries()) {
    const list = unsayable(rule, exposure.protocol === 'grpc');
    if (list.length > 0) report(`expose.routes[${index}]`, list);
  }
  if (exposure.protocol !== 'grpc' || controller.grpcAnnotations) return;
  const found = `it speaks gRPC, and ${environment} has an ingress without grpcAnnotations`;
  log.error(
    'GatewayMissing',
    found,
    `Give ingress its grpcAnnotations, or ${environment} a gateway`,
  );
}

function ingressManifest(
  bound: Bound,
  { workload, exposure, hostname }: Exposed,
  { className, issuer, annotations, grpcAnnotations }: IngressController,
  isFirst: boolean,
): Manifest {
  const notes = {
    ...annotations,
    ...(exposure.protocol === 'grpc' && grpcAnnotations),
    ...(issuer && isFirst && issuerAnnotation(issuer)),
  };
  const tls = { hosts: [hostname], ...(issuer && { secretName: certificateName(hostname) }) };
  const spec: Plain<k8s.IngressSpec> = {
    ingressClassName: className,
    // Without a Secret the controller takes its own certificate.
    tls: [tls],
    rules: [{ host: hostname, http: { paths: pathsOf(bound, exposure) } }],
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: workload.name,
      labels: workloadLabels(bound, workload),
      ...(Object.keys(notes).length > 0 && { annotations: notes }),
    },
    spec,
  };
}

const EVERYTHING = [{ type: 'PathPrefix', value: '/' }] as const;

function pathsOf({ workloads }: Bound, exposure: ExposureModel): readonly IngressPath[] {
  const rules =
    exposure.protocol === 'http'
      ? exposure.rules
      : exposure.rules.map(({ backends }) => ({ paths: EVERYTHING, backends }));
  return rules.flatMap(({ paths, backends: [backend] }) => {
    const name = backend?.workload ?? '';
    const number = workloads.find((other) => other.name === name)?.service?.port ?? 0;
    return paths.map(({ type, value }) => ({
      path: value,
      pathType: type === 'Exact' ? type : 'Prefix',
      backend: { service: { name, port: { number } } },
    }));
  });
}
