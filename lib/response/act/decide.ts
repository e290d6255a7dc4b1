import { firingOf } from './firing';
import type { ActFacts, Decision, Grounds } from './facts';
import { limitsReached } from './limits';
import { restartPod } from './restart-pod';
import { rollBack } from './roll-back';
import { scaleOut } from './scale-out';
import { otherCluster } from './watched';

/** What an action comes to, once nothing forbids to act at all. */
export type Planner = (facts: ActFacts) => Decision;

const PLANNERS: Readonly<Record<ActFacts['action'], Planner>> = {
  'scale-out': scaleOut,
  'restart-pod': restartPod,
  'roll-back': rollBack,
};

/** Decides what is done, or why nothing is. It only looks at facts: who acts, looks at them again just before. */
export function decide(facts: ActFacts): Decision {
  const grounds = groundsOf(facts);
  const reasons = refusals(facts);
  const plan = PLANNERS[facts.action](facts);
  const because = [...grounds.because, ...plan.because];
  const against = [...grounds.against, ...plan.against];
  if (plan.kind === 'refusal') {
    return { ...plan, because, against, reasons: [...reasons, ...plan.reasons] };
  }
  if (reasons.length > 0) return { kind: 'refusal', because, against, reasons, byHand: [] };
  return { ...plan, because, against };
}

function refusals(facts: ActFacts): readonly string[] {
  const { allowed, incident, action, cluster, standing } = facts;
  const { service, application, verdict, warnings } = incident;
  if (!allowed) {
    return [
      `${service} does not allow ${action}: its definition has no runbook.responses['${action}']`,
    ];
  }
  if (verdict === 'unknown') {
    return [`what is going on is not known: ${warnings.join(' ')}`];
  }
  const isForeign = cluster && cluster.partOf !== application;
  return [
    ...(firingOf(facts).length === 0
      ? [
          incident.areAlertsKnown
            ? `none of ${allowed.when.join(', ')} fires for ${service}: this is for nothing else`
            : `whether ${allowed.when.join(' or ')} fires for ${service} Prometheus did not tell`,
        ]
      : []),
    ...(isForeign
      ? [
          `deployment/${service} in ${standing.environment.namespace} there belongs to ${cluster.partOf ?? 'nothing'}, not to ${application}: another cluster?`,
        ]
      : []),
    ...(isForeign ? [] : otherCluster(facts)),
    ...(cluster?.isRollingOut
      ? ['a rollout is on its way: wait for it, or act on it by hand']
      : []),
    ...limitsReached(facts),
  ];
}

/** What every action rests on. */
function groundsOf(facts: ActFacts): Grounds {
  const { incident } = facts;
  const { service, suspects, objectives } = incident;
  const firing = firingOf(facts);
  const others = suspects.filter((each) => each.service !== service).map((each) => each.service);
  const isSuspect = suspects.some((each) => each.service === service);
  return {
    because: [
      ...firing.map(({ alertname }) => `${alertname} fires for ${service}`),
      ...(isSuspect ? [`${service} is suspected: nothing that it depends on explains it`] : []),
      ...objectives
        .filter(({ burn = 0 }) => burn > 1)
        .map(({ slo, burn = 0 }) => `${slo} burns ${burn.toFixed(1)} times as fast as it may`),
    ],
    against: [
      ...others.map((other) => `${other} is suspected: look there first`),
      ...firing
        .filter(({ quiet }) => quiet === 'silenced')
        .map(({ alertname }) => `${alertname} is silenced: somebody may be at work`),
    ],
  };
}
