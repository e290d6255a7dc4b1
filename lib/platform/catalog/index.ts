export { writeCatalog } from './catalog-files';
export { catalogShape, type CatalogOptions } from './options';
