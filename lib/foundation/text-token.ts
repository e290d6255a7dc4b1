import { tryNamed } from './named';
import { isText } from './names';
import { isEndpointReference, type EndpointReference, type SecretData } from './reference';
import type { Misplaced } from './reference-token';

const TOKEN = /golden_path_reference_([\da-f]*)__/gi;
const TRACE = /golden_path_reference_/i;

/** A reference found inside a text. */
export type TextToken =
  | { readonly kind: 'endpoint'; readonly reference: EndpointReference }
  | { readonly kind: 'secret'; readonly secret: string; readonly key: string }
  | { readonly kind: 'published'; readonly published: string }
  | ({ readonly kind: 'object' } & Misplaced)
  | { readonly kind: 'unreadable' };

/** Whether a text holds a reference. */
export const hasTokens = (text: string): boolean => TRACE.test(text);

/** Whether a value is text without a reference in it. */
export const isLiteral = (value: unknown): value is string => isText(value) && !hasTokens(value);

/** Replaces each reference in a text. */
export function replaceTokens(text: string, replace: (token: TextToken) => string): string {
  const replaced = text.replace(TOKEN, (_, body: string) => replace(readToken(body)));
  // A marker that was cut or changed.
  return TRACE.test(replaced) ? replace({ kind: 'unreadable' }) : replaced;
}

function readToken(body: string): TextToken {
  try {
    const data = JSON.parse(Buffer.from(body, 'hex').toString()) as Partial<EndpointReference> &
      Partial<SecretData> &
      Partial<Misplaced> & { readonly published?: unknown };
    if (typeof data.object === 'string' && typeof data.instead === 'string') {
      return { kind: 'object', object: data.object, instead: data.instead };
    }
    if (typeof data.published === 'string') {
      return { kind: 'published', published: data.published };
    }
    if (typeof data.secret === 'string' && typeof data.key === 'string') {
      return { kind: 'secret', secret: data.secret, key: data.key };
    }
    const reference = { reference: 'endpoint' as const, ...data };
    if (isEndpointReference(reference)) return { kind: 'endpoint', reference };
  } catch {
    // Not written by this library: reported as unreadable.
  }
  return { kind: 'unreadable' };
}

/** What the references in a text are, in words. */
export function heldIn(text: string): string {
  const held: string[] = [];
  replaceTokens(text, (token) => {
    held.push(heldBy(token));
    return '';
  });
  return [...new Set(held)].join(' and ');
}

/** What a reference in a text is, in words. */
function heldBy(token: TextToken): string {
  switch (token.kind) {
    case 'endpoint':
      return tryNamed(token.reference)?.what ?? 'a reference';
    case 'secret':
      return `the secret ${token.secret}`;
    case 'published':
      return `the address of ${token.published}`;
    case 'object':
      return token.object;
    case 'unreadable':
      return 'a reference that leads nowhere';
  }
}

/** A text that people read, with words in place of references. */
export const readable = (text: string): string => replaceTokens(text, heldBy);
