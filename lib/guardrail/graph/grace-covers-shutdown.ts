import { isText } from '../../foundation';
import { podKinds } from '../kinds';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt, countAt, valueAt, type Bag } from './fields';
import { runningContainers, workloadsOf } from './pods';

/** Kubernetes' own. */
const STOCK_GRACE_SECONDS = 30;

/**
 * The grace period runs from the start of the preStop hooks, which all containers run at the same time. How long a workload drains stands
 * in no manifest, so one second is asked for.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const graceCoversShutdown = graphRule({
  id: 'grace-covers-shutdown',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  judge,
  why: 'A pod that is killed before its hook is over drops the requests that the hook was there to save.',
  fix: 'Give drainSeconds at least 1; elsewhere set terminationGracePeriodSeconds to the preStop wait and the time to finish',
});

function judge(scene: Scene): readonly SceneFinding[] {
  return workloadsOf(scene).flatMap(({ object, podSpec }) => {
    const grace = countAt(podSpec, 'terminationGracePeriodSeconds', STOCK_GRACE_SECONDS);
    const wait = Math.max(0, ...runningContainers(podSpec).map(preStopSeconds));
    if (grace === undefined || grace >= wait + 1) return [];
    const hook = wait > 0 ? `its preStop hook takes ${wait} s, and ` : '';
    return [{ object, found: `${hook}the pod is killed after ${grace} s` }];
  });
}

/** How long the preStop hook of a container sleeps, as far as it says so. */
function preStopSeconds(container: Bag): number {
  const hook = bagAt(container, 'lifecycle', 'preStop');
  const command = valueAt(hook, 'exec', 'command');
  const words = Array.isArray(command) ? command.map((word) => (isText(word) ? word : '')) : [];
  return Math.max(countAt(bagAt(hook, 'sleep'), 'seconds', 0) ?? 0, commandSeconds(words));
}

const isProgram = (path: string, names: readonly string[]): boolean =>
  names.includes(path.slice(path.lastIndexOf('/') + 1));

const SHELLS = ['sh', 'bash', 'ash', 'dash'];
/** In a script with these, who knows which commands run, how often and beside which others. */
const BRANCH = /\b(?:if|while|until|for|case|function|exit|return)\b|\|\||(?<!&)&(?!&)|[(){}`]/;

function commandSeconds([program = '', ...words]: readonly string[]): number {
  if (isProgram(program, ['sleep'])) return total(words.map(seconds));
  const [option = '', script = ''] = words;
  if (!isProgram(program, SHELLS) || !/^-[a-z]*c$/.test(option) || BRANCH.test(script)) return 0;
  const commands = script.split(/[;\n]|&&/).map((line) => line.trim().split(/\s+/));
  return total(
    commands
      .filter(([name = '']) => isProgram(name, ['sleep']))
      .map(([, ...times]) => total(times.map(seconds))),
  );
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

function seconds(word: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9}(?:\.\d{1,9})?)([smhd])?$/.exec(word) ?? [];
  return amount === undefined ? 0 : Number(amount) * (UNITS[unit] ?? 1);
}
