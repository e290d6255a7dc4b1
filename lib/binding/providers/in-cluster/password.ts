import type { ExternalSecretSpec } from '../../../../imports/external-secrets.io';
import type { PasswordSpec } from '../../../../imports/generators.external-secrets.io';
import type { Manifest, Plain } from '../../../foundation';
import { RELOAD } from '../../settings';

/** A Secret around a password that nobody has chosen. */
export interface PasswordFacts {
  /** The name of the generator and of the ExternalSecret. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The Secret that is written. */
  readonly secret: string;
  /** Its keys; `{{ .password }}` stands for the password. */
  readonly data: Readonly<Record<string, string>>;
}

/** Letters and digits alone: in a URL nothing needs escaping. */
const ALPHABET: Plain<PasswordSpec> = {
  length: 32,
  digits: 8,
  symbols: 0,
  noUpper: false,
  allowRepeat: true,
};

/**
 * Generates a password once, and writes it in the shape of the contract. `CreatedOnce`, because the generator gives another one at each
 * refresh; a Secret that somebody deletes is written anew, with another password.
 * @see https://external-secrets.io/latest/api/generator/password/
 */
export function password({ name, labels, secret, data }: PasswordFacts): readonly Manifest[] {
  const apiVersion = 'generators.external-secrets.io/v1alpha1';
  const metadata = { name, labels };
  const spec: Plain<ExternalSecretSpec> = {
    refreshPolicy: 'CreatedOnce',
    target: {
      name: secret,
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      template: {
        engineVersion: 'v2',
        mergePolicy: 'Replace',
        metadata: { labels, annotations: RELOAD },
        data,
      },
    },
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion, kind: 'Password', name } } }],
  };
  return [
    { apiVersion, kind: 'Password', metadata, spec: ALPHABET },
    { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata, spec },
  ];
}
