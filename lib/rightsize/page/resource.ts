import type { ResourceProposal, Usage } from '../../sizing';
import type { SizedContainer } from '../rightsize';
import { cpuText, memoryText } from './numbers';
import { cpuSteps, memorySteps } from './scale';

/** One resource of one container, with all that the page says of it. */
export interface Resource {
  readonly name: 'CPU' | 'memory';
  readonly proposal: ResourceProposal;
  /** Absent where nothing was measured. */
  readonly usage?: Usage;
  /** Absent of CPU, whose limit follows from the request by the platform's rule. */
  readonly limit?: { readonly current: number; readonly proposed: number };
  /** An amount as Kubernetes writes it. */
  readonly text: (amount: number) => string;
  /** The distances that the ticks of its scale may have. */
  readonly steps: readonly number[];
}

export function resourcesOf({ proposal, subject }: SizedContainer): readonly [Resource, Resource] {
  const { cpu, memory, memoryLimit, evidence } = proposal;
  return [
    {
      name: 'CPU',
      proposal: cpu,
      ...(evidence && { usage: evidence.cpu }),
      text: cpuText,
      steps: cpuSteps,
    },
    {
      name: 'memory',
      proposal: memory,
      ...(evidence && { usage: evidence.memory }),
      limit: { current: subject.memoryLimit, proposed: memoryLimit },
      text: memoryText,
      steps: memorySteps,
    },
  ];
}

/** Whether people would see a change. */
export const isChanged = ({ proposal, text }: Resource): boolean =>
  text(proposal.current) !== text(proposal.request);
