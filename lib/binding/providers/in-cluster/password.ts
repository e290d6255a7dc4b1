import type { ServiceRequest } from '../../../backing-service';
import type { Manifest } from '../../../foundation';
import { generatedPassword, PASSWORD_KEY } from '../generated-password';
import { mappedSecrets } from '../mapped-secrets';

type Request = Pick<ServiceRequest, 'service' | 'labels' | 'namespace'>;

/** The Secret that has the password of a service, and nothing else. */
export const passwordSecret = ({ service }: Pick<Request, 'service'>): string =>
  `${service.name}-password`;

/** A password that nobody has chosen, made once; `labels` are those of the Secret too. */
export const password = (
  request: Pick<Request, 'service' | 'labels'>,
  labels = request.labels,
): readonly Manifest[] => generatedPassword({ name: passwordSecret(request), labels });

/**
 * The Secret of the contract around that password, `{{ .password }}` among its keys. It is written again and again: a key or a host that
 * changes with a release reaches a Secret that is there already.
 */
export const aroundPassword = (
  request: Request,
  name: string,
  keys: Readonly<Record<string, string>>,
): readonly Manifest[] => {
  const password = { secret: passwordSecret(request), key: PASSWORD_KEY };
  return mappedSecrets(`${request.service.name}-secrets`, request, [
    { name, from: { [PASSWORD_KEY]: password }, keys },
  ]);
};
