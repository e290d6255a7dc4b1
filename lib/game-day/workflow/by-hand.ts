import type { Experiment, Fault } from '../experiment';
import type { Place } from '../place';

/** What a person does, and takes back. */
export interface ByHand {
  /** Why Chaos Mesh does not. */
  readonly why: string;
  readonly commands: readonly string[];
  readonly undo: readonly string[];
}

/** What a person has to do for an experiment, in the place of Chaos Mesh or beside it; undefined where it is nothing. */
export function manualSteps(
  { fault, target, claim }: Experiment,
  { model, environment }: Place,
  isInjected: boolean,
): ByHand | undefined {
  const kubectl = `kubectl -n ${environment.namespace}`;
  const known = model.workloads.find(({ name }) => name === target);
  if (claim.kind === 'queue') return held(kubectl, target, known?.scale?.on !== undefined);
  if (fault.kind === 'partition' && fault.from === undefined) return cutProber(target);
  return isInjected
    ? undefined
    : (instead[fault.kind] ?? elsewhere)(kubectl, target, known?.metrics !== undefined);
}

type Instead = (kubectl: string, target: string, isScraped: boolean) => ByHand;

/** What Chaos Mesh cannot do. */
const instead: Readonly<Partial<Record<Fault['kind'], Instead>>> = {
  'suspend-schedule': (kubectl, target) => {
    const patch = (isSuspended: boolean): string =>
      `${kubectl} patch cronjob/${target} --type=merge -p '{"spec":{"suspend":${isSuspended}}}'`;
    return {
      why: 'Chaos Mesh does nothing to CronJobs. Where Argo CD or Flux keeps them, let it pause first: it would put it back.',
      ...{ commands: [patch(true)], undo: [patch(false)] },
    };
  },
  'shift-clock': (kubectl) => ({
    why: 'the clock that counts is that of Prometheus, and cert-manager stands in a namespace that allows no faults. Give the certificate an issuer that refuses, and less than a week to live; or rehearse it.',
    commands: [`${kubectl} get certificates,certificaterequests`],
    undo: [`${kubectl} get certificates`],
  }),
  'fail-zone': () => ({
    why: 'nobody said which zone fails. Write the plan again with --zone and one of these:',
    commands: ['kubectl get nodes -L topology.kubernetes.io/zone'],
    undo: [],
  }),
  'block-scrape': (kubectl, target, isScraped) =>
    isScraped
      ? unscraped(kubectl, target)
      : {
          why: `its requests are not counted by what is scraped from its own pods. Take the series of ${target} away where they come from: the pipeline of the collector, or the metrics of the mesh or gateway.`,
          ...{ commands: [], undo: [] },
        },
};

/** Prometheus scrapes pods from a namespace that allows no faults, so what it looks for is changed instead. */
function unscraped(kubectl: string, target: string): ByHand {
  const patch = (value: string): string =>
    `${kubectl} patch podmonitor/${target} --type=merge -p '{"spec":{"selector":{"matchLabels":{"golden-path/hidden":${value}}}}}'`;
  return {
    why: 'Prometheus stands where no faults are allowed, and its Service is not what scrapes. Let its PodMonitor select no pod. Where Argo CD or Flux keeps it, let it pause first: it would put it back.',
    ...{ commands: [patch('"true"')], undo: [patch('null')] },
  };
}

const elsewhere: Instead = (_, target) => ({
  why: `the pods of ${target} are not known here, or stand in another namespace. Stop it as whoever provides it does: a failover without a standby, or no rule that lets anybody in.`,
  ...{ commands: [], undo: [] },
});

/** What scales on messages would start consumers that no fault has chosen. */
const held = (kubectl: string, target: string, isScaled: boolean): ByHand | undefined =>
  isScaled
    ? {
        why: 'KEDA would start new consumers, which the fault has not chosen. Hold it before.',
        commands: [
          `${kubectl} annotate scaledobject/${target} autoscaling.keda.sh/paused=true --overwrite`,
        ],
        undo: [`${kubectl} annotate scaledobject/${target} autoscaling.keda.sh/paused-`],
      }
    : undefined;

const cutProber = (target: string): ByHand => ({
  why: `a prober in another namespace still reaches ${target}, so its callers would be paged as the cause. Take it the way to ${target} too, or expect that page.`,
  commands: [],
  undo: [],
});
