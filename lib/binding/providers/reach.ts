import type { Reach } from '../../backing-service';
import { networkPolicyPeer } from '../../environment';

/** Address blocks, on ports. */
export const reachOf = (cidrs: readonly string[], ports: readonly number[]): readonly Reach[] => [
  { to: [...new Set(cidrs)].map((cidr) => networkPolicyPeer({ cidr })), ports },
];
