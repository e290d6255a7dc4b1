import {
  isPublishedReference,
  isPublishedService,
  softPublished,
  softPublishedReference,
  type PublishedReference,
  type PublishedService,
} from './published';
import {
  endpoint,
  endpointReference,
  isEndpoint,
  isLater,
  isObject,
  later,
  type Endpoint,
  type EndpointReference,
  type Later,
  type Target,
} from './reference';
import {
  isBackingService,
  isServiceReference,
  softService,
  softServiceReference,
  type BackingService,
  type ServiceReference,
} from './service-reference';

/** Marks a dependency that the caller survives without: it is never the reason why the caller fails. */
export function soft(reference: EndpointReference): EndpointReference;
export function soft(endpoint: Endpoint): Endpoint;
export function soft(reference: ServiceReference): ServiceReference;
export function soft(service: BackingService): BackingService;
export function soft(reference: PublishedReference): PublishedReference;
export function soft(service: PublishedService): PublishedService;
export function soft(later: Later): Later;
export function soft(given: Target | Later): Target | Later {
  if (isLater(given)) return later(() => soft(given.get() as Endpoint));
  if (isEndpoint(given)) return endpoint(given.address.target, true);
  if (isServiceReference(given)) return softServiceReference(given);
  if (isBackingService(given)) return softService(given);
  if (isPublishedReference(given)) return softPublishedReference(given);
  if (isPublishedService(given)) return softPublished(given);
  // Anything else is reported where it is used.
  const { target, part } = (isObject(given) ? given : {}) as unknown as EndpointReference;
  return endpointReference(target, part, true);
}
