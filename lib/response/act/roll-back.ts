import type { ActFacts, Decision, Grounds, Refusal, Revision } from './facts';
import { gitOpsOf } from './firing';

/** A shorter time says nothing of whether a version keeps what it promises. */
const LEAST_SECONDS = 1800;
const HOUR = 3600;

/** Back to the last revision that held its objective. */
export function rollBack(facts: ActFacts): Decision {
  const { standing, cluster } = facts;
  const { workload, environment } = standing;
  const before = (cluster?.revisions ?? []).slice(0, -1);
  const current = cluster?.revisions.at(-1);
  const target = before.filter(isHeld).at(-1);
  const grounds = groundsOf(facts, current, target);
  const barred = tryBarred(facts);
  if (barred) return { kind: 'refusal', ...grounds, ...barred };
  if (!target || !current) {
    return { kind: 'refusal', ...grounds, reasons: [noTarget(before)], byHand: [] };
  }
  const to = ({ revision }: Revision): readonly string[] => [
    ...['rollout', 'undo', `deployment/${workload.name}`, `--to-revision=${revision}`],
  ];
  return {
    ...{ kind: 'plan', ...grounds, commands: [to(target)], undo: to(current) },
    notes: [
      `In ${environment.name} the next release brings the newer version again: take it back in Git too.`,
    ],
  };
}

function groundsOf(
  { now, cluster }: ActFacts,
  current: Revision | undefined,
  target: Revision | undefined,
): Grounds {
  const skipped = (cluster?.revisions ?? []).filter(
    ({ unseen, revision }) =>
      unseen !== undefined &&
      target !== undefined &&
      target.revision < revision &&
      revision !== current?.revision,
  );
  const ageHours = current === undefined ? 0 : (now - current.createdAt) / HOUR;
  return {
    because: [
      ...(current ? [`revision ${current.revision} came ${ageText(ageHours)} ago`] : []),
      ...(target
        ? [
            `revision ${target.revision} (${target.replicaSet}) held its objectives: ${(target.burn ?? 0).toFixed(2)} times as fast as they may, over ${ageText(target.measuredSeconds / HOUR)}`,
          ]
        : []),
    ],
    against: [
      ...(ageHours > 24 ? ['a version of more than a day is hardly what changed just now'] : []),
      ...skipped.map(({ revision, unseen = '' }) => `${revision} was not seen: ${unseen}`),
    ],
  };
}

/** Why no machine does it, whatever the revisions are. */
function tryBarred(facts: ActFacts): Pick<Refusal, 'reasons' | 'byHand'> | undefined {
  const { workload, model } = facts.standing;
  const owner = gitOpsOf(facts);
  const migration = model.workloads.find((each) => each.migration?.of === workload.name);
  if (migration) {
    const reason = `${migration.name} migrates for it, and is not undone: whether the old version reads the new schema a person has to know`;
    return { reasons: [reason], byHand: [] };
  }
  if (owner !== undefined) {
    const reason = `${owner} brings it to the cluster: what kubectl undoes, the next sync does again. Revert the commit in the repository of the manifests`;
    const byHand = [
      'git switch BRANCH && git pull && git log -n 5',
      'git revert --no-edit COMMIT && git push',
    ];
    return { reasons: [reason], byHand };
  }
  if (facts.cluster) return undefined;
  return { reasons: ["its revisions are the cluster's to say: give --context"], byHand: [] };
}

const isHeld = ({ burn, measuredSeconds, unseen }: Revision): boolean =>
  unseen === undefined && burn !== undefined && burn <= 1 && measuredSeconds >= LEAST_SECONDS;

function noTarget(before: readonly Revision[]): string {
  if (before.length === 0) return 'there is no revision before this one';
  const shown = before.slice(-3).map(({ revision, burn, measuredSeconds, unseen }) => {
    if (unseen !== undefined) return `${revision} was not seen: ${unseen}`;
    const how =
      burn === undefined || measuredSeconds < LEAST_SECONDS
        ? 'measured for too short a time'
        : `burnt ${burn.toFixed(1)} times as fast as it may`;
    return `${revision} ${how}`;
  });
  return `no revision before this one is known to have held its objectives: ${shown.join('; ')}`;
}

const ageText = (hours: number): string =>
  hours < 2 ? `${Math.max(0, Math.round(hours * 60))} min` : `${Math.round(hours)} h`;
