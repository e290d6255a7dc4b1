import type { ServiceRequest } from '../../backing-service';

/** Whether a second instance stands by: from size M on, where the environment has room for two. */
export const wantsStandby = ({ service, instances }: ServiceRequest): boolean =>
  ['M', 'L', 'XL'].includes(service.size) && instances(2) > 1;
