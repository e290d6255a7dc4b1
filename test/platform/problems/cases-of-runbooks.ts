import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Environment, Platform } from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bare, bound, job, web, type Cases } from './making';

const LONG = path.join(__dirname, '../../../package-lock.json');
const FIX =
  'Commit it, or leave out runbook.notes; what is in it stands at the end of the runbook.';

export const casesOfRunbooks: Cases = {
  RunbookNotesMissing: [
    [
      web({ runbook: { notes: '/nowhere/at/all/orders.md' } }),
      `RunbookNotesMissing at test/orders: there is no orders.md where runbook.notes leads. ${FIX}`,
    ],
    [
      web({ runbook: { notes: os.tmpdir() } }),
      `RunbookNotesMissing at test/orders: what runbook.notes leads to cannot be read: EISDIR. ${FIX}`,
    ],
    [
      web({ runbook: { notes: LONG } }),
      `RunbookNotesMissing at test/orders: package-lock.json has ${fs.readFileSync(LONG, 'utf8').length} characters. Keep it below 65536, and link to the rest.`,
    ],
  ],
  PathInvalid: [
    [
      job({ runbook: { notes: 'runbooks/j.md' } }),
      "PathInvalid at test/j: runbook.notes is 'runbooks/j.md', which depends on the working directory. Write path.join(__dirname, 'runbooks/orders.md').",
    ],
  ],
  PropMissing: [
    [
      web({ runbook: { manualSteps: [{ when: 'a', do: 'b', expect: 'c' }] } }),
      'PropMissing at test/orders: runbook.manualSteps[0].whyNotAutomated is missing. Give why no machine does it, on one line of at most 300 characters.',
    ],
  ],
  PropUnknown: [
    [
      job({ runbook: { responses: {} } }),
      'PropUnknown at test/j: there is no prop runbook.responses. Remove it; a job has nothing to scale, replace or roll back.',
    ],
  ],
  PropInvalid: [
    [
      web({ runbook: { responses: { 'scale-out': { when: [] } } } }),
      "PropInvalid at test/orders: runbook.responses.scale-out.when is []. Give a list of alerts such as ['SLOErrorBudgetBurnPage'].",
    ],
    [
      web({ runbook: { responses: { 'roll-back': { when: ['Watchdog'], everyMinutes: 1 } } } }),
      "PropInvalid at test/orders: runbook.responses.roll-back.when[0] is 'Watchdog'. Give one of SLOErrorBudgetBurnPage, SLODependentsBurnPage, SLOErrorBudgetBurnTicket, WorkloadAtMaximumScale, WorkloadContainerWaiting, WorkloadCpuThrottled, WorkloadCrashLooping, WorkloadMemoryNearLimit, WorkloadOutOfMemory, WorkloadReplicasMissing, WorkloadRolloutStuck.",
    ],
    [
      web({ runbook: { about: 'two\nlines' } }),
      "PropInvalid at test/orders: runbook.about is 'two\\nlines'. Give what it does, on one line of at most 300 characters.",
    ],
    [
      bound({}, {}, { runbooks: { appliedBy: 'hand' } }),
      "PropInvalid at platform: defaults.runbooks.appliedBy is 'hand'. Give 'gitops' or 'kubectl'.",
    ],
  ],
  EnvironmentInvalid: [
    [
      () => {
        const environments = [new Environment('runbooks', bare)];
        return synthesize(
          () => undefined,
          () => new Platform({ environments }),
        ).problems;
      },
      'EnvironmentInvalid at environment runbooks: its folder would be that of the runbooks. Give the environment another name.',
    ],
  ],
};
