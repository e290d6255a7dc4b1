import type { PasswordSpec } from '../../../imports/generators.external-secrets.io';
import type { Manifest, Metadata, Plain } from '../../foundation';
import { externalSecret, type SecretSource } from '../made-secret';

const GENERATORS = 'generators.external-secrets.io/v1alpha1';

/** The key of the password in a Secret with nothing else. */
export const PASSWORD_KEY = 'password';

/** Letters and digits alone: in a URL nothing needs escaping. Enough digits for the clouds that ask for several kinds of characters. */
const SPEC: Plain<PasswordSpec> = {
  length: 32,
  digits: 8,
  symbols: 0,
  noUpper: false,
  allowRepeat: true,
};

/**
 * What makes passwords up.
 * @see https://external-secrets.io/latest/api/generator/password/
 */
export const passwordGenerator = (metadata: Metadata): Manifest => ({
  apiVersion: GENERATORS,
  kind: 'Password',
  metadata,
  spec: SPEC,
});

/** A Secret around a password, `{{ .password }}`, that a generator made up. Whoever deletes the Secret gets another password. */
export const generatedSecret = (
  metadata: Metadata,
  generator: string,
  secret: Required<Pick<SecretSource, 'keys'>> & Pick<SecretSource, 'creationPolicy'>,
): Manifest =>
  externalSecret(metadata, {
    // Every refresh would make another one.
    refreshPolicy: 'CreatedOnce',
    refreshInterval: '1h0m0s',
    dataFrom: [
      {
        sourceRef: { generatorRef: { apiVersion: GENERATORS, kind: 'Password', name: generator } },
      },
    ],
    ...secret,
  });

/** A password that is made up once, in a Secret of the same name. */
export const generatedPassword = (
  metadata: Metadata,
  keys: Readonly<Record<string, string>> = { [PASSWORD_KEY]: '{{ .password }}' },
): readonly Manifest[] => [
  passwordGenerator(metadata),
  generatedSecret(metadata, metadata.name, { keys }),
];
