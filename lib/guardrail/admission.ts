import { MANAGED_BY, type Manifest, type WaiverModel } from '../foundation';
import { celList, celText } from './cel';
import { kinds, type KindFacts, type RuleKind } from './kinds';
import { isCelRule, type CelRule } from './rule';
import type { SelectedRule } from './selection';
import { inlined } from './variables';

/**
 * How far a cluster goes with a broken rule: `audit` writes it into the audit log, `warn` tells the caller as well, `deny` refuses
 * the object. A rule of severity `warning` is never refused.
 */
export type AdmissionStage = 'audit' | 'warn' | 'deny';

/** The label of the namespaces in which the policies are bound. */
export const GUARDED: Readonly<Record<string, string>> = { 'golden-path/guardrails': 'enabled' };

/** A rule as it goes into a cluster. */
interface Exported {
  readonly rule: CelRule;
  readonly severity: SelectedRule['severity'];
  readonly expression: string;
  readonly message: string;
}

/** What a waiver excuses in a cluster. */
export interface AdmissionWaiver extends WaiverModel {
  readonly application: string;
}

const group = 'admissionregistration.k8s.io';
const labels = { 'app.kubernetes.io/managed-by': MANAGED_BY };
const nameOf = (id: string): string => `golden-path-${id}`;

/** The rules that a cluster can judge: those over single objects, without the ones that are only advice. */
function exported(rules: readonly SelectedRule[]): readonly Exported[] {
  return rules.flatMap(({ rule, severity, expression, message }) => {
    if (!isCelRule(rule) || severity === 'info' || resourceRules(rule, '').length === 0) return [];
    return expression === undefined
      ? []
      : [{ rule, severity, expression, message: message ?? "''" }];
  });
}

/**
 * One policy for each rule, so that each can be staged on its own, and the caller sees more than the first broken one. They are the
 * same in every environment. None has variables: before Kubernetes 1.36 an API server can crash when it judges by a policy that has
 * some while it takes in another.
 * @see https://github.com/kubernetes/kubernetes/issues/135757
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function admissionPolicies(
  rules: readonly SelectedRule[],
  waivers: readonly AdmissionWaiver[],
): readonly Manifest[] {
  return exported(rules).map(({ rule, expression, message }) => {
    const own = waivers.filter((waiver) => waiver.rule === rule.id);
    return {
      apiVersion: `${group}/v1`,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: nameOf(rule.id), labels, ...annotations(own) },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          matchPolicy: 'Equivalent',
          resourceRules: resourceRules(rule, expression),
        },
        matchConditions: matchConditions(rule, own),
        validations: [
          {
            expression: inlined(expression),
            message: `${rule.id}: ${rule.why} ${rule.fix}.`,
            messageExpression: `${celText(`${rule.id}: `)} + (${inlined(message)}) + ${celText(`. ${rule.fix}.`)}`,
            reason: 'Invalid',
          },
        ],
      },
    };
  });
}

/** The bindings of one environment: how far it goes with each rule, in the namespaces that carry the label. */
export function admissionBindings(
  rules: readonly SelectedRule[],
  stage: AdmissionStage,
  heldBack: Readonly<Record<string, AdmissionStage>>,
): readonly Manifest[] {
  return exported(rules).map(({ rule, severity }) => ({
    apiVersion: `${group}/v1`,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: nameOf(rule.id), labels },
    spec: {
      policyName: nameOf(rule.id),
      validationActions: actions(least(stage, heldBack[rule.id] ?? 'deny'), severity),
      matchResources: { namespaceSelector: { matchLabels: GUARDED } },
    },
  }));
}

const stages: readonly AdmissionStage[] = ['audit', 'warn', 'deny'];

const least = (a: AdmissionStage, b: AdmissionStage): AdmissionStage =>
  stages.indexOf(a) < stages.indexOf(b) ? a : b;

/** Audit comes along always: it is how the next stage is prepared. */
function actions(stage: AdmissionStage, severity: SelectedRule['severity']): readonly string[] {
  if (stage === 'audit') return ['Audit'];
  return [stage === 'deny' && severity === 'error' ? 'Deny' : 'Warn', 'Audit'];
}

