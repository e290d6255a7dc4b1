export { sizesPage, type PageOrigin } from './page';
