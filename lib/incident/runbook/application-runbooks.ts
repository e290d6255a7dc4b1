import { workloadCard } from './card';
import { after, neighboursOnNode, recovery } from './closing';
import { backingRunbook } from './backing-runbook';
import { runbookFacts, runs, type RunbookSources, type WorkloadFacts } from './facts';
import { hostRunbook } from './host-runbook';
import { isItUs } from './is-it-us';
import { joined } from './markdown';
import { mitigate } from './mitigate';
import { signatures } from './signature/signatures';
import { teamPart } from './team-part';
import { whatChanged } from './what-changed';
import { whoIsHurt } from './who-is-hurt';

export type { RunbookSources } from './facts';

/** The runbooks of an application by the names of their files: the same bytes whatever environment one looks from. */
export function applicationRunbooks(sources: RunbookSources): ReadonlyMap<string, string> {
  const { model, manifests, notes } = sources;
  const pages = runbookFacts(sources).map((facts) => {
    const { service } = facts;
    const workload = model.workloads.find(({ name }) => name === service);
    const backing = model.services.find(({ name }) => name === service);
    const text = notes[service];
    const manifest = workload && manifests.find(runs(workload));
    const page = workload
      ? workloadRunbook({
          ...facts,
          workload,
          migrations: model.workloads.filter(({ migration }) => migration?.of === service),
          ...(manifest && { manifest }),
          ...(text !== undefined && { notes: text }),
        })
      : backing
        ? backingRunbook({ ...facts, backing })
        : hostRunbook(facts);
    return [`${service}.md`, `${page}\n`] as const;
  });
  return new Map(pages);
}

/** The nine parts, in the order in which they are needed. */
const workloadRunbook = (facts: WorkloadFacts): string =>
  joined(
    workloadCard(facts, facts.workload),
    isItUs(facts),
    whoIsHurt(facts),
    whatChanged(facts),
    mitigate(facts),
    signatures(facts),
    facts.workload.kind === 'scheduled-job' ? '' : neighboursOnNode(facts),
    recovery(facts),
    after(facts),
    teamPart(facts.workload.runbook, facts.notes),
  );
