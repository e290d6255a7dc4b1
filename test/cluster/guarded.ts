import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../../lib';
import {
  admissionBindings,
  admissionPolicies,
  GUARDED,
  type AdmissionStage,
  type AdmissionWaiver,
  type SelectedRule,
} from '../../lib/guardrail';
import { DRY_RUN, request, type Answer } from './api';
import { inTurns, kubectl, quietly } from './kubectl';

const SENTINEL = 'golden-path-suite';
const SECONDS = 60;

/** A policy and a binding of our own, with which the server can be asked what it has heard of. */
interface Sentinel {
  readonly name: string;
  readonly namespace: string;
}

let turn = 0;
let present: Sentinel | undefined;

/** What to install. */
export interface Installed {
  readonly rules: readonly SelectedRule[];
  readonly stage: AdmissionStage;
  readonly waivers?: readonly AdmissionWaiver[];
  /** Any namespace with the label. */
  readonly namespace: string;
}

/** Installs the policies and bindings in place of whatever there is, and waits until the server goes by them. */
export async function install({ rules, stage, waivers = [], namespace }: Installed): Promise<void> {
  await uninstall();
  present = { name: `${SENTINEL}-${++turn}`, namespace };
  await inTurns(admissionPolicies(rules, waivers), made);
  await made(sentinelPolicy(present));
  await inTurns(admissionBindings(rules, stage, {}), made);
  await made(sentinelBinding(present));
  await until(present, true);
}

/** Removes all policies and bindings, and waits until the server has forgotten them: other suites run on it too. */
export async function uninstall(): Promise<void> {
  const name = present?.name ?? 'none';
  for (const operator of ['!=', '=']) {
    for (const plural of [BINDINGS, POLICIES]) {
      await request('DELETE', `${API}/${plural}?fieldSelector=metadata.name${operator}${name}`);
    }
  }
  if (present) await until(present, false);
  present = undefined;
}

/** The server hears of changes in their order: when it goes by the last one, it goes by all. */
async function until(sentinel: Sentinel, isWanted: boolean): Promise<void> {
  const end = Date.now() + SECONDS * 1000;
  while ((await isBound(sentinel)) !== isWanted) {
    if (Date.now() > end) throw new Error(`After ${SECONDS} s the server goes by old policies.`);
    await sleep(200);
  }
}

/** A namespace with labels; one that exists gets them. */
export async function namespaced(
  name: string,
  labels: Readonly<Record<string, string>> = GUARDED,
): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  const args = ['apply', '--server-side', '--force-conflicts', '-f', '-'];
  await quietly(args, JSON.stringify(namespace));
  // The controller that makes `default` in time is not everywhere, and pods need it at once.
  for (const account of ['default', 'orders']) {
    await kubectl(['create', 'serviceaccount', account, '-n', name]);
  }
}

const group = 'admissionregistration.k8s.io';
const API = `/apis/${group}/v1`;
const POLICIES = 'validatingadmissionpolicies';
const BINDINGS = 'validatingadmissionpolicybindings';

async function made(object: Manifest): Promise<void> {
  const plural = object.kind.endsWith('Binding') ? BINDINGS : POLICIES;
  const { status, body } = await request('POST', `${API}/${plural}?fieldValidation=Strict`, object);
  if (status !== 201) throw new Error(body.message);
}

const sentinelPolicy = ({ name }: Sentinel): Manifest => ({
  apiVersion: `${group}/v1`,
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: {
    matchConstraints: {
      resourceRules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
      ],
    },
    validations: [{ expression: `object.metadata.name != '${SENTINEL}'` }],
  },
});

const sentinelBinding = ({ name }: Sentinel): Manifest => ({
  apiVersion: `${group}/v1`,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: {
    policyName: name,
    validationActions: ['Warn'],
    matchResources: { namespaceSelector: { matchLabels: GUARDED } },
  },
});

async function isBound({ name, namespace }: Sentinel): Promise<boolean> {
  const path = `/api/v1/namespaces/${namespace}/configmaps?${DRY_RUN}`;
  const content = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: SENTINEL } };
  const { warnings } = await request('POST', path, content);
  return warnings.some((text) => text.includes(`'${name}'`));
}

/** The warnings of policies: the server has others of its own. */
export const ofPolicies = ({ warnings }: Answer): readonly string[] =>
  warnings.filter((text) => text.startsWith('Validation failed for ValidatingAdmissionPolicy '));
