import type { ServiceRequest } from '../../backing-service';
import type { ServiceSize } from '../../foundation';

/** Whether a size asks for more than one instance. */
export const isLarge = (size: ServiceSize): boolean => size !== 'XS' && size !== 'S';

/** Whether a second instance stands by: where the size asks for it, and the environment has room for two. */
export const wantsStandby = ({ service, instances }: ServiceRequest): boolean =>
  isLarge(service.size) && instances(2) > 1;
