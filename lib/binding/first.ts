import type { Manifest } from '../foundation';
import { allowDns, allowTelemetry } from './allowances';
import { allowBackingServices, bindBackingServices } from './backing-services';
import type { Binding, Bound } from './bound';
import { bindExternalSecrets } from './external-secret';
import { allowIdentity, bindIdentities } from './identity';
import { bindMeshAuthorization } from './mesh-authorization';
import { allowMesh } from './mesh-network';
import { bindNamespace } from './namespace';
import { allowOutside } from './outside';
import { allowImports } from './published';
import { bindQuota } from './quota';
import { bindServiceAccounts } from './service-account';
import { bindSettings } from './settings';

type Test = (manifest: Manifest, bound: Bound) => boolean;

const always: Test = () => true;

/** Its own alone: what the old code reads does not change before the migration has worked. */
const ofMigration: Test = ({ metadata }) =>
  metadata.labels?.['app.kubernetes.io/component'] === 'migration';

/** All that a migration reads; who else reads them finds the same there. */
const readByMigration: Test = ({ metadata }, { workloads }) =>
  workloads.some(
    ({ kind, secrets }) =>
      kind === 'migration' && secrets.some(({ secret }) => secret === metadata.name),
  );

/** Which objects of a binding function must be there before the migrations run. What is not listed here comes with the rest. */
export const firstOf: ReadonlyMap<(bound: Bound) => Binding, Test> = new Map([
  [bindNamespace, always],
  // What the migrations take may be more than the quota of the release before has room for.
  [bindQuota, always],
  [bindServiceAccounts, ofMigration],
  [bindIdentities, ofMigration],
  [bindSettings, ofMigration],
  [bindExternalSecrets, readByMigration],
  [bindBackingServices, always],
  [allowDns, always],
  [allowTelemetry, ofMigration],
  [allowOutside, ofMigration],
  [allowIdentity, ofMigration],
  [allowImports, ofMigration],
  [allowBackingServices, ofMigration],
  [allowMesh, ofMigration],
  [bindMeshAuthorization, ofMigration],
]);

/** Whether an environment has migrations of an application at all. */
export const hasMigration = ({ workloads }: Bound): boolean =>
  workloads.some(({ kind }) => kind === 'migration');
