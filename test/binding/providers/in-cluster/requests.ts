import type { Provided } from '../../../../lib/backing-service';
import type { ServiceKind } from '../../../../lib/foundation';
import { inCluster, type InClusterProps } from '../../../../lib';
import * as requests from '../requests';

/** What inCluster() is asked for. */
export interface Wish extends requests.Wish {
  readonly options?: InClusterProps;
}

/** What inCluster() makes. */
export const supplied = (kind: ServiceKind, { options, ...wish }: Wish = {}): Provided =>
  requests.provided(inCluster(options), kind, wish);

/** Why inCluster() makes nothing, as one line for each reason. */
export const refusals = (kind: ServiceKind, { options, ...wish }: Wish = {}): readonly string[] =>
  requests.refusals(inCluster(options), kind, wish);
