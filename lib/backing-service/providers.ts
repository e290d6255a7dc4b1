import {
  custom,
  describe,
  isBag,
  nearest,
  serviceKinds,
  type ProblemLog,
  type ServiceKind,
  type Shape,
} from '../foundation';
import type { Provider } from './provider';

/** Which provider supplies what: one for all, by kind, or for one service as `shop/orders-db`. The most specific holds. */
export type Providers = Readonly<Partial<Record<ServiceKind | 'default', Provider>>> &
  Readonly<Record<`${string}/${string}`, Provider>>;

/** The provider of a backing service; undefined when the environment names none for it. */
export function tryProvider(
  providers: Providers | undefined,
  application: string,
  service: { readonly name: string; readonly kind: ServiceKind },
): Provider | undefined {
  const table = (providers ?? {}) as Readonly<Record<string, Provider | undefined>>;
  return table[`${application}/${service.name}`] ?? table[service.kind] ?? table.default;
}

const isProvider = (value: unknown): value is Provider =>
  isBag(value) && typeof value.name === 'string' && isBag(value.supplies);
const providerShape = custom(isProvider, 'a provider, such as inCluster()');
const keys: readonly string[] = ['default', ...serviceKinds];

export const providersShape: Shape = {
  give: 'providers, such as { default: inCluster() }',
  check: (value, path, log) => {
    if (!isBag(value)) {
      custom(() => false, providersShape.give).check(value, path, log);
      return;
    }
    if (isProvider(value)) {
      log.error('PropInvalid', `${path} is a provider`, `Write ${path}: { default: … }`);
      return;
    }
    for (const [key, provider] of Object.entries(value)) {
      checkKey(key, path, log);
      providerShape.check(provider, `${path}.${key}`, log);
      if (!isProvider(provider)) continue;
      for (const { found, fix } of provider.check?.(`${path}.${key}`) ?? []) {
        log.error('EnvironmentInvalid', found, fix);
      }
    }
  },
};

function checkKey(key: string, path: string, log: ProblemLog): void {
  if (keys.includes(key) || /^[^/]+\/[^/]+$/.test(key)) return;
  const near = nearest(key, keys);
  const others = `${keys.join(', ')}, or one service as 'shop/orders-db'`;
  const fix = near === undefined ? `Known are ${others}` : `Write ${near}`;
  log.error('PropUnknown', `there is no kind of backing service ${path}.${describe(key)}`, fix);
}
