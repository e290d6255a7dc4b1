import { grouped, isBag, isList } from '../../../foundation';
import type { WorkloadFacts } from '../facts';
import { BURNS } from '../is-it-us';
import { ofPods, podSpec } from '../kubectl';
import { anchor, joined } from '../markdown';
import { containerSignatures } from './containers';
import { jobSignatures } from './jobs';
import { replicaSignatures } from './replicas';
import { renderSignature, type Signature, type Signatures } from './signature';
import { signalSignatures } from './signals';
import { waiting } from './messages';

const SIGNATURES: Signatures = {
  ...containerSignatures,
  ...replicaSignatures,
  ...jobSignatures,
  ...signalSignatures,
};

/** How it may fail: what its rendered rules watch for, and nothing else. */
export function signatures(facts: WorkloadFacts): string {
  const told = facts.alerts.filter(({ name }) => BURNS[name] === undefined);
  const known = grouped(
    told.filter(({ name }) => SIGNATURES[name] !== undefined),
    ({ name }) => SIGNATURES[name],
  );
  const all = [
    ...[...known].map(([signature, alerts]) =>
      renderSignature(
        alerts.map(({ name }) => anchor(name)).join(', '),
        signature?.(facts) ?? ofTheTeam(''),
      ),
    ),
    ...told
      .filter(({ name }) => SIGNATURES[name] === undefined)
      .map(({ name, summary }) => renderSignature(anchor(name), ofTheTeam(summary))),
    ...(facts.workload.scale?.on ? [renderSignature('Messages wait', waiting(facts))] : []),
    ...(hasScratch(facts) ? [renderSignature('Scratch is full', SCRATCH)] : []),
  ];
  return all.length === 0 ? '' : joined('## How it fails', ...all);
}

/** A rule that the team has written itself. */
const ofTheTeam = (summary: string): Signature => ({
  looks: summary,
  then: ["a rule of the team's own: what to do about it stands in [its notes](#from-the-team)"],
});

function hasScratch({ manifest }: WorkloadFacts): boolean {
  const { volumes } = podSpec(manifest);
  return isList(volumes) && volumes.some((volume) => isBag(volume) && 'emptyDir' in volume);
}

const SCRATCH: Signature = {
  looks:
    'Pods are evicted: a folder such as `/tmp` holds more than it may. No alert tells it apart.',
  commands: [ofPods('get pods --field-selector=status.phase=Failed -o wide')],
  then: [
    '`Evicted` → what writes there does not clean up: a new pod wins time, a larger `scratch` more',
  ],
};