/** Pods are judged when they are made, and when a debug container joins: that is a part of the pod which is written on its own. */
function resourceRules(rule: CelRule, expression: string): readonly object[] {
  const inNamespaces = rule.kinds.filter((kind) => !isClusterScoped(kind));
  const groups = [...new Set(inNamespaces.filter((kind) => kind !== 'Pod').map(groupOf))];
  const readsEphemeral = /\bvariables\.allContainers\b/.test(expression);
  return [
    ...(inNamespaces.includes('Pod') ? [resources(kinds.Pod, ['CREATE'], ['pods'])] : []),
    ...(inNamespaces.includes('Pod') && readsEphemeral
      ? [resources(kinds.Pod, ['UPDATE'], ['pods/ephemeralcontainers'])]
      : []),
    ...groups.map((key) => {
      const members = inNamespaces.filter((kind) => kind !== 'Pod' && groupOf(kind) === key);
      const plurals = members.map((kind) => kinds[kind].plural);
      return resources(kinds[members[0] ?? 'Pod'], ['CREATE', 'UPDATE'], plurals);
    }),
  ];
}

/** A namespace label cannot bind a policy to what stands in no namespace: those kinds are judged at synthesis alone. */
const isClusterScoped = (kind: RuleKind): boolean => 'clusterScoped' in kinds[kind];

const groupOf = (kind: RuleKind): string => `${kinds[kind].group}/${kinds[kind].version}`;

const resources = (
  { group: apiGroup, version }: KindFacts,
  operations: readonly string[],
  plurals: readonly string[],
): object => ({
  apiGroups: [apiGroup],
  apiVersions: [version],
  operations,
  resources: plurals,
  scope: 'Namespaced',
});

function matchConditions(rule: CelRule, waivers: readonly AdmissionWaiver[]): readonly object[] {
  return [
    {
      // What a controller made was judged as the controller: an error there is seen by whom it concerns, and neither an operator's
      // pods nor an injected sidecar stop a rollout. Pod Security goes on watching every pod. Strimzi does not call itself the controller
      // of the Deployments that it makes.
      name: 'made-by-no-controller',
      expression:
        "request.?subResource.orValue('') == 'ephemeralcontainers' || !dyn(object).?metadata.?ownerReferences.orValue([]).exists(o, o.?controller.orValue(false) || o.?apiVersion.orValue('').startsWith('kafka.strimzi.io/'))",
    },
    // Refusing every update would keep finalizers from being removed.
    { name: 'content-changed', expression: contentChanged(rule) },
    ...(waivers.length === 0 ? [] : [{ name: 'not-waived', expression: notWaived(waivers) }]),
  ];
}

function contentChanged(rule: CelRule): string {
  const fields = [...new Set(rule.kinds.flatMap((kind) => kinds[kind].content))];
  const changes = fields.map(
    (field) =>
      `(has(dyn(object).${field}) ? dyn(object).${field} : {}) != (has(dyn(oldObject).${field}) ? dyn(oldObject).${field} : {})`,
  );
  return ["request.operation == 'CREATE'", ...changes].join(' || ');
}

/**
 * As narrow as admission can tell objects apart: the application by its label, the object by kind and name; pods, whose names are
 * made up, and Jobs that migrate, whose names change with each release, by the label of their workload.
 */
function notWaived(waivers: readonly AdmissionWaiver[]): string {
  const all = waivers.flatMap(({ application, objects }) =>
    objects.map((object) => ({ application, ...object })),
  );
  const fixed = all.filter((object) => object.labelled === undefined);
  const migrations = all.flatMap(({ application, labelled }) =>
    labelled === undefined ? [] : [`${application}/${labelled}`],
  );
  const sorted = (texts: readonly string[]): string => celList([...new Set(texts)].sort());
  const label = (name: string): string =>
    `dyn(object).?metadata.?labels[?'app.kubernetes.io/${name}'].orValue('')`;
  const named = sorted(
    fixed.map(({ application, kind, name }) => `${application}/${kind}/${name}`),
  );
  const pods = sorted([
    ...fixed.map(({ application, name }) => `${application}/${name}`),
    ...migrations,
  ]);
  const isLabelled = `(${label('part-of')} + '/' + ${label('name')}) in`;
  return [
    `!((${label('part-of')} + '/' + dyn(object).kind + '/' + dyn(object).?metadata.?name.orValue('')) in ${named})`,
    `!(dyn(object).kind == 'Pod' && ${isLabelled} ${pods})`,
    ...(migrations.length === 0
      ? []
      : [`!(dyn(object).kind == 'Job' && ${isLabelled} ${sorted(migrations)})`]),
  ].join(' && ');
}

/** For people who meet the policy in the cluster. A waiver that has expired fails CI; until it is removed there, it holds here. */
function annotations(waivers: readonly AdmissionWaiver[]): object {
  if (waivers.length === 0) return {};
  const lines = waivers.flatMap(({ application, objects, owner, expires }) =>
    objects.map(
      ({ kind, name, labelled }) =>
        `${application}/${kind}/${labelled ?? name} until ${expires} (${owner})`,
    ),
  );
  return { annotations: { 'golden-path/waived': [...new Set(lines)].sort().join('\n') } };
}
