import { RE2JS } from 're2js';

const known = new Map<string, RE2JS>();

/** A pattern, compiled once by an engine that takes linear time. Throws when RE2 refuses it. */
export function compiledPattern(text: string): RE2JS {
  const pattern = known.get(text) ?? RE2JS.compile(text);
  known.set(text, pattern);
  return pattern;
}
