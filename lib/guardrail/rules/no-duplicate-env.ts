import { containersWhere } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const names = "c.?env.orValue([]).map(e, e.?name.orValue(''))";
const twice = `[${names}].map(n, n.filter(x, !n.exists_one(y, y == x)).join(', ')).join('')`;

/**
 * Each name is compared with every other one of its container, as a set cannot be made in the CEL of 1.30. A pair costs three units where
 * names have up to 10 letters, four up to 20, five up to 30: so 440 variables of 30 letters stay within the million units that one
 * expression may use, in all containers of the pod together. Beyond that the server refuses the object unjudged.
 */
export const noDuplicateEnv = celRule({
  id: 'no-duplicate-env',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  expression: `variables.appAndInit.all(c, [${names}].all(n, n.all(x, n.exists_one(y, y == x))))`,
  message: `'variables set more than once: ' + ${containersWhere(`${twice} != ''`, twice, 'appAndInit')}`,
  why: 'The last one wins without a word, and server-side apply refuses the object.',
  fix: 'Remove one of the two; env of our constructs is a map, so look in the patch or the plain manifest',
  equivalents: {
    'kube-score': ['environment-variable-key-duplication'],
    'kube-linter': ['duplicate-env-var'],
    kubescape: ['C-0295'],
  },
});
