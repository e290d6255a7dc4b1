import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, type ProblemLog, type RunbookModel } from '../../foundation';
import { resolveResponses } from './response-props';
import type { Runbook } from './runbook-props';

/** What a team says of a service, with the text of its notes. */
export interface ResolvedRunbook {
  readonly model: RunbookModel;
  /** The notes with line ends of one kind, by that name. */
  readonly text: { readonly notes?: string };
}

const GIVE = "Write path.join(__dirname, 'runbooks/orders.md')";
/** More is a page of its own, to which the notes can lead. */
const LONGEST = 64 * 1024;

/** What no editor shows, and terminals obey. */
const UNSEEN = /[^\P{Cc}\n\t]/gu;

/** Reads the notes that a team names. Where they lie reaches no output, only their name. */
export function resolveRunbook(
  { about, notes, manualSteps = [], responses = {} }: Runbook,
  log: ProblemLog,
): ResolvedRunbook {
  const text = notes === undefined ? undefined : tryRead(notes, log);
  const allowed = resolveResponses(responses);
  return {
    model: {
      ...(about !== undefined && { about }),
      ...(notes !== undefined && { notes: path.basename(notes) }),
      manualSteps: manualSteps.map((step) => ({
        when: step.when,
        do: step.do,
        expect: step.expect,
        whyNotAutomated: step.whyNotAutomated,
      })),
      ...(allowed.length > 0 && { responses: allowed }),
    },
    text: { ...(text !== undefined && { notes: text }) },
  };
}

function tryRead(full: string, log: ProblemLog): string | undefined {
  const file = path.basename(full);
  if (!path.isAbsolute(full)) {
    const found = `runbook.notes is ${describe(full)}, which depends on the working directory`;
    log.error('PathInvalid', found, GIVE);
    return undefined;
  }
  let text: string;
  try {
    text = fs.readFileSync(full, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found =
      code === 'ENOENT'
        ? `there is no ${file} where runbook.notes leads`
        : `what runbook.notes leads to cannot be read: ${String(code)}`;
    const fix =
      'Commit it, or leave out runbook.notes; what is in it stands at the end of the runbook';
    log.error('RunbookNotesMissing', found, fix);
    return undefined;
  }
  if (text.length > LONGEST) {
    const found = `${file} has ${text.length} characters`;
    log.error('RunbookNotesMissing', found, `Keep it below ${LONGEST}, and link to the rest`);
  }
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, '')
    .trim();
}
