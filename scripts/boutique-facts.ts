/**
 * Writes `test/apps/online-boutique.facts.json`: what Google's manifests say about each workload, as data of our own.
 * The only argument is the file of those manifests.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkFiles, readManifests, type RuleSeverity } from '../lib/guardrail';
import type { Container, DeploymentSpec, Manifest, Probe, ServiceSpec } from '../lib/foundation';

/** What one container runs. */
export interface ContainerFacts {
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** What a probe asks, without its timing. */
export interface ProbeFacts {
  readonly kind: 'grpc' | 'http' | 'tcp';
  readonly port: number;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServiceFacts {
  readonly name: string;
  readonly port: number;
  /** The container port that the Service leads to, whether it is named or numbered there. */
  readonly targetPort: number;
}

/** A Deployment, its main container, and the Services that select its pods. */
export interface WorkloadFacts extends ContainerFacts {
  readonly name: string;
  readonly port?: number;
  readonly readiness?: ProbeFacts;
  readonly liveness?: ProbeFacts;
  readonly init: Readonly<Record<string, ContainerFacts>>;
  readonly services: readonly ServiceFacts[];
}

export interface ManifestFacts {
  /** Lines that are neither blank nor a comment. */
  readonly lines: number;
  /** What the default rules find, by severity. */
  readonly findings: Readonly<Record<RuleSeverity, number>>;
  readonly workloads: readonly WorkloadFacts[];
}

/** The lines of a YAML text that are neither blank nor a comment. */
export const yamlLines = (text: string): number =>
  text.split('\n').filter((line) => /^\s*[^\s#]/.test(line)).length;

/** The objects of a YAML stream. */
export const manifestsIn = (text: string): readonly Manifest[] =>
  parseAllDocuments(text).map((document) => {
    for (const error of document.errors) throw error;
    return document.toJS() as Manifest;
  });

/** The facts of a YAML stream of Deployments and Services; other objects are passed over. */
export function factsIn(text: string): ManifestFacts {
  const manifests = manifestsIn(text);
  const services = manifests.filter(({ kind }) => kind === 'Service');
  const workloads = manifests
    .filter(({ kind }) => kind === 'Deployment')
    .map((deployment) => workloadFacts(deployment, services));
  workloads.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { lines: yamlLines(text), findings: findingsIn(text), workloads };
}

function findingsIn(text: string): ManifestFacts['findings'] {
  const file = 'input.yaml';
  const { findings } = checkFiles([{ file, ...readManifests(Buffer.from(text), file) }]);
  const count = (severity: RuleSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}

function workloadFacts(deployment: Manifest, services: readonly Manifest[]): WorkloadFacts {
  const { template } = deployment.spec as DeploymentSpec;
  const [main, ...others] = template.spec.containers;
  if (!main || others.length > 0) {
    throw new Error(`${deployment.metadata.name} has not one container.`);
  }
  const port = main.ports?.[0]?.containerPort;
  const labels = template.metadata?.labels ?? {};
  const init = (template.spec.initContainers ?? []).map((container) => [
    container.name,
    containerFacts(container),
  ]);
  return {
    name: deployment.metadata.name,
    ...containerFacts(main),
    ...(port !== undefined && { port }),
    ...(main.readinessProbe && { readiness: probeFacts(main, main.readinessProbe) }),
    ...(main.livenessProbe && { liveness: probeFacts(main, main.livenessProbe) }),
    init: Object.fromEntries(init) as Record<string, ContainerFacts>,
    services: services
      .filter(({ spec }) => selects((spec as ServiceSpec).selector, labels))
      .flatMap((service) => serviceFacts(main, service)),
  };
}

const containerFacts = (container: Container): ContainerFacts => ({
  image: container.image ?? '',
  env: Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value ?? ''])),
  requests: (container.resources?.requests ?? {}) as Record<string, string>,
  limits: (container.resources?.limits ?? {}) as Record<string, string>,
});

function probeFacts(container: Container, probe: Probe): ProbeFacts {
  const { grpc, httpGet, tcpSocket } = probe;
  if (grpc) return { kind: 'grpc', port: grpc.port };
  if (tcpSocket) return { kind: 'tcp', port: portNumber(container, tcpSocket.port) };
  if (!httpGet) throw new Error(`${container.name} has a probe of another kind.`);
  const headers = (httpGet.httpHeaders ?? []).map(({ name, value }) => [name, value]);
  return {
    kind: 'http',
    port: portNumber(container, httpGet.port),
    path: httpGet.path ?? '/',
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

const serviceFacts = (container: Container, { metadata, spec }: Manifest): ServiceFacts[] =>
  ((spec as ServiceSpec).ports ?? []).map(({ port, targetPort }) => ({
    name: metadata.name,
    port,
    targetPort: portNumber(container, targetPort ?? port),
  }));

function portNumber(container: Container, port: unknown): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port);
  if (!named) throw new Error(`${container.name} has no port ${String(port)}.`);
  return named.containerPort;
}

/** Whether a selector picks pods with these labels. */
export const selects = (
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean =>
  selector !== undefined &&
  Object.entries(selector).every(([label, value]) => labels[label] === value);

if (require.main === module) {
  const [input] = process.argv.slice(2);
  if (input === undefined) throw new Error('Give the file of the manifests.');
  const facts = factsIn(readFileSync(input, 'utf8'));
  const output = join(__dirname, '../test/apps/online-boutique.facts.json');
  writeFileSync(output, `${JSON.stringify(facts, null, 2)}\n`);
}
