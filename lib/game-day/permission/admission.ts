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
/** What holds faults of pods, or does none. */
const HOLDERS = ['Workflow', 'Schedule', 'StatusCheck'];
const STEPS = ['Serial', 'Parallel', 'Suspend', 'Task', 'StatusCheck', 'Schedule'];

const isAllowed =
  "has(namespaceObject.metadata.annotations) && 'chaos-mesh.org/inject' in namespaceObject.metadata.annotations && namespaceObject.metadata.annotations['chaos-mesh.org/inject'] == 'enabled'";

/** A field of an object that may be absent itself. */
const at = (holder: string, ...fields: readonly string[]): string =>
  fields.reduce((found, field) => `${found}.?${field}`, holder);

const SPEC = at('dyn(object)', 'spec');
const KIND = 'dyn(object).kind';

/** What the policy reads, each from those before it: all that may hold faults, however deep in the object. */
const VARIABLES = [
  { name: 'fields', expression: list(FAULTS) },
  { name: 'kinds', expression: list(FAULT_KINDS) },
  {
    name: 'templates',
    expression: `${at(SPEC, 'templates')}.orValue([]) + ${at(SPEC, 'workflow', 'templates')}.orValue([])`,
  },
  {
    name: 'schedules',
    expression: `(${KIND} == 'Schedule' ? [${SPEC}.orValue({})] : []) + variables.templates.filter(t, has(t.schedule)).map(t, t.schedule)`,
  },
  {
    // What is a fault itself is held like those of Workflows; that of the network alone has a target.
    name: 'holders',
    expression: `variables.templates + variables.schedules + (${KIND} in variables.kinds ? [{${KIND} == 'NetworkChaos' ? 'networkChaos' : 'podChaos': ${SPEC}.orValue({})}] : [])`,
  },
];

/** Faults of pods alone, and what holds them. */
const ofPods = [
  `${KIND} in variables.kinds + ${list([...INNER_KINDS, ...HOLDERS])}`,
  `variables.templates.all(t, ${at('t', 'templateType')}.orValue('') in variables.kinds + ${list(STEPS)})`,
  `variables.schedules.all(s, ${at('s', 'type')}.orValue('') in variables.kinds + ['Workflow'])`,
]
  .map((each) => `(${each})`)
  .join(' && ');

/** Only pods of the namespace of the object. Without `namespaces`, Chaos Mesh takes that one. */
const ownPods = (selector: string): string =>
  `${at(selector, 'namespaces')}.orValue([]).all(n, n == request.namespace) && ${at(selector, 'pods')}.orValue({}).all(n, n == request.namespace)`;

const staysHere = [
  `variables.fields.all(k, ${ownPods(at('h[?k]', 'selector'))} && ${at('h[?k]', 'remoteCluster')}.orValue('') == '')`,
  ownPods(at('h', 'networkChaos', 'target', 'selector')),
].join(' && ');

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

const VALIDATIONS = [
  {
    expression: isAllowed,
    message:
      'game-days: this namespace allows no faults on purpose. Give its environment gameDays, or annotate a namespace of your own with chaos-mesh.org/inject: enabled.',
  },
  {
    expression: ofPods,
    message:
      'game-days: faults may be done to pods alone, and this holds a kind or step that is not known to do so. Take out those of machines and clouds.',
  },
  {
    expression: `variables.holders.all(h, ${staysHere})`,
    message:
      'game-days: faults may reach pods of their own namespace alone. Name no other namespace and no other cluster, and hold a game day in each.',
  },
];

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
      variables: VARIABLES,
      validations: VALIDATIONS.map((each) => ({ ...each, reason: 'Forbidden' })),
    },
  },
  {
    apiVersion: `${group}/v1`,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: GAME_DAY_POLICY, validationActions: ['Deny', 'Audit'] },
  },
];
