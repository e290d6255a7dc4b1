/** One step of an escalation. */
export interface EscalationStep {
  /** Minutes since the page. */
  readonly afterMinutes: number;
  /** Who is told then, as people call them: `the lead of payments`. A role, not a name: people change. */
  readonly to: string;
}

/** An escalation in words. */
export const escalationText = (steps: readonly EscalationStep[]): string =>
  steps.map(({ afterMinutes, to }) => `after ${afterMinutes} min ${to}`).join(', ');
