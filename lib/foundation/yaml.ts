import { Document } from 'yaml';

const MAX_DEPTH = 2000;
const MAX_IMPLICIT_KEY = 1024;
const SHOWN_KEYS = 20;
/** A regular expression with a choice in its loop runs out of stack on megabytes. */
const MAX_PLAIN = 100_000;

/** A string that every reader takes for the same string, on one line and without quotes. */
const PLAIN =
  /^(?!(?:y|n|yes|no|on|off|true|false|null|-?e[-+_\d]*)$)(?:[a-z_/$(]|::[\da-f/]|--?[a-z]|\d+[acdf-np-wyz%]|\d+\.\d+\.\d)(?:[!-9;-~]|:(?=[!-~])| (?=[ !"$-~]))*$/i;

/** A frequent string that needs quotes and nothing else. */
const QUOTED = /^(?:true|false|yes|no|on|off|null|-?\d+(?:\.\d+)?|[*&!|>%@`#,[\]{}][ !#-[\]-~]*)?$/;

/** Several lines that begin with text and end with it, or with one newline after it. */
const LINES = /^(?=.*\n)[!-~][\t\n -~]*[!-~]\n?$/;

/** What the library leaves plain, though some readers take it for a number, a merge or a default. */
const MISREAD =
  /^(?:<<|=|(?=[-+.\d])(?=.*\d)[-+]?(?:_*0_*[xob][\da-f_]+|[\d_]*(?:\.[\d_]*)?(?:e[-+\d_]+)?))$/i;

/** What the library leaves raw, though some readers refuse it or take it for a line break. */
const RAW = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const EVERY_RAW = new RegExp(RAW, 'g');

/** Some readers refuse a tab in a plain scalar, and at the start of a block scalar. */
const TAB = /^\n*\t|^[^\t\n]*\t[^\n]*$/;

/** The library loses spaces from a block scalar without text. */
const BLANK = /^[\n\t ]+$/;

const UNPAIRED = /\p{Surrogate}/u;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** One document's text so far, and the way down to the value being written. */
interface Page {
  /** Pieces, as joining them once is twice as fast as growing one string. */
  readonly pieces: string[];
  /** Maps and lists being written, outermost first; the first is the list of documents. */
  readonly open: object[];
  /** Of each open map or list, the key or index being written. */
  readonly trail: (string | number)[];
}

/**
 * Writes plain JSON values as one YAML stream: the text of cdk8s' `Yaml.stringify`, ten times
 * faster. Readers of YAML 1.1 and of 1.2 get the same values back.
 *
 * - Documents are separated by `---`; keys stay in the order given; nothing is an anchor.
 * - A key whose value is undefined is left out. Only own, enumerable keys count.
 * - Where the text of cdk8s is refused or changed by the readers of Kubernetes, of PyYAML or of YAML
 *   1.2, this one is quoted and escaped: strings such as `<<`, `=`, `0o17`, `0X1F`, `1e_3` and `-_5`;
 *   U+007F to U+009F, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF; a tab in a single line or before the
 *   first; several lines without text. So is a document that is nothing but a string.
 *
 * @throws TypeError, naming the path and what is there, for what JSON cannot hold: a function, a
 * symbol, a bigint, NaN, an infinity, undefined outside a map, a class instance such as a Date, a
 * cycle; for a string with an unpaired surrogate, as UTF-8 cannot carry one and Kubernetes refuses
 * its escape; and for more than 2,000 levels of nesting.
 */
export function renderYaml(documents: readonly unknown[]): string {
  const open: object[] = [documents];
  const texts: string[] = [];
  for (let index = 0; index < documents.length; index++) {
    const page: Page = { pieces: [], open, trail: [index] };
    const document = documents[index];
    if (typeof document === 'string') page.pieces.push(rootText(page, document));
    else writeValue(page, document, '', true);
    page.pieces.push('\n');
    texts.push(page.pieces.join(''));
  }
  return texts.join('---\n');
}

/** Writes a value after `key:`, or compactly after `- ` and at the start of a document. */
function writeValue(page: Page, value: unknown, indent: string, compact: boolean): void {
  const lead = compact ? '' : ' ';
  if (typeof value === 'string') page.pieces.push(lead + stringText(page, value, indent));
  else if (typeof value === 'number' && Number.isFinite(value))
    page.pieces.push(lead + (Object.is(value, -0) ? '-0' : String(value)));
  else if (typeof value === 'boolean') page.pieces.push(lead + (value ? 'true' : 'false'));
  else if (value === null) page.pieces.push(`${lead}null`);
  else if (typeof value !== 'object') throw fault(page, whatIs(value));
  else if (Array.isArray(value)) writeList(page, value, indent, compact);
  else writeMap(page, value, indent, compact);
}

function writeMap(page: Page, map: object, indent: string, compact: boolean): void {
  if (!isPlain(map)) throw fault(page, whatIs(map));
  const depth = enter(page, map);
  const inner = `${indent}  `;
  let lead = compact ? '' : `\n${indent}`;
  let empty = true;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    page.trail[depth] = key;
    const text = keyText(page, key, indent);
    const explicit = text.length > MAX_IMPLICIT_KEY;
    page.pieces.push(explicit ? `${lead}? ${text}\n${indent}: ` : `${lead}${text}:`);
    writeValue(page, value, inner, explicit);
    lead = `\n${indent}`;
    empty = false;
  }
  if (empty) page.pieces.push(compact ? '{}' : ' {}');
  page.open.pop();
}

function writeList(page: Page, list: readonly unknown[], indent: string, compact: boolean): void {
  const depth = enter(page, list);
  const inner = `${indent}  `;
  let lead = compact ? '- ' : `\n${indent}- `;
  for (let index = 0; index < list.length; index++) {
    page.trail[depth] = index;
    page.pieces.push(lead);
    writeValue(page, list[index], inner, true);
    lead = `\n${indent}- `;
  }
  if (list.length === 0) page.pieces.push(compact ? '[]' : ' []');
  page.open.pop();
}

function stringText(page: Page, value: string, indent: string): string {
  const known = tryKnownText(page, value);
  if (known !== undefined) return known;
  if (LINES.test(value)) {
    const [lines, header] = value.endsWith('\n') ? [value.slice(0, -1), '|'] : [value, '|-'];
    return `${header}\n${indent}${lines.replace(/\n(?!\n)/g, `\n${indent}`)}`;
  }
  const text = libraryText({ k: value }).slice('k: '.length);
  // Between double quotes, the library adds a backslash to a line of one space.
  if (text.startsWith('"') && value.includes('\n \n')) return escaped(value);
  return text.replaceAll('\n  ', `\n${indent}`);
}

function rootText(page: Page, value: string): string {
  return tryKnownText(page, value) ?? escaped(value);
}

function keyText(page: Page, key: string, indent: string): string {
  const known = tryKnownText(page, key);
  if (known !== undefined) return known;
  const text =
    indent === ''
      ? libraryText({ [key]: 0 })
      : libraryText({ k: { [key]: 0 } }).slice('k:\n  '.length);
  return text.replace(/^\? ([^]*)\n *: 0$|: 0$/, '$1');
}

/** The text of a string, when it can be told without asking the library. */
function tryKnownText(page: Page, value: string): string | undefined {
  if (value.length <= MAX_PLAIN && PLAIN.test(value)) return value;
  if (QUOTED.test(value)) return `"${value}"`;
  if (UNPAIRED.test(value)) throw fault(page, 'has an unpaired surrogate');
  const hard = MISREAD.test(value) || RAW.test(value) || TAB.test(value) || BLANK.test(value);
  return hard ? escaped(value) : undefined;
}

function escaped(value: string): string {
  return JSON.stringify(value).replace(
    EVERY_RAW,
    (raw) => `\\u${raw.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function libraryText(value: unknown): string {
  return new Document(value, { version: '1.1' }).toString({ lineWidth: 0 }).slice(0, -1);
}

/** Opens a map or list, and says how deep it is. */
function enter(page: Page, container: object): number {
  const depth = page.open.length;
  const ancestor = page.open.indexOf(container);
  if (ancestor !== -1) throw fault(page, `refers back to ${place(page.trail.slice(0, ancestor))}`);
  if (depth > MAX_DEPTH) throw fault(page, `is nested more than ${MAX_DEPTH} levels deep`);
  page.open.push(container);
  return depth;
}

/** Whether an object is a plain map. Compared by shape: `Object.prototype` of another realm is as good as ours. */
export function isPlain(map: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(map);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fault(page: Page, found: string): TypeError {
  const where = place(page.trail.slice(0, page.open.length));
  return new TypeError(`Cannot write YAML: ${where} ${found}. Pass plain JSON values only.`);
}

function whatIs(value: unknown): string {
  if (value === undefined) return 'is undefined';
  if (typeof value === 'number') return `is ${value}`;
  if (typeof value !== 'object') return `is a ${typeof value}`;
  const { name } = (value as { constructor?: { name?: unknown } } | null)?.constructor ?? {};
  return `is an instance of ${typeof name === 'string' && name !== '' ? name : 'a class'}`;
}

function place([document = 0, ...keys]: readonly (string | number)[]): string {
  const path = keys
    .slice(0, SHOWN_KEYS)
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      return IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('');
  const end = keys.length > SHOWN_KEYS ? '…' : '';
  const name = `document ${Number(document) + 1}`;
  return path === '' ? name : `${path.replace(/^\./, '')}${end} in ${name}`;
}
