import { containersWhere, joined, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const variables = 'c.?env.orValue([]).filter(e, e.?valueFrom.?secretKeyRef.hasValue())';
const sources = 'c.?envFrom.orValue([]).filter(e, e.?secretRef.hasValue())';
const broken = `${variables}.size() + ${sources}.size() > 0`;
const found = joined(
  `${variables}.map(e, e.?name.orValue('?'))`,
  `${sources}.map(e, 'all of ' + e.?secretRef.?name.orValue('?'))`,
);

export const secretsAsFiles = celRule({
  id: 'secrets-as-files',
  severity: 'info',
  pack: 'strict',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'secrets in the environment: ' + ${containersWhere(broken, found)}`,
  why: 'Files change with their Secret and do not leak by crash reports and child processes, as variables do.',
  fix: "Give files: { '/etc/keys/signing.pem': secret('signing-key') }; in a plain manifest, mount the Secret as a volume",
  references: { cis: '5.4.1' },
  equivalents: {
    'kube-linter': ['read-secret-from-env-var'],
    checkov: ['CKV_K8S_35'],
    kubescape: ['C-0207'],
  },
});
