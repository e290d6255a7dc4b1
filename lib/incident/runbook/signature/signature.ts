import type { WorkloadFacts } from '../facts';
import { joined, sh } from '../markdown';

/** How one kind of failure looks, and what it asks for. */
export interface Signature {
  /** In a few words. */
  readonly looks: string;
  readonly commands?: readonly string[];
  /** A block with an expression. */
  readonly asks?: string;
  /** What one finds, and what follows: one line each. */
  readonly then: readonly string[];
}

/** The signatures of some alerts, by their names. */
export type Signatures = Readonly<Record<string, (facts: WorkloadFacts) => Signature>>;

export const renderSignature = (
  heading: string,
  { looks, commands = [], asks = '', then }: Signature,
): string =>
  joined(
    `### ${heading}`,
    looks,
    commands.length > 0 ? sh(...commands) : '',
    asks,
    then.map((each) => `- ${each}`).join('\n'),
  );
