/** Text that is markup already: well-formed as XML, so that any parser reads it in one way. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text, which is escaped, or markup. */
export type Content = string | number | Markup | readonly Content[];

/** Controls, halves of characters, and what turns the direction of the text after it. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that means nothing but itself, between tags and in quoted attributes. What no reader could see is shown as U+FFFD. */
export const escape = (text: string): string =>
  text
    .replace(UNSHOWABLE, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** Markup of a template, whose values are escaped unless they are markup. Line breaks of the template and what indents it fall away. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const texts = parts.map((part, at) => {
    const value = values[at];
    return part.replace(/\n\s*/g, '') + (value === undefined ? '' : rendered(value));
  });
  return { markup: texts.join('') };
}

/** Nothing, where markup is optional. */
export const nothing: Markup = { markup: '' };

/** Markup made elsewhere, such as a style sheet of ours: never text of others. */
export const asMarkup = (text: string): Markup => ({ markup: text });

/** Each on a line of its own. */
export const lines = (items: readonly Markup[]): Markup =>
  asMarkup(items.map((item) => `${item.markup}\n`).join(''));

function rendered(content: Content): string {
  if (typeof content === 'string') return escape(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(rendered).join('');
}
