import type { RunbookModel } from '../../foundation';
import { joined, said } from './markdown';

/** What the team knows and no manifest does: steps that only a person can take, and its notes as they are. */
export function teamPart(runbook: RunbookModel | undefined, notes: string | undefined): string {
  const steps = runbook?.manualSteps ?? [];
  const file = runbook?.notes;
  if (steps.length === 0 && file === undefined) return '';
  return joined(
    '## From the team',
    steps.length > 0 ? `### By hand (${steps.length})` : '',
    ...steps.map(
      ({ when, do: what, expect, whyNotAutomated }) =>
        `- **When** ${said(when)}\n  - **do** ${said(what)}\n  - **expect** ${said(expect)}\n  - by hand because ${said(whyNotAutomated)}`,
    ),
    file === undefined ? '' : `### Notes (${file})`,
    notes === undefined ? '' : lowered(notes),
  );
}

/** Headings below ours, so that the table of contents stays whole. What stands in a fence is no heading. */
function lowered(notes: string): string {
  let fence: string | undefined;
  return notes
    .split('\n')
    .map((line) => {
      const [mark] = /^ {0,3}(```+|~~~+)/.exec(line)?.slice(1) ?? [];
      if (mark !== undefined && (fence === undefined || mark.startsWith(fence))) {
        fence = fence === undefined ? mark : undefined;
        return line;
      }
      const level = fence === undefined ? /^(#{1,6})\s/.exec(line)?.[1]?.length : undefined;
      return level === undefined
        ? line
        : `${'#'.repeat(Math.min(level + 3, 6))}${line.slice(level)}`;
    })
    .join('\n');
}
