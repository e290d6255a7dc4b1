import { celList } from '../cel';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const wanted = celList(
  ['name', 'instance', 'part-of', 'managed-by'].map((label) => `app.kubernetes.io/${label}`),
);
const missing = `${wanted}.filter(k, variables.labels[?k].orValue('') == '')`;

export const recommendedLabels = celRule({
  id: 'recommended-labels',
  severity: 'warning',
  pack: 'golden-path',
  kinds: [...podKinds, 'Service'],
  expression: `${missing}.size() == 0`,
  message: `'missing labels: ' + ${missing}.join(', ')`,
  why: 'Alerts, bills and reports find the owner of an object by its labels, or not at all.',
  fix: 'Use the constructs of this library, which set them; in a plain manifest, add the labels to metadata.labels, and in a controller to the pod template too',
  equivalents: { polaris: ['metadataAndInstanceMismatched'], kubescape: ['C-0077'] },
});
