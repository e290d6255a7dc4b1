import { compareText, renderYaml, type ApplicationModel } from '../../foundation';
import type { Links } from '../../observability';
import { CATALOG } from '../check-platform';
import type { RenderedFiles } from '../rendering';
import { backing, component, outside, system, tryApi, type CatalogFacts } from './entities';
import type { Entity } from './entity';
import type { CatalogOptions } from './options';

/** The entities of one application, in an order that stays. */
function entitiesOf(facts: CatalogFacts): readonly Entity[] {
  const { workloads, services } = facts.model;
  const lasting = workloads
    .filter(({ kind }) => kind !== 'migration')
    .sort((a, b) => compareText(a.name, b.name));
  const backed = [...services].sort((a, b) => compareText(a.name, b.name));
  return [
    system(facts),
    ...lasting.map((workload) => component(workload, facts)),
    ...lasting.flatMap((workload) => tryApi(workload, facts) ?? []),
    ...backed.map((service) => backing(service, facts)),
    ...outside(facts),
  ];
}

/** What Backstage reads of each application: `catalog/<application>/catalog-info.yaml`. */
export function writeCatalog(
  catalog: boolean | CatalogOptions,
  links: Links = {},
  models: readonly ApplicationModel[],
  { files }: RenderedFiles,
): void {
  if (catalog === false) return;
  const { owner = 'group:{owner}', lifecycle = 'production' } = catalog === true ? {} : catalog;
  for (const model of models) {
    const facts = { model, links, lifecycle, owner: owner.replace('{owner}', model.owner) };
    files.set(`${CATALOG}/${model.application}/catalog-info.yaml`, renderYaml(entitiesOf(facts)));
  }
}
