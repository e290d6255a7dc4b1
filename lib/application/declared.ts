import type { IConstruct } from 'constructs';
import type { Captured } from '../foundation';

/** Where constructs were made in TypeScript. */
const declared = new WeakMap<IConstruct, Captured>();

/** Remembers where a construct was made. */
export const remember = (construct: IConstruct, source: Captured): void => {
  declared.set(construct, source);
};

/** Where a construct was made, as the end of a clause; empty when that is not known. */
export function declaredAt(construct: IConstruct | undefined): string {
  const source = construct && declared.get(construct)?.resolve();
  return source ? `, declared at ${source.file}:${source.line}` : '';
}
