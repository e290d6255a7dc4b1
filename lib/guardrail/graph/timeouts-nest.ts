import { graphRule, type Scene, type SceneFinding } from '../rule';
import { tryMilliseconds, secondsText } from './durations';
import { bagAt, bagsAt, countAt, valueAt, type Bag } from './fields';
import { objectsOf } from './objects';

/**
 * Only what a route declares is judged: the stock timeouts and tries differ between gateways, and `0s` means no timeout. A probe that may
 * take longer than its period is not judged here: the kubelet asks one after the other, so it only asks less often.
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1742/
 */
export const timeoutsNest = graphRule({
  id: 'timeouts-nest',
  severity: 'error',
  pack: 'golden-path',
  kinds: ['HTTPRoute'],
  judge,
  why: 'A caller that gives up before the gateway does gets an error while work and retries go on behind it.',
  fix: 'Raise timeouts.request to hold all tries, or lower timeouts.backendRequest or retry.attempts',
});

function judge(scene: Scene): readonly SceneFinding[] {
  return objectsOf(scene, 'HTTPRoute').flatMap((object) =>
    bagsAt(object, 'spec', 'rules').flatMap((rule, index) => {
      const found = mismatch(rule);
      return found === undefined ? [] : [{ object, found: `rules[${index}]: ${found}` }];
    }),
  );
}

function mismatch(rule: Bag): string | undefined {
  const { request, backendRequest } = bagAt(rule, 'timeouts');
  const whole = tryMilliseconds(request);
  const one = tryMilliseconds(backendRequest);
  if (whole === undefined || one === undefined || whole === 0 || one === 0) return undefined;
  const retry = bagAt(rule, 'retry');
  const attempts = countAt(retry, 'attempts', 0) ?? 0;
  const pause = tryMilliseconds(valueAt(retry, 'backoff')) ?? 0;
  const all = (attempts + 1) * one + attempts * pause;
  const limit = `timeouts.request is ${String(request)}`;
  if (one > whole) return `timeouts.backendRequest is ${String(backendRequest)}, and ${limit}`;
  if (all <= whole) return undefined;
  const pauses = pause > 0 ? ' and the pauses between' : '';
  return `${attempts + 1} tries of ${String(backendRequest)}${pauses} take ${secondsText(all)}, and ${limit}`;
}
