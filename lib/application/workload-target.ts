import type { EndpointReference, PublishedData, ServiceData } from '../foundation';

/** What a workload depends on. */
export type WorkloadTarget = EndpointReference | PublishedData | ServiceData;
