declare const opaque: unique symbol;
/** `symbol` makes a template literal and `+` a compile error; at run time it is a frozen object. */
export type NotText = symbol & { readonly [opaque]: 'this cannot become text' };
