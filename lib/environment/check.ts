import { providersShape } from '../backing-service';
import {
  conforms,
  custom,
  describe,
  duration,
  facets,
  fields,
  hostname,
  isBag,
  isDnsLabel,
  isObjectName,
  isText,
  list,
  optional,
  ProblemLog,
  table,
  text,
  type Problem,
  type Shape,
} from '../foundation';
import type { Environment } from './environment';
import { identityShape } from './identity-shapes';
import { checkGameDays, gameDaysShape } from './game-days';
import { checkWayIn, gatewayShape, ingressShape } from './gateway';
import { lowerRequestsShape } from './lower-requests';
import { meshShape } from './mesh';
import { dnsShape, peersShape } from './peers';
import { hourlyPricesShape } from './prices';
import { checkInjected, quotaShape } from './quota';

const isFunction = (value: unknown): boolean => typeof value === 'function';
const name = (give: string): Shape => text(give, isObjectName);

const capacityShape = custom(
  (value) => isBag(value) && isFunction(value.bounds),
  'Capacity.single(), Capacity.atMost(n) or Capacity.asDeclared()',
);
const networkShape = fields(
  {
    dns: dnsShape,
    metrics: optional(peersShape),
    telemetry: optional(peersShape),
    outside: optional(peersShape),
    keda: optional(peersShape),
    names: optional(
      custom((value) => value === 'cilium' || value === 'istio', "'cilium' or 'istio'"),
    ),
  },
  '{ dns: Dns.kubeDns() }',
);
const storeShape = fields(
  {
    name: name('the name of the store'),
    kind: optional(
      custom(
        (value) => value === 'ClusterSecretStore' || value === 'SecretStore',
        "'ClusterSecretStore' or 'SecretStore'",
      ),
    ),
    entry: optional(custom(isFunction, 'a function of application and secret')),
    refreshInterval: optional(duration("a duration such as '1h'")),
  },
  '{ name }',
);
const namespaceShape = custom(
  (value) =>
    isBag(value) &&
    isFunction(value.name) &&
    (value.kind === 'created' || value.kind === 'existing'),
  "Namespaces.created() or Namespaces.existing('…')",
);
const capabilities: readonly unknown[] = [
  ...facets.filter((facet) => facet !== 'mesh' && facet !== 'signals'),
  'reloader',
  'keda',
];
const omittable: readonly string[] = [...facets, 'keda'];
const facetNames = custom(
  (value) => isBag(value) && Object.keys(value).every((key) => omittable.includes(key)),
  `reasons for ${omittable.join(' or ')}`,
);

const environmentShape = fields(
  {
    capacity: capacityShape,
    network: networkShape,
    domain: optional(hostname("a domain such as 'dev.example.com'")),
    gateway: optional(gatewayShape),
    ingress: optional(ingressShape),
    secretStore: optional(storeShape),
    providers: optional(providersShape),
    identity: optional(identityShape),
    mesh: optional(meshShape),
    namespace: optional(namespaceShape),
    pullSecrets: optional(list(name('the name of a Secret'), 'a list of names')),
    capabilities: optional(
      list(
        custom((value) => capabilities.includes(value), capabilities.join(' or ')),
        'a list of capabilities',
      ),
    ),
    omits: optional({
      give: facetNames.give,
      check: (value, path, log) => {
        facetNames.check(value, path, log);
        table(text('the reason'), facetNames.give).check(value, path, log);
      },
    }),
    restartImage: optional(text('an image with kubectl')),
    signals: optional(text('the name of a Prometheus')),
    quota: optional(quotaShape),
    lowerRequests: optional(lowerRequestsShape),
    gameDays: optional(gameDaysShape),
    prices: optional(hourlyPricesShape),
  },
  'the facts of the environment',
);

/** Whether a value is an environment, of whichever copy of the library. */
export const isEnvironment = (value: unknown): value is Environment =>
  isBag(value) && [value.tryResolve, value.namespace, value.has].every(isFunction);

/** Reports what is missing or wrong in the facts of an environment. */
export function checkEnvironment(environment: Environment): readonly Problem[] {
  const { name: id, source } = environment;
  const log = new ProblemLog(`environment ${isText(id) ? id : describe(id)}`, source);
  const label = text(
    "a name such as 'dev' (small letters, digits and -)",
    isDnsLabel,
    'EnvironmentInvalid',
  );
  conforms(label, environment.name, 'name', log);
  conforms(label, environment.stage, 'stage', log);
  conforms(environmentShape, environment.props, '', log);
  checkWayIn(environment.props, log);
  checkInjected(environment.props, log);
  checkGameDays(environment.stage, environment.props.gameDays, log);
  return log.problems;
}
