import type { ResponseAction } from '../../foundation';
import type { WorkloadFacts } from './facts';
import { joined, sh, table } from './markdown';

/** Something that helps before anybody knows the cause. */
export interface Mitigation {
  readonly title: string;
  /** When it is of use, and what it does. */
  readonly effect: string;
  /** How long it takes until it helps. */
  readonly within: string;
  /** How it is taken back. */
  readonly undo: string;
  /** What else to know before. */
  readonly beware?: string;
  /** A sentence about the machine that does the same; empty where the team allows none. */
  readonly automated?: string;
  /** What to paste, block by block, with a line before each. */
  readonly steps: readonly Step[];
  /** A block, or a sentence, by which one sees whether it helped. */
  readonly verify: string;
}

/** Commands, and when to paste them. */
export interface Step {
  readonly say?: string;
  readonly commands: readonly string[];
}

/** All at a glance, what is easiest to take back first; then each with its commands. */
export const renderMitigations = (all: readonly Mitigation[]): string =>
  joined(
    table(
      ['do', 'helps', 'within', 'undo'],
      all.map(({ title, effect, within, undo }) => [link(title), effect, within, undo]),
    ),
    ...all.map(({ title, beware, automated = '', steps, verify }) =>
      joined(
        `### ${title}`,
        automated,
        beware === undefined ? '' : `**Beware**: ${beware}.`,
        ...steps.map(({ say = '', commands }) => joined(say, sh(...commands))),
        verify,
      ),
    ),
  );

/** Headings of plain words have the same slug everywhere. */
const link = (title: string): string => `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;

/** What the team allows a machine to do in its place. */
export function automated(
  { service, workload }: Pick<WorkloadFacts, 'service' | 'workload'>,
  action: ResponseAction,
): string {
  const allowed = workload.runbook?.responses?.find((each) => each.action === action);
  if (!allowed) return '';
  const { when, everyMinutes, perDay } = allowed;
  return `**Automated**: \`npx golden-path incident ${service} --act ${action}\` prints what it would do and why; with \`--yes\` it does it, where ${when.join(' or ')} fires, once in ${everyMinutes} min and ${perDay} times a day at most.`;
}
