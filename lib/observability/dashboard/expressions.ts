import { NAMESPACE_INFO, series, type Labels } from '../promql';

/** The environment that is looked at. */
export const HERE: Labels = { environment: '$environment' };

/** The namespaces of an application in the environment that is looked at. */
export const info = (application: string, more: Labels = HERE): string =>
  series({ metric: NAMESPACE_INFO, is: { application, ...more } });

/** Values by namespace, of the application and the environment that are looked at alone. */
export const here = (application: string, expression: string): string =>
  `(${expression})\n* on (namespace) group_left () ${info(application)}`;

/** The recordings of an application, or of one of its services. */
export const recorded = (metric: string, is: Labels): string =>
  series({ metric, is: { ...is, ...HERE } });

/** One for each alert that fires. */
export const firing = (is: Labels): string =>
  series({ metric: 'ALERTS', is: { alertstate: 'firing', ...is, ...HERE } });

/** A sum that is zero where there is nothing. */
export const count = (expression: string): string => `sum(${expression}) or vector(0)`;

/** Where a cell with the identity of a dashboard leads to: the same environment, source and time. */
export const DASHBOARD_LINK =
  '/d/${__value.raw}?${datasource:queryparam}&${environment:queryparam}&${__url_time_range}';
