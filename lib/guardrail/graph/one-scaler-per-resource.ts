import { grouped, type Manifest } from '../../foundation';
import { kindOf } from '../kinds';
import { graphRule, type Scene, type SceneFinding } from '../rule';
import { bagAt, bagsAt, listAt, textAt, type Bag } from './fields';
import { nameOf, objectsOf, titleOf } from './objects';
import { workloadsOf } from './pods';
import { allAutoscalersOf } from './scaling';

/** What a VerticalPodAutoscaler changes unless it is told otherwise. */
const RESOURCES = ['cpu', 'memory'];

/**
 * An autoscaler that aims for a use of what is requested follows a request that another one changes. What aims for an amount, or for messages,
 * does not ask for requests.
 * @see https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md
 */
export const oneScalerPerResource = graphRule({
  id: 'one-scaler-per-resource',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['VerticalPodAutoscaler', 'HorizontalPodAutoscaler', 'ScaledObject'],
  judge,
  why: 'A request that follows the use, and replicas that follow the use of the request, chase each other.',
  fix: 'Leave the resource out of controlledResources, or scale on something else; lowerRequests of the environment does so',
});

function judge(scene: Scene): readonly SceneFinding[] {
  const verticals = objectsOf(scene, 'VerticalPodAutoscaler').filter(isInForce);
  const horizontals = grouped(allAutoscalersOf(scene), targetOf);
  const containers = containersIn(scene);
  const twice = [...grouped(verticals, targetOf)].flatMap(([target, [first, ...others]]) =>
    others.map((object) => ({
      object,
      found: `it sizes ${target}, and ${first ? titleOf(first) : 'another one'} does it too`,
    })),
  );
  return [
    ...twice,
    ...verticals.flatMap((object) => {
      const target = targetOf(object);
      return (horizontals.get(target) ?? []).flatMap((horizontal) =>
        RESOURCES.filter((resource) =>
          scaledOn(horizontal, resource).some((container) =>
            isSized(object, container, resource, containers.get(target)),
          ),
        ).map((resource) => ({
          object,
          found: `it changes the ${resource} that ${target} requests, and ${titleOf(horizontal)} scales on how much of it is used`,
        })),
      );
    }),
  ];
}

const isInForce = (vertical: Manifest): boolean =>
  textAt(vertical, 'spec', 'updatePolicy', 'updateMode') !== 'Off';

const targetOf = (autoscaler: Manifest): string => {
  const field = kindOf(autoscaler) === 'VerticalPodAutoscaler' ? 'targetRef' : 'scaleTargetRef';
  const target = bagAt(autoscaler, 'spec', field);
  const unset = kindOf(autoscaler) === 'ScaledObject' ? 'Deployment' : '';
  return `${textAt(target, 'kind') ?? unset}/${textAt(target, 'name') ?? ''}`;
};

/** The names of the containers of each workload. */
const containersIn = (scene: Scene): ReadonlyMap<string, readonly string[]> =>
  new Map(
    workloadsOf(scene).map(({ object, podSpec }) => [
      `${object.kind}/${nameOf(object)}`,
      bagsAt(podSpec, 'containers').map((container) => textAt(container, 'name') ?? ''),
    ]),
  );

/** By the use of which containers an autoscaler scales; undefined stands for all of them together. */
const scaledOn = (autoscaler: Manifest, resource: string): readonly (string | undefined)[] =>
  kindOf(autoscaler) === 'ScaledObject'
    ? bagsAt(autoscaler, 'spec', 'triggers')
        .filter((trigger) => textAt(trigger, 'type') === resource && isUtilization(trigger))
        .map((trigger) => textAt(trigger, 'metadata', 'containerName'))
    : bagsAt(autoscaler, 'spec', 'metrics')
        .flatMap((metric) => [bagAt(metric, 'resource'), bagAt(metric, 'containerResource')])
        .filter((metric) => textAt(metric, 'name') === resource)
        .filter((metric) => textAt(metric, 'target', 'type') === 'Utilization')
        .map((metric) => textAt(metric, 'container'));

const isUtilization = (trigger: Bag): boolean =>
  (textAt(trigger, 'metricType') ?? textAt(trigger, 'metadata', 'type')) === 'Utilization';

function isSized(
  vertical: Manifest,
  container: string | undefined,
  resource: string,
  containers: readonly string[] | undefined,
): boolean {
  const policies = bagsAt(vertical, 'spec', 'resourcePolicy', 'containerPolicies');
  const named = (name: string): Bag | undefined =>
    policies.find((policy) => textAt(policy, 'containerName') === name);
  const changes = (policy: Bag | undefined): boolean => {
    if (policy === undefined) return true;
    const given = listAt(policy, 'controlledResources');
    const isControlled = given.length === 0 || given.includes(resource);
    return textAt(policy, 'mode') !== 'Off' && isControlled;
  };
  // Of a workload that is not here, any container that is not named may be there.
  const names = container === undefined ? (containers ?? ['*']) : [container];
  return names.some((name) => changes(named(name) ?? named('*')));
}
