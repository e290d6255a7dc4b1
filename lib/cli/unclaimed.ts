import type { UnclaimedSizes } from '../platform';

/** Says which applications of a sizing lock this output does not have: whoever renamed or removed one learns of it here. */
export const unclaimedText = ({ file, applications }: UnclaimedSizes): string =>
  `warning: ${file} has sizes of ${applications.join(', ')}, which this output does not have. Delete applications.${applications.join(' and applications.')} from it, unless another project uses it.\n`;
