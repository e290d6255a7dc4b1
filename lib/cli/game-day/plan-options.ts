import { describe } from '../../foundation';
import { floorsOf, ofADay, type ClusterFacts, type Experiment, type Floors } from '../../game-day';
import { UsageError } from '../exit-code';
import { experimentsNamed, type Chosen } from './chosen';

/** What is done, and what else could be. */
export interface Selected {
  readonly experiments: readonly Experiment[];
  readonly others: readonly string[];
}

/** The experiments that the command line names, in the order of a game day. @throws UsageError */
export function selectedOf(chosen: Chosen, given: readonly string[]): Selected {
  const all = chosen.experiments;
  const isAll = given.includes('all');
  const named = experimentsNamed(
    given.filter((id) => id !== 'all'),
    chosen,
  );
  const experiments =
    given.length === 0 ? ofADay(all) : all.filter((each) => isAll || named.includes(each));
  const selected = new Set(experiments);
  return { experiments, others: all.filter((each) => !selected.has(each)).map(({ id }) => id) };
}

/** What has to be left of the budgets. @throws UsageError */
export function floorOf(percent: string): Floors {
  const number = /^\d{1,3}(\.\d+)?$/.test(percent) ? Number(percent) : NaN;
  if (number > 0 && number <= 100) return floorsOf(number / 100);
  throw new UsageError(
    `--budget-floor is ${describe(percent)}. Give a percentage above 0 and up to 100, such as 50.`,
  );
}

/** What the value of a label may be. */
const ZONE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** What the plan needs to know of the cluster. @throws UsageError */
export function clusterOf(prometheus: string, zone: string | undefined): ClusterFacts {
  if (zone !== undefined && !ZONE.test(zone)) {
    throw new UsageError(
      `--zone is ${describe(zone)}, which no label topology.kubernetes.io/zone can be. Give one of kubectl get nodes -L topology.kubernetes.io/zone.`,
    );
  }
  let url: URL | undefined;
  try {
    url = new URL(prometheus);
  } catch {
    url = undefined;
  }
  if (
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.username === '' &&
    url.search === ''
  ) {
    return { prometheus: prometheus.replace(/\/+$/, ''), ...(zone !== undefined && { zone }) };
  }
  // What it is stays untold: it may hold a password.
  throw new UsageError(
    '--cluster-prometheus is no address that Chaos Mesh could ask. Give one without credentials, such as http://prometheus-operated.monitoring:9090.',
  );
}
