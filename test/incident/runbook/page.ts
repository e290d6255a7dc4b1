import type { Rendering } from '../../../lib';

/** A runbook as somebody reads it. */
export interface Page {
  /** `<application>/<service>`. */
  readonly name: string;
  readonly application: string;
  readonly service: string;
  readonly text: string;
}

/** All runbooks of a rendering. */
export const pagesOf = ({ files }: Pick<Rendering, 'files'>): readonly Page[] =>
  [...files].flatMap(([path, text]) => {
    const [, application, service] = /^runbooks\/([^/]+)\/(.+)\.md$/.exec(path) ?? [];
    if (application === undefined || service === undefined) return [];
    return [{ name: `${application}/${service}`, application, service, text }];
  });

/** The blocks of one language. */
export const blocksOf = ({ text }: Pick<Page, 'text'>, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].flatMap(([, found, body = '']) =>
    found === language ? [body] : [],
  );

/** Every fence, whatever it says that it is. */
export const languagesOf = ({ text }: Pick<Page, 'text'>): readonly string[] =>
  [...text.matchAll(/^```(\w*)\n[\s\S]*?\n```$/gm)].map(([, language = '']) => language);

/** Where links may lead: ids as they are, and slugs of headings without one. */
export const targetsIn = ({ text }: Pick<Page, 'text'>): readonly string[] => [
  ...[...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id),
  ...[...text.matchAll(/^#+ ([^<\n]+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  ),
];

/** Where its links lead, as far as the runbooks go. */
export const linksIn = ({ text }: Pick<Page, 'text'>): readonly string[] =>
  [...text.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, to = '']) => to);
