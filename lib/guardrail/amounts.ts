/** A resource as CEL text: a literal such as `'cpu'`, or a variable that holds one. */
type Resource = string;

/**
 * What container `c` may use of a resource at most, as text; empty when nothing is said. Without `dyn`, cel-go takes what is looked up
 * for a text, because the alternative is one, and finds no `string` for a number.
 */
export const limitOf = (resource: Resource): string =>
  `string(dyn(c.?resources.?limits[?${resource}].orValue('')))`;

/** What container `c` asks for. The server makes a request of a limit that stands alone, so here it is one too. */
export const requestOf = (resource: Resource): string =>
  `string(dyn(c.?resources.?requests[?${resource}].orValue(c.?resources.?limits[?${resource}].orValue(''))))`;

/** True when an amount is a quantity above zero. */
export const isAmount = (amount: string): string =>
  `[${amount}].all(q, isQuantity(q) && quantity(q).isGreaterThan(quantity('0')))`;

/** An amount as it is shown to people. */
export const shownAmount = (amount: string): string =>
  `[${amount}].map(q, q == '' ? 'unset' : q).join('')`;
