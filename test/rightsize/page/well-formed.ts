/** An element as it was met: its name, its attributes, and how deep it stands. */
export interface Met {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly depth: number;
  /** All text in it. */
  text: string;
}

const TOKEN = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g;
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/;

const plain = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

/** The elements of a page in order; fails where it is not well-formed as XML. */
export function elementsOf(page: string): readonly Met[] {
  const [doctype, rest] = [page.slice(0, 16), page.slice(16)];
  if (doctype !== '<!DOCTYPE html>\n') throw new Error(`begins with ${doctype}`);
  const all: Met[] = [];
  const open: Met[] = [];
  for (const [token, closing, name = '', given = '', empty, text] of rest.matchAll(TOKEN)) {
    if (text !== undefined) {
      if (ENTITY.test(text)) throw new Error(`a bare & in ${text}`);
      for (const element of open) element.text += plain(text);
    } else if (token === '<') throw new Error(`a bare < after ${open.at(-1)?.text}`);
    else if (closing) {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`${token} closes ${last?.name}`);
    } else {
      const met = { name, attributes: attributesOf(given), depth: open.length, text: '' };
      all.push(met);
      if (!empty) open.push(met);
    }
  }
  if (open.length > 0) throw new Error(`${open.map((each) => each.name).join(', ')} stay open`);
  return all;
}

function attributesOf(given: string): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of given.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`${name} twice in ${given}`);
    if (ENTITY.test(value)) throw new Error(`a bare & in ${value}`);
    attributes[name] = plain(value);
  }
  return attributes;
}
