import { custom, fields, isText, list, optional, text, type Shape } from '../../foundation';
import { responsesShape, type AutomatedResponses } from './response-props';

/** Something that a person has to do, because nothing does it by itself. */
export interface ManualStep {
  /** What one sees: `'the queue grows and nobody reads'`. */
  readonly when: string;
  /** What to do: one command, or one sentence. */
  readonly do: string;
  /** What one sees when it has worked. */
  readonly expect: string;
  /** Why no machine does it: what is to be mended one day. */
  readonly whyNotAutomated: string;
}

/** What a team knows about its service, and no manifest does. */
export interface Runbook {
  /** What it does, in one sentence, for somebody who has never heard of it. @default nothing is said */
  readonly about?: string;
  /**
   * The absolute path of a file of the team, in Markdown, which stands at the end of the runbook as it is:
   * `path.join(__dirname, 'runbooks/orders.md')`. It is only read. @default none
   */
  readonly notes?: string;
  /** What a person has to do; they are counted. @default none */
  readonly manualSteps?: readonly ManualStep[];
  /** What `golden-path incident --act` may do for a service whose pods stay: `{ 'scale-out': { when: ['WorkloadAtMaximumScale'] } }`. @default nothing */
  readonly responses?: AutomatedResponses;
}

/** The same of what runs to its end: there is nothing to scale, replace or roll back. */
export type JobRunbook = Omit<Runbook, 'responses'>;

/** What a platform says of all runbooks. */
export interface Runbooks {
  /**
   * What brings manifests to a cluster. With `'gitops'`, Argo CD or Flux puts back what was changed by hand, so a release is taken back in Git;
   * with `'kubectl'` by `kubectl rollout undo`.
   * @default 'gitops' - a commit that is reverted holds everywhere; a rollout that is undone, only until the next release
   */
  readonly appliedBy?: 'gitops' | 'kubectl';
}

/** Beyond this nobody reads it at night. */
const LONGEST = 300;
const sentence = (what: string): Shape =>
  text(
    `${what}, on one line of at most ${LONGEST} characters`,
    (value) => value.length <= LONGEST && !/\p{Cc}/u.test(value) && value.trim() === value,
  );

const manualStep = fields(
  {
    when: sentence('what one sees'),
    do: sentence('what to do'),
    expect: sentence('what one sees when it has worked'),
    whyNotAutomated: sentence('why no machine does it'),
  },
  '{ when, do, expect, whyNotAutomated }',
);

const told = {
  about: optional(sentence('what it does')),
  notes: optional(text("path.join(__dirname, 'runbooks/orders.md')")),
  manualSteps: optional(list(manualStep, 'a list of { when, do, expect, whyNotAutomated }')),
};

/** The shape of what a team says of a service. */
export const runbookShape: Shape = fields(
  { ...told, responses: optional(responsesShape) },
  '{ about, notes, manualSteps, responses }',
);

/** The same of what runs to its end. */
export const jobRunbookShape: Shape = fields(told, '{ about, notes, manualSteps }', {
  responses: 'Remove it; a job has nothing to scale, replace or roll back',
});

/** The shape of what a platform says of all runbooks. */
export const runbooksShape: Shape = fields(
  {
    appliedBy: optional(
      custom(
        (value) => isText(value) && ['gitops', 'kubectl'].includes(value),
        "'gitops' or 'kubectl'",
      ),
    ),
  },
  "{ appliedBy: 'gitops' }",
);
