import type { Manifest, Rendering } from '../../../lib';

/** What the manifests of one application bring to a cluster, in any environment. */
export interface Brought {
  readonly objects: readonly Manifest[];
  /** The labels and containers of pods, by what makes them. */
  readonly pods: readonly PodTemplate[];
  /** Secrets and ConfigMaps that pods name, whoever makes them. */
  readonly named: ReadonlySet<string>;
}

/** What a controller makes pods of. */
export interface PodTemplate {
  readonly kind: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the Jobs that a CronJob makes, or of the object itself. */
  readonly ownLabels: Readonly<Record<string, string>>;
  readonly containers: readonly string[];
}

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly { readonly name: string }[];
    readonly initContainers?: readonly { readonly name: string }[];
  };
}

export function broughtBy({ manifests }: Rendering, application: string): Brought {
  const objects = [...manifests]
    .filter(([path]) => path.split('/')[1] === application)
    .flatMap(([, found]) => found);
  const found = new Set<string>();
  for (const { spec } of objects) collect(spec, found);
  return { objects, pods: objects.flatMap(templatesOf), named: found };
}

function templatesOf({ kind, metadata, spec }: Manifest): readonly PodTemplate[] {
  if (!['Deployment', 'CronJob', 'Job'].includes(kind)) return [];
  const own = spec as {
    template?: Template;
    jobTemplate?: { metadata?: Manifest['metadata']; spec: { template: Template } };
  };
  const template = own.jobTemplate?.spec.template ?? own.template;
  if (!template) return [];
  const { containers, initContainers = [] } = template.spec;
  const { labels = {} } = template.metadata ?? {};
  return [
    {
      kind,
      labels,
      // The server gives a Job without labels those of its pods.
      ownLabels: (own.jobTemplate ? own.jobTemplate.metadata?.labels : metadata.labels) ?? labels,
      containers: [...containers, ...initContainers].map(({ name }) => name),
    },
  ];
}

function collect(value: unknown, found: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    const { name, secretName } = (inner ?? {}) as { name?: string; secretName?: string };
    const kind = /^secret(KeyRef|Ref)?$/.test(key)
      ? 'secret'
      : /^configMap/.test(key)
        ? 'configmap'
        : '';
    if (kind !== '') found.add(`${kind}/${name ?? secretName ?? ''}`);
    collect(inner, found);
  }
}
