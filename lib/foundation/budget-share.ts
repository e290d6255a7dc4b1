/**
 * Of an error budget of which more than all was used, how much that is: `overspent: 240 % of the budget used`. “0 % left” would hide it.
 * @param left - the share that is left: 1 of an untouched one, below 0 of an overspent one
 * @returns undefined where it is not overspent
 */
export const overspentText = (left: number): string | undefined =>
  left < 0 ? `overspent: ${Math.round((1 - left) * 100)} % of the budget used` : undefined;
