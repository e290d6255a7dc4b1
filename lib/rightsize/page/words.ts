import type { WorkloadKind } from '../../foundation';
import type { DriftVerdict, ProposalState, ResourceState } from '../../sizing';
import type { SizedContainer } from '../rightsize';

/** What a guardrail's verdict means, in the order in which containers stand. */
export const verdicts: Readonly<Record<DriftVerdict, string>> = {
  under:
    'More of its use is above what it requests than its tier bears, or memory came near to its limit or was not enough.',
  over: 'It requests more than one and a half times what is proposed, and the rest is worth saving.',
  right: 'What it requests serves, or the difference is not worth a rollout.',
  'insufficient-data': 'Too little was measured to judge.',
};

/** What a proposal does. */
export const states: Readonly<Record<ProposalState, string>> = {
  grow: 'More is proposed.',
  shrink: 'Less is proposed.',
  mixed: 'More of one resource and less of the other is proposed.',
  keep: 'It is right, or so nearly that a change is not worth a rollout.',
  hold: 'Another size was wanted, and a reason speaks against it.',
  'insufficient-data': 'What was measured supports no change.',
  'no-metrics': 'Nothing was measured.',
};

/** A verdict or a state as people read it. */
export const wordOf = (state: ProposalState | ResourceState | DriftVerdict): string =>
  ({
    mixed: 'grow and shrink',
    'insufficient-data': 'too little data',
    'no-metrics': 'no metrics',
  })[state as string] ?? state;

const kinds: Readonly<Record<WorkloadKind, string>> = {
  'web-service': 'web service',
  worker: 'worker',
  'scheduled-job': 'scheduled job',
  migration: 'migration',
};

export const kindText = (kind: WorkloadKind): string => kinds[kind];

/** The workload, and the container where it is called otherwise. */
export const nameOf = ({ workload, container }: SizedContainer): string =>
  workload === container ? workload : `${workload}/${container}`;
