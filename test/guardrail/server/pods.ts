import type { Bag } from '../fixtures/fixture';
import { fillContainer } from './containers';
import { bags, drop, fill, isBag } from './fill';

const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'] as const;
const HOST = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
const MODE = { defaultMode: 420 };

const containersOf = (spec: Bag): readonly Bag[] => CONTAINERS.flatMap((name) => bags(spec[name]));

function fillVolume(volume: Bag): void {
  const { name, ...sources } = volume;
  if (name !== undefined && Object.keys(sources).length === 0) volume.emptyDir = {};
  for (const type of ['configMap', 'secret', 'downwardAPI', 'projected']) fill(volume[type], MODE);
  fill(volume.hostPath, { type: '' });
  if (isBag(volume.ephemeral) && isBag(volume.ephemeral.volumeClaimTemplate)) {
    fill(volume.ephemeral.volumeClaimTemplate.spec, { volumeMode: 'Filesystem' });
  }
}

/** What the API server makes of the spec of a pod, in a Pod and in a template alike. */
export function fillPodSpec(spec: Bag): void {
  spec.serviceAccountName ||= spec.serviceAccount;
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else delete spec.serviceAccountName;
  fill(spec, {
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  });
  drop(spec.securityContext, 'sysctls', 'supplementalGroups');
  for (const volume of bags(spec.volumes)) fillVolume(volume);
  for (const container of containersOf(spec)) fillContainer(container);
  drop(spec, ...HOST, 'initContainers', 'ephemeralContainers', 'volumes', 'tolerations');
}

/** What is not asked for is what is not exceeded. It happens to pods, not to templates. */
function fillRequests(container: Bag): void {
  const { resources } = container;
  if (!isBag(resources) || !isBag(resources.limits)) return;
  resources.requests = {
    ...resources.limits,
    ...(isBag(resources.requests) && resources.requests),
  };
}

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

const PROFILES: Bag = { 'runtime/default': 'RuntimeDefault', unconfined: 'Unconfined' };
const typeOf = (context: unknown): unknown =>
  isBag(context) && isBag(context.appArmorProfile) ? context.appArmorProfile.type : undefined;

/** The annotation as the field that took its place, unless the pod has the same, and the field as the annotation. */
function fillAppArmor(pod: { spec: Bag; annotations: Bag }, container: Bag): void {
  const key = `${APPARMOR}${String(container.name)}`;
  const profile = pod.annotations[key];
  const ofPod = typeOf(pod.spec.securityContext);
  if (typeof profile !== 'string') {
    const type = typeOf(container.securityContext) ?? ofPod;
    const known = Object.keys(PROFILES).find((name) => PROFILES[name] === type);
    if (known !== undefined) pod.annotations[key] = known;
    return;
  }
  const type = PROFILES[profile] ?? 'Localhost';
  if (type === ofPod) return;
  container.securityContext ??= {};
  fill(container.securityContext, { appArmorProfile: { type } });
}

/** What the admission plugin for service accounts adds to a pod. */
function mountToken(spec: Bag): void {
  fill(spec, { serviceAccountName: 'default', serviceAccount: 'default' });
  const name = 'kube-api-access-abcde';
  const isMounted = bags(spec.volumes).some((volume) => volume.name === name);
  if (isMounted || spec.automountServiceAccountToken === false) return;
  const projected = { ...MODE, sources: [{ serviceAccountToken: { path: 'token' } }] };
  spec.volumes = [...bags(spec.volumes), { name, projected }];
  for (const container of [...bags(spec.containers), ...bags(spec.initContainers)]) {
    container.volumeMounts = [...bags(container.volumeMounts), { name, mountPath: '/var/run' }];
  }
}

/** What happens to a Pod alone. */
export function fillPod(pod: Bag): void {
  const { spec, metadata } = pod;
  if (!isBag(spec)) return;
  const annotations = isBag(metadata) && isBag(metadata.annotations) ? metadata.annotations : {};
  for (const container of [...bags(spec.containers), ...bags(spec.initContainers)]) {
    fillRequests(container);
    fillAppArmor({ spec, annotations }, container);
    if (spec.hostNetwork !== true) continue;
    for (const port of bags(container.ports)) fill(port, { hostPort: port.containerPort });
  }
  if (isBag(metadata) && Object.keys(annotations).length > 0) metadata.annotations = annotations;
  mountToken(spec);
  fill(spec, { priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
}
