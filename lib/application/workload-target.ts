import type { EndpointReference, ServiceData } from '../foundation';

/** What a workload depends on. */
export type WorkloadTarget = EndpointReference | ServiceData;
