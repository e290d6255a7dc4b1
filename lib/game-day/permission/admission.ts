import { MANAGED_BY, type Manifest } from '../../foundation';

/**
 * The annotation of a namespace by which Chaos Mesh is let in, where its controller filters namespaces
 * (`controllerManager.enableFilterNamespace`), and by which the policy below knows who allows it.
 * @see https://chaos-mesh.org/docs/configure-enabled-namespace/
 */
export const INJECT = { 'chaos-mesh.org/inject': 'enabled' } as const;

const group = 'admissionregistration.k8s.io';
const name = 'golden-path-game-days';
const metadata = { name, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } };

/** The faults that are done to pods, by the field that holds each in Workflows and Schedules. Others reach what is in no namespace. */
const FAULTS = [
  ...['blockChaos', 'dnsChaos', 'httpChaos', 'ioChaos', 'jvmChaos'],
  ...['kernelChaos', 'networkChaos', 'podChaos', 'stressChaos', 'timeChaos'],
];
const list = (names: readonly string[]): string =>
  `[${names.map((each) => `'${each}'`).join(', ')}]`;
/** The kind of each: `networkChaos` is of `NetworkChaos`. */
const kindOf = (field: string): string =>
  ['dns', 'http', 'io', 'jvm'].some((each) => field === `${each}Chaos`)
    ? `${field.slice(0, -'Chaos'.length).toUpperCase()}Chaos`
    : `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
const FAULT_KINDS = FAULTS.map(kindOf);
/** What Chaos Mesh makes of them, and writes anew to take a fault back: that may happen whatever the namespace says. */
const INNER = ['podhttpchaos', 'podiochaos', 'podnetworkchaos'];
const INNER_KINDS = ['PodHttpChaos', 'PodIOChaos', 'PodNetworkChaos', 'WorkflowNode'];
const STEPS = ['Serial', 'Parallel', 'Suspend', 'Task', 'StatusCheck', 'Schedule'];

const isAllowed =
  "has(namespaceObject.metadata.annotations) && 'chaos-mesh.org/inject' in namespaceObject.metadata.annotations && namespaceObject.metadata.annotations['chaos-mesh.org/inject'] == 'enabled'";

/** Only pods of the namespace of the object. Without `namespaces`, Chaos Mesh takes that one. */
const ownPods = (selector: string): string =>
  `${selector}.?namespaces.orValue([]).all(n, n == request.namespace) && ${selector}.?pods.orValue({}).all(n, n == request.namespace)`;

/** The faults that an object holds in fields named by their kinds. */
const ownFaults = (holder: string): string =>
  [
    `${list(FAULTS)}.all(k, ${ownPods(`${holder}[?k].?selector`)} && ${holder}[?k].?remoteCluster.orValue('') == '')`,
    ownPods(`${holder}.?networkChaos.?target.?selector`),
  ].join(' && ');

/** The steps of a Workflow, and of one in a Schedule. */
const ownSteps = (templates: string): string =>
  `${templates}.all(t, ${ownFaults('t')} && ${list([...STEPS, ...FAULT_KINDS])}.exists(k, k == t.?templateType.orValue('')) && (!has(t.schedule) || ${ownSchedule('t.schedule')}))`;

/** What a Schedule makes, of itself and of a step. */
const ownSchedule = (schedule: string): string =>
  `${ownFaults(schedule)} && ${list([...FAULT_KINDS, 'Workflow'])}.exists(k, k == ${schedule}.?type.orValue(''))`;

const SPEC = 'dyn(object).spec';
const KIND = 'dyn(object).kind';

/** Each kind by what it may select. */
const staysHere = [
  `${list(INNER_KINDS)}.exists(k, k == ${KIND})`,
  `${KIND} == 'StatusCheck'`,
  `${KIND} == 'Workflow' && ${ownSteps(`${SPEC}.?templates.orValue([])`)}`,
  `${KIND} == 'Schedule' && ${ownSchedule(SPEC)} && ${ownSteps(`${SPEC}.?workflow.?templates.orValue([])`)}`,
  `${KIND} == 'NetworkChaos' && ${ownPods(`${SPEC}.?selector`)} && ${ownPods(`${SPEC}.?target.?selector`)} && ${SPEC}.?remoteCluster.orValue('') == ''`,
  `${list(FAULT_KINDS.filter((kind) => kind !== 'NetworkChaos'))}.exists(k, k == ${KIND}) && ${ownPods(`${SPEC}.?selector`)} && ${SPEC}.?remoteCluster.orValue('') == ''`,
]
  .map((each) => `(${each})`)
  .join(' || ');

/** Taking a finalizer or a label away changes no fault. */
const CHANGED =
  "request.operation == 'CREATE' || (has(dyn(object).spec) ? dyn(object).spec : {}) != (has(dyn(oldObject).spec) ? dyn(oldObject).spec : {})";

const resources = (operations: readonly string[], plurals: readonly string[]): object => ({
  apiGroups: ['chaos-mesh.org'],
  apiVersions: ['*'],
  operations,
  resources: plurals,
  scope: 'Namespaced',
});

/**
 * Refuses every object of Chaos Mesh in a namespace that does not let it in, and one whose faults reach into another namespace. It asks the
 * namespace itself, so environments that share a cluster bring the same policy, and others of that cluster are as safe.
 */
export const gameDayPolicies = (): readonly Manifest[] => [
  {
    apiVersion: `${group}/v1`,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        resourceRules: [resources(['CREATE', 'UPDATE'], ['*'])],
        excludeResourceRules: [resources(['UPDATE'], INNER)],
      },
      matchConditions: [{ name: 'content-changed', expression: CHANGED }],
      validations: [
        {
          expression: isAllowed,
          message:
            'game-days: this namespace allows no faults on purpose. Give its environment gameDays, or annotate a namespace of your own with chaos-mesh.org/inject: enabled.',
          reason: 'Forbidden',
        },
        {
          expression: staysHere,
          message:
            'game-days: faults may reach pods of their own namespace alone. Name no other namespace, cluster, machine or cloud, and hold a game day in each.',
          reason: 'Forbidden',
        },
      ],
    },
  },
  {
    apiVersion: `${group}/v1`,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: name, validationActions: ['Deny', 'Audit'] },
  },
];
