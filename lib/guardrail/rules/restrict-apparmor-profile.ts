import { joined, noSecurityContext, securityContextTexts } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const isRight = (type: string): string => `${type} in ['RuntimeDefault', 'Localhost']`;
const given = (context: string, unset: string): string =>
  `${context}.?appArmorProfile.?type.orValue(${unset})`;
const OF_POD = given('variables.podSpec.?securityContext', "'RuntimeDefault'");

/** The form before Kubernetes 1.30, one annotation for each container. */
const KEY = "'container.apparmor.security.beta.kubernetes.io/'";
const annotations = 'variables.podTemplate.?metadata.?annotations.orValue({})';
const isWrong = (profile: string): string =>
  `!(${profile} in ['', 'runtime/default'] || ${profile}.startsWith('localhost/'))`;

/**
 * The server makes a field of the annotation of a Pod's container, unless the pod has the same profile, and in 1.30 an annotation of
 * either field. So that it is told of once and alike before and after, a container without the field is what its annotation says.
 */
const own = `${annotations}[?${KEY} + c.?name.orValue('')].orValue('')`;
const annotated = `(${isRight(OF_POD)} && ${isWrong(own)} ? (${own} == 'unconfined' ? 'Unconfined' : ${own}) : 'RuntimeDefault')`;
const type = (context: string, whose: 'pod' | 'container'): string =>
  whose === 'pod' ? OF_POD : given(context, annotated);
const broken = (context: string, whose: 'pod' | 'container'): string =>
  `!(${isRight(type(context, whose))})`;

/** The other annotations: of no container, or of one that has another profile by its field. */
const isTold = `variables.allContainers.exists(c, ${KEY} + c.?name.orValue('') == k && !(${isRight(given('c.?securityContext', "''"))}))`;
const others = `${annotations}.filter(k, !variables.isDebugging && k.startsWith(${KEY}) && ${isWrong(`${annotations}[k]`)} && !${isTold})`;
const found = joined(
  securityContextTexts(broken, type),
  `${others}.map(k, k + ' (' + ${annotations}[k] + ')')`,
);

export const restrictApparmorProfile = celRule({
  id: 'restrict-apparmor-profile',
  severity: 'error',
  pack: 'baseline',
  kinds: podKinds,
  expression: `${noSecurityContext(broken)} && ${others}.size() == 0`,
  message: `'AppArmor profiles: ' + ${found}`,
  why: 'Where a node has AppArmor, its profile for containers must not be switched off.',
  fix: 'Remove the profile Unconfined, field or annotation; golden pods have the one of the runtime',
  references: { podSecurity: 'baseline: AppArmor' },
  equivalents: { trivy: ['KSV-0002'] },
});
