import type { Provided, Refusal } from '../../../../lib/backing-service';
import type { DeletionPolicy } from '../../../../lib/foundation';
import { aws, type NamedSize } from '../../../../lib';
import { awsAccount } from '../../../accounts';
import * as requests from '../requests';

/** What aws() supplies. */
export const kinds = ['postgres', 'mysql', 'redis', 'rabbitmq', 'bucket'] as const;
export type Offered = (typeof kinds)[number];

/** Props as a team writes them. */
interface Props {
  readonly [key: string]: unknown;
  readonly size?: NamedSize;
  readonly deletionPolicy?: DeletionPolicy;
}

const wishOf = ({ size, deletionPolicy, ...props }: Props, room = 10): requests.Wish => ({
  props,
  ...(size && { size: size.size }),
  ...(deletionPolicy && { deletionPolicy }),
  facts: { instances: (wanted) => Math.min(wanted, room) },
});

/** What aws() provides. Fails when it refuses. */
export const provided = (
  kind: Offered,
  own: Props = {},
  facts = awsAccount,
  room?: number,
): Provided => requests.provided(aws(facts), kind, wishOf(own, room));

/** Why aws() refuses. */
export const refused = (
  kind: Offered,
  own: Props = {},
  facts = awsAccount,
  room?: number,
): readonly Refusal[] => requests.refused(aws(facts), kind, wishOf(own, room));

/** What a managed resource says of the cloud's object. */
export const forProvider = (made: Provided, kind: string): Record<string, unknown> =>
  requests.specOf(made, kind).forProvider as Record<string, unknown>;
