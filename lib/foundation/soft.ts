import { callChange, changedTerms, type CallProps, type TermsChange } from './call';
import {
  changedPublished,
  changedPublishedReference,
  isPublishedReference,
  isPublishedService,
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
  changedService,
  changedServiceReference,
  isBackingService,
  isServiceReference,
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
  return changed(given, { soft: true });
}

/**
 * Says how a dependency is called: `call(cart.address, { timeout: '2s', attempts: 3 })`. It changes no manifest. The synthesis warns where
 * somebody gives up sooner than what it waits for may take, and where retries of several services multiply.
 */
export function call(reference: EndpointReference, props: CallProps): EndpointReference;
export function call(endpoint: Endpoint, props: CallProps): Endpoint;
export function call(reference: ServiceReference, props: CallProps): ServiceReference;
export function call(service: BackingService, props: CallProps): BackingService;
export function call(reference: PublishedReference, props: CallProps): PublishedReference;
export function call(service: PublishedService, props: CallProps): PublishedService;
export function call(later: Later, props: CallProps): Later;
export function call(given: Target | Later, props: CallProps): Target | Later {
  return changed(given, callChange(props));
}

/** The same dependency, used in another way. */
function changed(given: Target | Later, change: TermsChange): Target | Later {
  if (isLater(given)) return later(() => changed(given.get(), change) as Target);
  if (isEndpoint(given)) {
    return endpoint(given.address.target, changedTerms(given.address, change));
  }
  if (isServiceReference(given)) return changedServiceReference(given, change);
  if (isBackingService(given)) return changedService(given, change);
  if (isPublishedReference(given)) return changedPublishedReference(given, change);
  if (isPublishedService(given)) return changedPublished(given, change);
  // Anything else is reported where it is used.
  const reference = (isObject(given) ? given : {}) as unknown as EndpointReference;
  const { target, part, soft: isSoft, call: said } = reference;
  const terms = { soft: isSoft, ...(said !== undefined && { call: said }) };
  return endpointReference(target, part, changedTerms(terms, change));
}
