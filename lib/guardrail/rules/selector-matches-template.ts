import { serverKinds } from '../kinds';
import { celRule } from '../rule';

const selector = 'variables.spec.?selector';
const label = 'variables.podTemplate.?metadata.?labels';
const wanted = `${selector}.?matchLabels.orValue({})`;
const expressions = `${selector}.?matchExpressions.orValue([])`;

/** The labels that the template has not; both sides as texts, so that an empty value is not a missing label. */
const lacking = `${wanted}.filter(k, !${label}[?k].hasValue() || ${label}[?k].orValue('') != ${wanted}[?k].orValue(''))`;

const key = "e.?key.orValue('')";
const operator = "e.?operator.orValue('')";
const has = `${label}[?${key}].hasValue()`;
const holds = `${has} && ${label}[?${key}].orValue('') in e.?values.orValue([])`;
const failing = `${expressions}.filter(e, !(${operator} == 'In' ? ${holds} : (${operator} == 'NotIn' ? !(${holds}) : (${operator} == 'Exists' ? ${has} : ${operator} == 'DoesNotExist' && !${has}))))`;
const isEmpty = `${wanted}.size() + ${expressions}.size() == 0`;

/** The server refuses such an object too, but only when it is applied. */
export const selectorMatchesTemplate = celRule({
  id: 'selector-matches-template',
  severity: 'error',
  pack: 'golden-path',
  kinds: serverKinds,
  expression: `!(${isEmpty}) && ${lacking}.size() + ${failing}.size() == 0`,
  message: `${isEmpty} ? 'the selector is empty' : 'the selector misses the pods of its template: ' + (${lacking}.map(k, k + '=' + ${wanted}[?k].orValue('')) + ${failing}.map(e, ([${key}, ${operator}] + e.?values.orValue([])).join(' '))).join(', ')`,
  why: 'A selector that misses its own pods is refused when it is applied, in the middle of a rollout.',
  fix: 'Remove the patch of selector or labels; in a plain manifest, put the labels of spec.selector on spec.template too',
  equivalents: {
    'kube-score': ['deployment-pod-selector-labels-match-template-metadata-labels'],
    'kube-linter': ['mismatching-selector'],
    kubescape: ['C-0296'],
  },
});
