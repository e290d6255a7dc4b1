import * as fs from 'node:fs';
import * as path from 'node:path';

/** A fenced block of docs/promotion.md. */
export interface Block {
  /** The heading under which it stands. */
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** The text of docs/promotion.md. */
export const handbook = fs.readFileSync(
  path.join(__dirname, '..', '..', 'docs', 'promotion.md'),
  'utf8',
);

/** Its fenced blocks, from the top. */
export function blocks(): readonly Block[] {
  const found: Block[] = [];
  let heading = '';
  for (const [, title, language, text] of handbook.matchAll(
    /^#+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm,
  )) {
    if (title !== undefined) heading = title;
    else found.push({ heading, language: language ?? '', text: text ?? '' });
  }
  return found;
}

/** The lines under a heading that begin with `git`, as one script. The others need npm or a cluster. */
export function gitCommands(heading: string, index = 0): string {
  const shell = blocks().filter((block) => block.heading === heading && block.language === 'sh');
  const lines = (shell[index]?.text ?? '').split('\n').filter((line) => line.startsWith('git '));
  if (lines.length === 0) throw new Error(`docs/promotion.md has no git command in ${heading}.`);
  return lines.join('\n');
}
