import type { ExternalSecretSpec } from '../../../imports/external-secrets.io';
import type { PasswordSpec } from '../../../imports/generators.external-secrets.io';
import type { Manifest, Metadata, Plain } from '../../foundation';

const GENERATORS = 'generators.external-secrets.io/v1alpha1';

/** The key of the password in the Secret that is made. */
export const PASSWORD_KEY = 'password';

/**
 * A password that External Secrets makes once, in a Secret of the same name. Letters and digits alone, so that it needs no escaping in a
 * URL; enough digits for the clouds that ask for several kinds of characters.
 * @see https://external-secrets.io/latest/api/generator/password/
 */
export function generatedPassword(metadata: Metadata): readonly Manifest[] {
  const { name, labels = {} } = metadata;
  const password: Plain<PasswordSpec> = {
    length: 32,
    digits: 8,
    symbols: 0,
    noUpper: false,
    allowRepeat: true,
  };
  const generatorRef = { apiVersion: GENERATORS, kind: 'Password', name } as const;
  const spec: Plain<ExternalSecretSpec> = {
    // Every refresh would make another one.
    refreshPolicy: 'CreatedOnce',
    refreshInterval: '1h0m0s',
    target: {
      name,
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      template: {
        metadata: { labels },
        data: { [PASSWORD_KEY]: `{{ .${PASSWORD_KEY} }}` },
      },
    },
    dataFrom: [{ sourceRef: { generatorRef } }],
  };
  return [
    { apiVersion: GENERATORS, kind: 'Password', metadata, spec: password },
    { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata, spec },
  ];
}
