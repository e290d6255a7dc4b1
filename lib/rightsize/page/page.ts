import type { SizedApplication } from '../rightsize';
import { applicationSection, titleOf } from './application';
import { key, words } from './key';
import { asMarkup, lines, markup, nothing, type Markup } from './markup';
import { counted } from './numbers';
import { style } from './style';

/** Where a page comes from. */
export interface PageOrigin {
  /** The server that was asked, without credentials. */
  readonly server: string;
  /** The day of the run, as `2026-11-20`. */
  readonly day: string;
  /** The version of golden-path. */
  readonly version: string;
}

/** Nothing is loaded, and nothing runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * A page that shows what containers request, used and should request: whole in itself, so that it reads the same from a disk, an archive of
 * a pipeline or on paper. The same sizes make the same text.
 */
export function sizesPage(sized: readonly SizedApplication[], about: PageOrigin): string {
  const idOf = (at: number): string => `a${at + 1}`;
  const body = markup`
    <header class="top">
    <h1>Sizes by evidence</h1>
    <p>What containers request, what they used, and what is proposed. Asked of <code>${about.server}</code>
    ${' '}on <time datetime="${about.day}">${about.day}</time> by golden-path ${about.version}.</p>
    </header>
    <main>
    ${sized.length === 0 ? markup`<p class="empty">No application was sized.</p>` : key}
    ${sized.length > 1 ? contents(sized, idOf) : nothing}
    ${lines(sized.map((each, at) => applicationSection(each, idOf(at))))}
    ${sized.length === 0 ? nothing : words}
    </main>`;
  return whole(body);
}

const contents = (
  sized: readonly SizedApplication[],
  idOf: (at: number) => string,
): Markup => markup`
  <nav aria-label="Applications">
  <ul>${lines(
    sized.map((each, at) => {
      const count = counted(each.containers.length, 'container');
      return markup`<li><a href="#${idOf(at)}">${titleOf(each)}</a> <small>${count}</small></li>`;
    }),
  )}</ul>
  </nav>`;

const whole = (body: Markup): string =>
  `<!DOCTYPE html>\n${
    markup`
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>Sizes by evidence</title>
    <style>${asMarkup(style)}</style>
    </head>
    <body>${body}</body>
    </html>`.markup
  }\n`;
