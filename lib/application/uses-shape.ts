import {
  custom,
  describe,
  isBackingService,
  isEndpoint,
  isEndpointReference,
  isLater,
  isList,
  isPublishedReference,
  isPublishedService,
  isServiceReference,
  list,
  type Shape,
} from '../foundation';
import { wholeOf } from './text-shape';

/** Whether a value leads to what a workload may depend on. */
export const isTarget = (value: unknown): boolean =>
  [isLater, isEndpoint, isEndpointReference, isPublishedReference, isServiceReference].some(
    (test) => test(value),
  );

const dependencies = list(
  custom(
    (value) => isTarget(value) || isBackingService(value) || isPublishedService(value),
    "a dependency, such as db or external('api.stripe.com')",
  ),
  "a list such as [external('api.stripe.com')]",
);
/** What a workload depends on without a variable of its own. */
export const usesShape: Shape = {
  give: dependencies.give,
  check: (value, path, log) => {
    const one = isList(value) ? undefined : wholeOf(value);
    if (one === undefined) return dependencies.check(value, path, log);
    const found = `${path} is ${describe(value)}, not a list`;
    log.error('PropInvalid', found, `Write ${path}: [${one}]`);
  },
};
