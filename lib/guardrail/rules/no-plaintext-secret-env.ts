import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

/** Words at the end of a name, or before something that is no letter: `TOKENIZER` and `MAX_TOKENS` hold no secret. */
const SECRET =
  '(password|passwd|passphrase|[_.-]pwd|secret|token|bearer|credentials?|(api|access|private|signing|encryption)[_.-]?key)([^a-z]|$)';
/** What tells where a secret is, or how one is made. */
const ABOUT =
  '[_.-](file|path|dir|url|uri|endpoint|host|name|id|type|issuer|audience|algorithm|header|length|ttl|expiry|expiration|timeout|seconds|minutes|hours|days|enabled|required)$';
const name = "e.?name.orValue('').lowerAscii()";
const value = "e.?value.orValue('')";
/** A literal: neither empty nor another variable. */
const isTelling = `${name}.matches('${SECRET}') && !${name}.matches('${ABOUT}') && !${value}.matches('^([$][(][-._a-zA-Z0-9]+[)])?$')`;
/** A URL with a password, or a key, under whatever name. Looked for in this order, as patterns on long values are dear to the server. */
const isSecret = `(${value}.contains('://') && ${value}.matches('://[^/:@]*:[^/@$]+@')) || ${value}.contains(' PRIVATE KEY-----')`;
const secrets = `c.?env.orValue([]).filter(e, (${isTelling}) || ${isSecret})`;
const broken = `${secrets}.size() > 0`;

export const noPlaintextSecretEnv = celRule({
  id: 'no-plaintext-secret-env',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'literal secrets: ' + ${containersWhere(broken, `${secrets}.map(e, e.?name.orValue('?')).join(', ')`)}`,
  why: 'A secret in a manifest is a secret in git, and in every backup of the cluster.',
  fix: "Give the variable secret('stripe-key'), or valueFrom.secretKeyRef in a plain manifest, and replace the secret",
  references: { cis: '5.4.1', nsa: 'Secrets handling' },
  equivalents: {
    'kube-linter': ['env-var-secret'],
    polaris: ['sensitiveContainerEnvVar'],
    kubescape: ['C-0012'],
  },
});
