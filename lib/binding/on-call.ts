import type { Environment } from '../environment';
import {
  compareText,
  grouped,
  type ProblemLog,
  type Manifest,
  type Metadata,
  type SecretReference,
} from '../foundation';
import {
  alertmanagerConfig,
  applicationRouting,
  credentialsOfAll,
  listOf,
  tryTeam,
  withSecretNames,
} from '../incident';
import { bindingLog, boundLabels, type Binding, type Bound } from './bound';
import { entryOf } from './external-secret';
import { externalSecret, keysOfEntry } from './made-secret';
import { isWatched, takesSignals } from './signals';

/** The environments that one Prometheus and its Alertmanager watch. */
export interface WatchedTogether {
  readonly signals: string;
  /** Where what belongs to all of them stands: the last one declared that is no preview, if there is one. */
  readonly host: Environment;
  readonly environments: readonly Environment[];
}

/** Which Alertmanager has the alerts of which environments. */
export function alertmanagers(environments: readonly Environment[]): readonly WatchedTogether[] {
  const watched = grouped(environments.filter(takesSignals), ({ signals }) => signals);
  return [...watched].flatMap(([signals, all]) => {
    const host = all.findLast(({ likeName }) => likeName === undefined) ?? all.at(-1);
    return host ? [{ signals, host, environments: all }] : [];
  });
}

/** Whose entries of a secret store the credentials of receivers are: they belong to no application. */
const ON_CALL = 'on-call';

/**
 * What brings the credentials of receivers from the store of an environment; without one they are somebody else's to bring.
 * @param rename - what Secrets are called here
 */
export function credentialSecrets(
  { props: { secretStore } }: Environment,
  credentials: readonly SecretReference[],
  metadata: Omit<Metadata, 'name'>,
  log: ProblemLog,
  rename: (name: string) => string = (name) => name,
): readonly Manifest[] {
  if (!secretStore) return [];
  const { name: store, kind = 'ClusterSecretStore', refreshInterval = '1h' } = secretStore;
  return [...grouped(credentials, ({ secret }) => secret)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, references]) => {
      const entry = entryOf(ON_CALL, secretStore, name, log);
      const keys = references.map(({ key }) => key).sort(compareText);
      return externalSecret(
        { ...metadata, name: rename(name) },
        {
          refreshInterval,
          secretStoreRef: { kind, name: store },
          data: keysOfEntry(entry, keys),
        },
      );
    });
}

/** The routes of the application, where the platform wants them beside it. */
export function bindOnCall(bound: Bound): Binding {
  const { onCall: here, phaseOne, environment } = bound;
  const perApplication = here?.onCall.perApplication;
  // An owner whom nobody knows is reported with the application.
  const team = here && tryTeam(here.onCall, phaseOne.owner);
  if (!here || !perApplication || !team || !isWatched(bound)) return { manifests: [] };
  const { application, owner } = phaseOne;
  const routing = applicationRouting(
    here.onCall,
    [owner, team],
    application,
    environment,
    here.groupWait,
  );
  const labels = boundLabels(bound);
  const credentials = credentialsOfAll(
    routing.destinations.flatMap(({ receivers }) => listOf(receivers)),
  );
  // Several applications may share a namespace, and each brings its own.
  const rename = (name: string): string => `${application}-${name}`;
  const log = bindingLog(bound);
  if (credentials.length > 0 && !environment.props.secretStore) {
    const found = `alerts of ${owner} are sent with a credential of the Secret ${credentials[0]?.secret ?? ''}, and the environment has no secret store`;
    log.error('SecretStoreMissing', found, 'Give the environment a secretStore');
  }
  const secrets = credentialSecrets(environment, credentials, { labels }, log, rename);
  const destinations = routing.destinations.map((each) => ({
    ...each,
    receivers: listOf(each.receivers).map((receiver) => withSecretNames(receiver, rename)),
  }));
  const config = alertmanagerConfig(
    { name: `${application}-on-call`, labels: { ...labels, ...perApplication.labels } },
    { ...routing, destinations },
  );
  return { manifests: [...secrets, config], problems: log.problems };
}
