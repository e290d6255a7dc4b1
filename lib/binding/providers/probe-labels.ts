import type { ServiceRequest } from '../../backing-service';

/** By which labels of its target a probe belongs to a backing service here, and to none of the same name elsewhere. */
export const probeLabels = ({
  application,
  environment,
  service,
}: Pick<ServiceRequest, 'application' | 'environment' | 'service'>): Readonly<
  Record<string, string>
> => ({ application, environment, service: service.name });
