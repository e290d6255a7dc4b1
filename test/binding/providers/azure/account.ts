import { azure } from '../../../../lib';
import { azureAccount } from '../../../accounts';
import type { ServiceKind } from '../../../../lib/foundation';
import type { Wish } from '../requests';

export const here = azure(azureAccount);
/** The one version of Redis that Azure has. */
export const six: Wish = { props: { version: 6 } };
export const wishFor = (kind: ServiceKind): Wish => (kind === 'redis' ? six : {});
