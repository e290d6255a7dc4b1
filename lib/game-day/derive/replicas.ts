import type { WorkloadModel } from '../../foundation';
import type { Experiment } from '../experiment';
import { unharmed } from './failure';
import { boundsOf, type Facts } from './facts';
import { SETTLES_SECONDS } from './timing';
import { tryTraffic } from './traffic';

/** In a region there are hardly fewer zones. */
const ZONES = 3;

/** What replicas, their spread and their autoscaler promise. */
export function ofReplicas(facts: Facts, workload: WorkloadModel): readonly Experiment[] {
  const bounds = boundsOf(facts, workload);
  if (!bounds || !isObservable(facts, workload)) return [];
  const { name } = workload;
  const isMany = bounds.min >= 2;
  const hasBudget = facts.model.objects.some(
    (each) => each.kind === 'PodDisruptionBudget' && each.name === name,
  );
  const scalesOnCpu = bounds.max > bounds.min && workload.scale?.on === undefined;
  return [
    ...(isMany && hasBudget ? [killPod(facts, name, bounds.min)] : []),
    ...(isMany ? [failZone(facts, name, bounds.min)] : []),
    ...(scalesOnCpu ? [load(facts, workload)] : []),
  ];
}

/** Whether somebody would notice: it promises something, or somebody who cannot work without it does. */
const isObservable = (facts: Facts, { name, objectives }: WorkloadModel): boolean =>
  objectives !== undefined || facts.neighboursOf(name).promising.length > 0;

/** What all three have in common: nobody notices. */
function calm(facts: Facts, target: string, seconds: number) {
  const { promising } = facts.neighboursOf(target);
  const traffic = tryTraffic(facts, [target, ...promising]);
  return {
    ...{ application: facts.model.application, target, seconds },
    expects: unharmed(facts, [target, ...promising], SETTLES_SECONDS),
    ...(traffic && { traffic }),
  };
}

const killPod = (facts: Facts, name: string, min: number): Experiment => ({
  ...calm(facts, name, 300),
  id: `kill-pod-of-${name}`,
  claim: { kind: 'replicas', subject: name },
  fault: { kind: 'kill-pod' },
  hypothesis: `When one of the ${min} or more pods of ${name} is killed without a warning, nobody notices: the others serve, and a new one starts.`,
  blastRadiusPercent: Math.ceil(100 / min),
});

const failZone = (facts: Facts, name: string, min: number): Experiment => ({
  ...calm(facts, name, 600),
  id: `fail-zone-of-${name}`,
  claim: { kind: 'zones', subject: name },
  fault: { kind: 'fail-zone' },
  hypothesis: `When all pods of ${name} in one zone fail, those in the others serve everybody. Its spread over zones is a preference, so all may have been in one.`,
  blastRadiusPercent: Math.ceil(100 / Math.min(min, ZONES)),
});

function load(facts: Facts, { name, scale }: WorkloadModel): Experiment {
  const target = scale?.targetCpuPercent ?? 100;
  return {
    ...calm(facts, name, 600),
    id: `load-${name}`,
    claim: { kind: 'autoscaling', subject: name },
    // As much again as an autoscaler that is content has already.
    fault: { kind: 'cpu', percent: target },
    hypothesis: `When each pod of ${name} uses ${target} % more of the CPU that it requests, the autoscaler adds pods, and its budget holds meanwhile.`,
    blastRadiusPercent: 100,
  };
}
