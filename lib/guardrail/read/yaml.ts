import { Composer, Lexer, Parser, type CST, type Document } from 'yaml';
import { describe, oneLine } from '../../foundation';
import { MOST_LEVELS, tooDeep, type Flaw, type ParsedDocument } from './document';
import { YamlValue } from './yaml-value';

/** 10 MB of common manifests have some 2.3 million tokens, and each takes up to 500 bytes while it is parsed. */
const MOST_TOKENS = { document: 2_500_000, file: 5_000_000 } as const;
const LONGEST = 200;

/** Parses every document of a YAML text. The limits are checked before the parser needs stack or memory for what is beyond them. */
export function parseYaml(text: string): readonly ParsedDocument[] {
  const depth = Error.stackTraceLimit;
  // The parser makes an error object for everything it meets, each with a stack.
  Error.stackTraceLimit = 0;
  try {
    return [...documentsOf(text)];
  } finally {
    Error.stackTraceLimit = depth;
  }
}

function* documentsOf(text: string): Generator<ParsedDocument> {
  // All scalars stay text: what they mean to Kubernetes is decided here, not by the version of YAML.
  const composer = new Composer({
    ...{ schema: 'failsafe', resolveKnownTags: false, logLevel: 'silent' },
    ...{ uniqueKeys: false, prettyErrors: false },
  });
  for (const token of tokensOf(text)) {
    const flaw = flawOf(token);
    if (flaw) yield broken(flaw);
    else if (!('found' in token))
      for (const document of composer.next(token)) yield parsed(document, text);
  }
  for (const document of composer.end()) yield parsed(document, text);
}

function* tokensOf(text: string): Generator<CST.Token | Flaw> {
  const parser = new Parser();
  const count = { document: 0, file: 0 };
  for (const lexeme of new Lexer().lex(text)) {
    count.document++;
    count.file++;
    if (count.document > MOST_TOKENS.document || count.file > MOST_TOKENS.file) {
      const what = count.file > MOST_TOKENS.file ? 'the file' : 'one document';
      const found = `${what} has more parts than can be read`;
      yield { offset: parser.offset, found, fix: 'Split it into several files' };
      return;
    }
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document') count.document = 0;
      yield token;
    }
  }
  yield* parser.end();
}

/**
 * Walks the tokens without recursion. The composer recurses, and near the end of the stack V8 ends the process; and it makes an error
 * of each unsound escape, of which one string can hold millions.
 */
function flawOf(document: CST.Token | Flaw): Flaw | undefined {
  if ('found' in document) return document;
  let level: readonly CST.Token[] = [];
  if (document.type === 'document' && document.value) level = [document.value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return tooDeep(document.offset);
    const next: CST.Token[] = [];
    for (const token of level) {
      const flaw = token.type === 'double-quoted-scalar' ? badEscape(token) : undefined;
      if (flaw) return flaw;
      if ('items' in token) for (const item of token.items) next.push(...inside(item));
    }
    level = next;
  }
  return undefined;
}

const ESCAPE =
  /\\(?:[0abtnvfre "/\\N_LP\t\r\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4})/y;

function badEscape({ offset, source }: CST.FlowScalar): Flaw | undefined {
  for (let at = source.indexOf('\\'); at !== -1; at = source.indexOf('\\', ESCAPE.lastIndex)) {
    ESCAPE.lastIndex = at;
    if (ESCAPE.test(source)) continue;
    const found = `a string has the escape ${describe(source.slice(at, at + 2))}, which YAML has not`;
    return { offset: offset + at, found, fix: 'Mend the escape, or use single quotes' };
  }
  return undefined;
}

const inside = (item: CST.CollectionItem): readonly CST.Token[] =>
  [item.key, item.value].filter((token) => token !== undefined && token !== null);

const broken = (flaw: Flaw): ParsedDocument => ({
  value: undefined,
  offset: flaw.offset,
  offsets: new Map(),
  flaws: [flaw],
});

function parsed({ errors, contents, range }: Document.Parsed, text: string): ParsedDocument {
  const [error] = errors;
  if (error) {
    const found = `the YAML cannot be parsed: ${oneLine(error.message, LONGEST)}`;
    return broken({ offset: error.pos[0], found, fix: fixOf(error.code, text) });
  }
  const data = new YamlValue(contents);
  const value = data.convert();
  return { value, offset: contents?.range[0] ?? range[0], ...pick(data) };
}

const pick = ({ offsets, flaws }: YamlValue): Pick<ParsedDocument, 'offsets' | 'flaws'> => ({
  offsets,
  flaws,
});

/** What cannot be parsed and has braces in braces is most often a template. */
function fixOf(code: string, text: string): string {
  if (/\{\{.*\}\}/.test(text)) {
    return 'If it is a template, render it first: helm template . | golden-path check -';
  }
  return code === 'TAB_AS_INDENT' ? 'Indent with spaces' : 'Mend the YAML';
}
