import { joined, sh } from './markdown';

/** Something that helps before anybody knows the cause. */
export interface Mitigation {
  readonly title: string;
  readonly effect: string;
  /** How long it takes until it helps. */
  readonly within: string;
  /** How it is taken back. */
  readonly undo: string;
  /** What else to know before. */
  readonly beware?: string;
  readonly commands: readonly string[];
  /** A block by which one sees whether it helped. */
  readonly verify: string;
}

export const renderMitigation = (
  { title, effect, within, undo, beware, commands, verify }: Mitigation,
  index: number,
): string =>
  joined(
    `### ${index + 1}. ${title}`,
    `${effect}. **Within** ${within}. **Undo**: ${undo}.${beware === undefined ? '' : ` **Beware**: ${beware}.`}`,
    commands.length > 0 ? sh(...commands) : '',
    verify,
  );
