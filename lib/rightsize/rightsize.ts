import type {
  ApplicationModel,
  EnvironmentModel,
  MeasuredModel,
  WorkloadKind,
} from '../foundation';
import type { Matcher, PrometheusClient } from '../prometheus';
import {
  heldOut,
  intactEntry,
  judgeDrift,
  recommend,
  share,
  type Drift,
  type LockAddress,
  type Proposal,
  type SizingLock,
  type SizingSubject,
} from '../sizing';
import { askOf, type EvidenceAsk } from './ask';
import type { CollectOptions } from './asker';
import { collectEvidence } from './collect';
import type { Collected, CollectedContainer } from './collected';
import { withoutIncidents, type Incident } from './incident';
import { sourceText } from './source';
import { subjectOf } from './subject';
import { verifyRequests, type ProposedShare } from './verify';
import { lastDays, type Window } from './window';

/** One container: what it has, what it used, what is proposed, and how far that is from what it has. */
export interface SizedContainer extends LockAddress {
  readonly kind: WorkloadKind;
  /** Absent where its size is written down: what is proposed is then advice. */
  readonly measured?: MeasuredModel;
  /** How many pods were seen. */
  readonly pods: number;
  readonly subject: SizingSubject;
  readonly proposal: Proposal;
  readonly drift: Drift;
}

/** What was found of one application in one environment. */
export interface SizedApplication {
  readonly application: string;
  readonly environment: string;
  readonly namespace: string;
  readonly window: Window;
  /** How far apart the samples are. */
  readonly scrapeSeconds: number;
  readonly pods: Collected['pods'];
  readonly injected: Collected['injected'];
  readonly containers: readonly SizedContainer[];
}

export interface RightsizeOptions extends CollectOptions {
  readonly window: Window;
  /** Conditions on all series beside the namespace. */
  readonly matchers?: readonly Matcher[];
  readonly incidents?: readonly Incident[];
  /** What holds now. */
  readonly lock: SizingLock;
}

/** Sizes the containers of one application by their use in one environment. @throws {PrometheusError} when evidence cannot be had */
export async function rightsize(
  client: PrometheusClient,
  model: ApplicationModel,
  environment: EnvironmentModel,
  options: RightsizeOptions,
): Promise<SizedApplication> {
  const { window, matchers = [], incidents = [], lock } = options;
  const ask = askOf(model, environment, window, matchers);
  const collected = await collectEvidence(client, ask, options);
  const source = sourceText(client.address, environment.name, environment.namespace);
  const judged = collected.containers.flatMap((found) => {
    const measurements = withoutIncidents(found.measurements, window, incidents);
    return proposed(model, { ...found, measurements }, source, lock);
  });
  const containers = await verified(client, ask, collected, judged, options);
  const { application } = model;
  return {
    ...{ application, environment: environment.name, namespace: environment.namespace, window },
    scrapeSeconds: collected.scrapeSeconds,
    pods: collected.pods,
    injected: collected.injected,
    containers: containers.map(({ sized }) => sized),
  };
}

interface Judged {
  readonly sized: SizedContainer;
  readonly found: CollectedContainer;
}

function proposed(
  model: ApplicationModel,
  found: CollectedContainer,
  source: string,
  lock: SizingLock,
): readonly Judged[] {
  const { workload: name, container: inside, kind, pods, measurements } = found;
  const workload = model.workloads.find((each) => each.name === name);
  const container = workload?.containers.find((each) => each.name === inside);
  if (!workload || !container) return [];
  const address = { application: model.application, workload: name, container: inside };
  const { measured } = container;
  const previous = measured && intactEntry(lock, address);
  const subject = subjectOf(model, workload, container, source, previous);
  const known = pods > 0 ? measurements : undefined;
  const proposal = recommend(subject, known);
  const drift = judgeDrift(subject, known, proposal);
  const sized = { ...address, kind, ...(measured && { measured }), pods, subject, proposal, drift };
  return [{ sized, found }];
}

/** Puts the server's count of samples above a request in the place of the estimate from quantiles. */
async function verified(
  client: PrometheusClient,
  ask: EvidenceAsk,
  collected: Collected,
  judged: readonly Judged[],
  options: RightsizeOptions,
): Promise<readonly Judged[]> {
  const withEvidence = judged.filter(({ sized }) => sized.proposal.evidence !== undefined);
  const above = await verifyRequests(
    client,
    ask,
    collected,
    withEvidence.map(({ sized }) => ({ ...sized, cores: sized.proposal.cpu.request })),
    options,
  );
  const held = await heldOutShares(client, ask, collected, withEvidence, options);
  return judged.map((one) => {
    const { evidence } = one.sized.proposal;
    if (!evidence) return one;
    const ofWindow = shareOf(above, one.sized);
    const ofHeldOut = shareOf(held, one.sized);
    const known = {
      ...evidence,
      ...(ofWindow !== undefined && { above: share(ofWindow) }),
      ...(ofHeldOut !== undefined && { heldOut: share(ofHeldOut) }),
    };
    return {
      ...one,
      sized: { ...one.sized, proposal: { ...one.sized.proposal, evidence: known } },
    };
  });
}

const shareOf = (
  shares: readonly ProposedShare[],
  { workload, container }: LockAddress,
): number | undefined =>
  shares.find((each) => each.workload === workload && each.container === container)?.above;

/** Asks of the last days how they would have gone with what the days before them would have requested. */
async function heldOutShares(
  client: PrometheusClient,
  ask: EvidenceAsk,
  collected: Collected,
  judged: readonly Judged[],
  options: RightsizeOptions,
): Promise<readonly ProposedShare[]> {
  const byFirst = new Map<string, { workload: string; container: string; cores: number }[]>();
  for (const { sized, found } of judged) {
    const held = heldOut(sized.subject, found.measurements);
    if (!held) continue;
    const { workload, container } = sized;
    const group = byFirst.get(held.first) ?? [];
    byFirst.set(held.first, [...group, { workload, container, cores: held.cpu }]);
  }
  const shares = await Promise.all(
    [...byFirst].map(([first, proposals]) => {
      const days = ask.window.days.filter((day) => day >= first).length;
      const window = lastDays(ask.window, days);
      return verifyRequests(client, { ...ask, window }, collected, proposals, options);
    }),
  );
  return shares.flat();
}
