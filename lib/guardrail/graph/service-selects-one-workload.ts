import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt, bagsAt, textAt, type Bag } from './fields';
import { listed, objectsOf, titleOf } from './objects';
import { runningContainers } from './pods';
import { selectionIn, type Pods } from './selectors';

/**
 * A Service without a selector gets its endpoints from somebody else. Pods that an operator makes are unknown here, unless their template
 * stands where a Deployment has it.
 */
export const serviceSelectsOneWorkload = graphRule({
  id: 'service-selects-one-workload',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['Service'],
  judge,
  why: 'A Service without endpoints, or with those of two workloads, fails only when it is called.',
  fix: 'Select the labels of one workload and a port that it names; a WebService brings its Service',
  equivalents: {
    'kube-score': ['service-targets-pod'],
    'kube-linter': ['dangling-service'],
    kubescape: ['C-0293'],
  },
});

function judge(scene: Scene): readonly SceneFinding[] {
  const selected = selectionIn(scene);
  return objectsOf(scene, 'Service').flatMap((object) => {
    const spec = bagAt(object, 'spec');
    const selector = bagAt(spec, 'selector');
    const values = Object.values(selector);
    const isSound = values.every((value) => typeof value === 'string');
    if (textAt(spec, 'type') === 'ExternalName' || values.length === 0 || !isSound) return [];
    const [workload, ...others] = selected({ matchLabels: selector });
    if (!workload) return [{ object, found: 'its selector selects no pods' }];
    if (others.length > 0) {
      const titles = [workload, ...others].map((each) => titleOf(each.object));
      return [{ object, found: `its selector selects the pods of ${listed(titles)}` }];
    }
    return missingPorts(spec, workload).map((found) => ({ object, found }));
  });
}

/** The ports that the Service names and the pods do not have. */
function missingPorts(spec: Bag, { object, podSpec }: Pods): readonly string[] {
  const offered = runningContainers(podSpec).flatMap((container) => bagsAt(container, 'ports'));
  return bagsAt(spec, 'ports').flatMap((port) => {
    const target = textAt(port, 'targetPort');
    if (target === undefined || /^\d*$/.test(target)) return [];
    const protocol = protocolOf(port);
    const isThere = offered.some((each) => each.name === target && protocolOf(each) === protocol);
    if (isThere) return [];
    const names = offered
      .filter((each) => protocolOf(each) === protocol)
      .flatMap(({ name }) => (typeof name === 'string' ? name : []));
    const has = names.length === 0 ? 'names none' : `has ${listed(names)}`;
    return `its targetPort ${target} is no ${protocol} port of ${titleOf(object)}, which ${has}`;
  });
}

const protocolOf = (port: Bag): string => textAt(port, 'protocol') ?? 'TCP';
