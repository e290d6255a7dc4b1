import { MANAGED_BY, type Manifest } from '../../foundation';

/**
 * The annotation of a namespace by which Chaos Mesh is let in, where its controller filters namespaces
 * (`controllerManager.enableFilterNamespace`), and by which the policy below knows who allows it.
 * @see https://chaos-mesh.org/docs/configure-enabled-namespace/
 */
export const INJECT = { 'chaos-mesh.org/inject': 'enabled' } as const;

const group = 'admissionregistration.k8s.io';
/** The name of the policy and of its binding. */
export const GAME_DAY_POLICY = 'golden-path-game-days';
const metadata = {
  name: GAME_DAY_POLICY,
  labels: { 'app.kubernetes.io/managed-by': MANAGED_BY },
};

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

/** A field of an object that may be absent itself. */
const at = (holder: string, ...fields: readonly string[]): string =>
  fields.reduce((found, field) => `${found}.?${field}`, holder);

/** Only pods of the namespace of the object. Without `namespaces`, Chaos Mesh takes that one. */
const ownPods = (selector: string): string =>
  `${at(selector, 'namespaces')}.orValue([]).all(n, n == request.namespace) && ${at(selector, 'pods')}.orValue({}).all(n, n == request.namespace)`;

const sameCluster = (fault: string): string => `${at(fault, 'remoteCluster')}.orValue('') == ''`;

/** The faults that an object holds in fields named by their kinds. */
const ownFaults = (holder: string): string => {
  const fault = `${holder}[?k]`;
  return [
    `${list(FAULTS)}.all(k, ${ownPods(at(fault, 'selector'))} && ${sameCluster(fault)})`,
    ownPods(at(holder, 'networkChaos', 'target', 'selector')),
  ].join(' && ');
};

/** The steps of a Workflow, and of one in a Schedule. */
const ownSteps = (templates: string): string =>
  `${templates}.orValue([]).all(t, ${ownFaults('t')} && ${list([...STEPS, ...FAULT_KINDS])}.exists(k, k == ${at('t', 'templateType')}.orValue('')) && (!${at('t', 'schedule')}.hasValue() || (${ownSchedule(at('t', 'schedule'))})))`;

/** What a Schedule makes, of itself and of a step. */
const ownSchedule = (schedule: string): string =>
  `${ownFaults(schedule)} && ${list([...FAULT_KINDS, 'Workflow'])}.exists(k, k == ${at(schedule, 'type')}.orValue(''))`;

const SPEC = at('dyn(object)', 'spec');
const KIND = 'dyn(object).kind';
const ownFault = `${ownPods(at(SPEC, 'selector'))} && ${sameCluster(SPEC)}`;

/** Each kind by what it may select. */
const staysHere = [
  `${list(INNER_KINDS)}.exists(k, k == ${KIND})`,
  `${KIND} == 'StatusCheck'`,
  `${KIND} == 'Workflow' && ${ownSteps(at(SPEC, 'templates'))}`,
  `${KIND} == 'Schedule' && ${ownSchedule(SPEC)} && ${ownSteps(at(SPEC, 'workflow', 'templates'))}`,
  `${KIND} == 'NetworkChaos' && ${ownFault} && ${ownPods(at(SPEC, 'target', 'selector'))}`,
  `${list(FAULT_KINDS.filter((kind) => kind !== 'NetworkChaos'))}.exists(k, k == ${KIND}) && ${ownFault}`,
]
  .map((each) => `(${each})`)
  .join(' || ');

/** While they are 'true', a fault, a Schedule or a Workflow is held: without them it goes on. */
const HOLDS = ['experiment.chaos-mesh.org/pause', 'workflow.chaos-mesh.org/abort'];
const isHeld = (object: string): string =>
  `${at(`dyn(${object})`, 'metadata', 'annotations')}[?k].orValue('') == 'true'`;

/** Taking a finalizer or a label away changes no fault; letting go on what was held does. */
const CHANGED = [
  "request.operation == 'CREATE'",
  `${SPEC} != ${at('dyn(oldObject)', 'spec')}`,
  `${list(HOLDS)}.exists(k, ${isHeld('oldObject')} && !(${isHeld('object')}))`,
].join(' || ');

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
    spec: { policyName: GAME_DAY_POLICY, validationActions: ['Deny', 'Audit'] },
  },
];
