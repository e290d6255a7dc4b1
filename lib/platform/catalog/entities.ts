import {
  compareText,
  type ApplicationModel,
  type BackingServiceModel,
  type EdgeModel,
  type WorkloadModel,
} from '../../foundation';
import { escalationText } from '../../incident';
import { selectorText, type Links } from '../../observability';
import { entityName, said, type Entity } from './entity';
import { linksOf } from './links';

/** What the entities of one application are made of. */
export interface CatalogFacts {
  readonly model: ApplicationModel;
  readonly links: Links;
  /** The reference to its owner. */
  readonly owner: string;
  readonly lifecycle: string;
}

const API_VERSION = 'backstage.io/v1alpha1' as const;

/** The application as a whole. */
export function system({ model, links, owner }: CatalogFacts): Entity {
  const { application, onCall } = model;
  const told = onCall && {
    ...(onCall.channel !== undefined && { 'golden-path/channel': onCall.channel }),
    ...(onCall.escalation && { 'golden-path/escalation': escalationText(onCall.escalation) }),
  };
  return {
    apiVersion: API_VERSION,
    kind: 'System',
    metadata: {
      name: application,
      ...(told && Object.keys(told).length > 0 && { annotations: told }),
      ...said({ links: linksOf(links, model) }),
    },
    spec: { owner },
  };
}

const TYPES = {
  'web-service': 'service',
  worker: 'worker',
  'scheduled-job': 'scheduled-job',
  migration: 'migration',
} as const satisfies Record<WorkloadModel['kind'], string>;

/** What a call leads to. */
function targetOf(application: string, { kind, to }: EdgeModel): string {
  if (kind === 'workload') return `component:${entityName(application, to)}`;
  if (kind === 'published') return `api:${publishedName(to)}`;
  return `resource:${entityName(application, to)}`;
}

/** The API of another application's service, which is written as `warehouse/stock`. */
function publishedName(to: string): string {
  const [application = '', service = ''] = to.split('/');
  return entityName(application, service);
}

const sorted = (references: readonly string[]): readonly string[] =>
  [...new Set(references)].sort(compareText);

/** A workload. What prepares a release of another one is no component of its own. */
export function component(workload: WorkloadModel, facts: CatalogFacts): Entity {
  const { model, links, owner, lifecycle } = facts;
  const { application, edges } = model;
  const { name, kind, selector, publication } = workload;
  const own = edges.filter(({ from }) => from === name);
  const targets = (isPublished: boolean): readonly string[] =>
    sorted(
      own
        .filter((edge) => (edge.kind === 'published') === isPublished)
        .map((edge) => targetOf(application, edge)),
    );
  return {
    apiVersion: API_VERSION,
    kind: 'Component',
    metadata: {
      name: entityName(application, name),
      title: name,
      // See https://backstage.io/docs/features/kubernetes/configuration.
      annotations: { 'backstage.io/kubernetes-label-selector': selectorText({ selector }) },
      ...said({ links: linksOf(links, model, workload) }),
    },
    spec: {
      type: TYPES[kind],
      lifecycle,
      owner,
      system: application,
      ...said({
        dependsOn: targets(false),
        providesApis: publication ? [`api:${entityName(application, name)}`] : [],
        consumesApis: targets(true),
      }),
    },
  };
}

/** What a web service publishes to other applications. Its schema is not known here, so the definition says how it is reached. */
export function tryApi(workload: WorkloadModel, facts: CatalogFacts): Entity | undefined {
  const { publication, name } = workload;
  if (!publication) return undefined;
  const { model, owner, lifecycle } = facts;
  const { application } = model;
  const { scheme, servicePort } = publication.contract;
  const to = sorted(publication.to).join(', ');
  return {
    apiVersion: API_VERSION,
    kind: 'API',
    metadata: {
      name: entityName(application, name),
      title: name,
      description: `Published to ${to}`,
    },
    spec: {
      type: scheme,
      lifecycle,
      owner,
      system: application,
      definition: `${scheme}, port ${servicePort} of the Service ${name} in the namespace of ${application}`,
    },
  };
}

const resource = (name: string, type: string, facts: CatalogFacts): Entity => ({
  apiVersion: API_VERSION,
  kind: 'Resource',
  metadata: { name: entityName(facts.model.application, name), title: name },
  spec: { type, owner: facts.owner, system: facts.model.application },
});

/** A backing service. */
export const backing = ({ name, kind }: BackingServiceModel, facts: CatalogFacts): Entity =>
  resource(name, kind, facts);

/** The hosts outside that the application calls. Each application names its own: two files of one entity are refused. */
export const outside = (facts: CatalogFacts): readonly Entity[] =>
  sorted(facts.model.edges.filter(({ kind }) => kind === 'external').map(({ to }) => to)).map(
    (host) => resource(host, 'external-host', facts),
  );
