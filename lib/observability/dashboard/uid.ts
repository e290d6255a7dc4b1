import { shortName } from '../../foundation';

/** Grafana takes no longer ones. */
const LONGEST_UID = 40;

/**
 * The identity of a dashboard, and the end of its address: `<application>_<service>`, and `<application>` for the one of the whole. No name
 * holds `_`, so no two are the same. Above 40 characters the end gives way to a hash.
 */
export const dashboardUid = (application: string, service?: string): string =>
  shortName(service === undefined ? application : `${application}_${service}`, LONGEST_UID);
