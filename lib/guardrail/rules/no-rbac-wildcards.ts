import { celRule } from '../rule';

/** The server has null where no rules are, as in a ClusterRole that is aggregated; asked for its first rule, null has none. */
const rules = '(dyn(object).?rules[?0].hasValue() ? dyn(object).rules : [])';

const fields = "['apiGroups', 'resources', 'verbs', 'nonResourceURLs']";
/** The asterisk itself, and one that stands for every resource with some subresource. One at the end of a path names something. */
const wild = `r[?f].orValue([]).exists(v, v == '*' || v.startsWith('*/'))`;
const broken = `${rules}.filter(r, ${fields}.exists(f, ${wild}))`;

export const noRbacWildcards = celRule({
  id: 'no-rbac-wildcards',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['Role', 'ClusterRole'],
  expression: `${broken}.size() == 0`,
  message: `'wildcards in its rules: ' + ${broken}.map(r, ${fields}.filter(f, ${wild}).map(f, f + ' ' + r[?f].orValue([]).join(' ')).join(', ')).join('; ')`,
  why: 'A wildcard grants what exists today and whatever is installed tomorrow.',
  fix: 'Name the API groups, resources and verbs that are needed',
  references: { cis: '5.1.3' },
  equivalents: {
    'kube-linter': ['wildcard-in-rules'],
    trivy: ['KSV-0044', 'KSV-0045', 'KSV-0046'],
    checkov: ['CKV_K8S_49'],
  },
});
