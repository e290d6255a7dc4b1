import type { SecretStore } from '../environment';
import {
  describe,
  isLiteral,
  type Manifest,
  type Problem,
  type ProblemLog,
  type WorkloadModel,
} from '../foundation';
import { bindingLog, boundLabels, type Binding, type Bound } from './bound';
import { externalSecret, keysOfEntry } from './made-secret';
import { suppliesOf } from './supplied';

interface SecretKeys {
  readonly keys: Set<string>;
  readonly user: WorkloadModel;
}

/** One ExternalSecret for each secret, shared by all workloads that read it. */
export function bindExternalSecrets(bound: Bound): Binding {
  const secrets = new Map<string, SecretKeys>();
  for (const user of bound.workloads) {
    for (const { secret, key } of user.secrets) {
      const known = secrets.get(secret) ?? { keys: new Set<string>(), user };
      known.keys.add(key);
      secrets.set(secret, known);
    }
  }
  const store = bound.environment.props.secretStore;
  const taken = checkSupplied(bound, secrets);
  const sorted = [...secrets].sort(([a], [b]) => (a < b ? -1 : 1));
  if (store) {
    const log = bindingLog(bound);
    const manifests = sorted.map(([name, { keys }]) =>
      secretOf(bound, store, name, keys, entryOf(bound.phaseOne.application, store, name, log)),
    );
    return { manifests, problems: [...taken, ...log.problems] };
  }
  const problems = sorted.flatMap(([name, { user }]) => {
    const log = bindingLog(bound, user);
    const found = `it reads the secret ${name}, and the environment has no secret store`;
    log.error('SecretStoreMissing', found, 'Give the environment a secretStore');
    return log.problems;
  });
  return { manifests: [], problems: [...taken, ...problems] };
}

/** What a backing service gives is no secret of the store's: both would write it. */
function checkSupplied(bound: Bound, secrets: ReadonlyMap<string, SecretKeys>): readonly Problem[] {
  return suppliesOf(bound).supplied.flatMap(({ service, provided }) =>
    Object.keys(provided.gives).flatMap((id) => {
      const name = id.startsWith('Secret/') ? id.slice('Secret/'.length) : '';
      const user = secrets.get(name)?.user;
      if (!user) return [];
      const log = bindingLog(bound, user);
      const found = `it reads the secret ${name}, which the backing service ${service.name} brings`;
      log.error('ObjectNameTaken', found, `Use the references of ${service.name}, or another name`);
      return log.problems;
    }),
  );
}

/** The entry in the store, by a function of the platform team's, which may return anything. */
export function entryOf(
  application: string,
  store: SecretStore,
  name: string,
  log: ProblemLog,
): string {
  const entry: unknown = store.entry ? store.entry(application, name) : `${application}/${name}`;
  if (isLiteral(entry) && entry !== '') return entry;
  const found = `secretStore.entry gives ${describe(entry)} for the secret ${name}`;
  log.error('EnvironmentInvalid', found, 'Let it return the name of the entry');
  return '';
}

function secretOf(
  bound: Bound,
  store: SecretStore,
  name: string,
  keys: ReadonlySet<string>,
  entry: string,
): Manifest {
  return externalSecret(
    { name, labels: boundLabels(bound) },
    {
      refreshInterval: store.refreshInterval ?? '1h',
      secretStoreRef: { kind: store.kind ?? 'ClusterSecretStore', name: store.name },
      data: keysOfEntry(entry, [...keys].sort()),
    },
  );
}
