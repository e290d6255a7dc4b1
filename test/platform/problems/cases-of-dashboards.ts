import { Dashboards, Signals } from '../../../lib';
import { bound, untyped, type Case, type Cases } from './making';

const chosen = (dashboards: unknown): Case =>
  bound({}, {}, { signals: Signals.istio(), dashboards });
const choice =
  'Give Dashboards.configMaps(), Dashboards.grafanaOperator({ instanceSelector }) or false';

/** What can be wrong with the way in which dashboards come to Grafana. */
export const casesOfDashboards: Cases = {
  PropInvalid: [
    [
      chosen('configMaps'),
      `PropInvalid at platform: defaults.dashboards is 'configMaps'. ${choice}.`,
    ],
    [
      chosen(Dashboards.grafanaOperator(untyped({ instanceSelector: { a: 'b' }, folder: '' }))),
      "PropInvalid at platform: defaults.dashboards.folder is ''. Give the name of a folder such as '{application}'.",
    ],
  ],
  PropMissing: [
    [
      chosen(Dashboards.grafanaOperator(untyped(undefined))),
      "PropMissing at platform: defaults.dashboards.instanceSelector is missing. Give the labels of the Grafana, such as { dashboards: 'grafana' }.",
    ],
  ],
  PropUnknown: [
    [
      chosen(Dashboards.configMaps(untyped({ labels: { a: 'b' } }))),
      'PropUnknown at platform: there is no prop defaults.dashboards.labels. Write label.',
    ],
  ],
  LabelInvalid: [
    [
      chosen(Dashboards.configMaps({ label: {} })),
      "LabelInvalid at platform: defaults.dashboards.label is {}. Give labels such as { grafana_dashboard: '1' }.",
    ],
    [
      chosen(Dashboards.configMaps(untyped({ folder: 'shop' }))),
      "LabelInvalid at platform: defaults.dashboards.folder is 'shop'. Give annotations such as { grafana_folder: '{application}' }.",
    ],
  ],
};
