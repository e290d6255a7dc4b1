import { Construct, type IConstruct } from 'constructs';
import { alertmanagers, credentialSecrets, type OnCallHere } from '../binding';
import type { Environment } from '../environment';
import {
  captureSource,
  conforms,
  fields,
  isDnsLabel,
  isLabelKey,
  isLabelValue,
  isObjectName,
  MANAGED_BY,
  optional,
  ProblemLog,
  renderYaml,
  sortedManifest,
  table,
  text,
  type Problem,
} from '../foundation';
import { alertmanagerConfig, credentialsOfAll, listOf, platformRouting } from '../incident';
import { CLUSTER } from './check-platform';
import { clusterKustomization } from './kustomization';
import type { RenderedFiles } from './rendering';

export interface AlertRoutingProps {
  /** The namespace of the Alertmanager. The Secrets with the credentials stand there too. */
  readonly namespace: string;
  /** By which `Alertmanager.spec.alertmanagerConfiguration.name` calls it. @default 'on-call' */
  readonly name?: string;
  /** Labels of the object. @default none - it is called by its name */
  readonly labels?: Readonly<Record<string, string>>;
}

const label = text('the value of a label', isLabelValue);
const labels = table(label, "labels such as { alertmanager: 'main' }");
const shape = fields(
  {
    namespace: text('the namespace of the Alertmanager', isDnsLabel),
    name: optional(text('the name of an object', isObjectName)),
    labels: optional({
      give: labels.give,
      check: (value, path, log) => {
        labels.check(value, path, log);
        for (const key of Object.keys(Object(value) as object).filter(
          (each) => !isLabelKey(each),
        )) {
          log.error('LabelInvalid', `${path} has the key '${key}'`, `Give ${labels.give}`);
        }
      },
    }),
  },
  "{ namespace: 'monitoring' }",
);

const MARK = Symbol.for('cdk8s-golden-path.AlertRouting');

/**
 * Writes what `onCall` says as the configuration of each Alertmanager, into `<environment>/cluster`. Like `AdmissionPolicies` it belongs into
 * the platform team's repository alone. It names no application, so it is right for those of all repositories.
 *
 * The Alertmanager calls it in `spec.alertmanagerConfiguration.name`. The operator then adds no matcher of a namespace, as it does to any other
 * AlertmanagerConfig: alerts of causes and of backing services carry none.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.AlertmanagerConfiguration
 */
export class AlertRouting extends Construct {
  /** Whether a value is one, of whichever copy of the library. */
  public static isAlertRouting(this: void, value: unknown): value is AlertRouting {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  readonly #props: AlertRoutingProps;
  readonly #source = captureSource();

  public constructor(scope: Construct, props: AlertRoutingProps) {
    super(scope, 'alert-routing');
    Object.defineProperty(this, MARK, { value: true });
    this.#props = props;
  }

  /** Writes the configuration of each Alertmanager where its rules stand. @internal */
  public render(
    here: OnCallHere | undefined,
    environments: readonly Environment[],
    rendered: RenderedFiles,
  ): readonly Problem[] {
    const log = new ProblemLog(this.node.path, this.#source);
    if (!here) {
      const fix = 'Give the platform onCall: { teams, default, pageStages }';
      log.error('PlatformInvalid', 'the platform does not say who is on call', fix);
    } else if (here.onCall.perApplication) {
      const found = 'onCall.perApplication writes routes too, and each alert would be sent twice';
      log.error('PlatformInvalid', found, 'Leave out one of them');
    } else if (conforms(shape, this.#props, '', log)) {
      for (const { host, environments: places } of alertmanagers(environments)) {
        this.#write(here, host, places, rendered, log);
      }
    }
    return log.problems;
  }

  #write(
    { onCall, groupWait }: OnCallHere,
    host: Environment,
    places: readonly Environment[],
    { files, manifests }: RenderedFiles,
    log: ProblemLog,
  ): void {
    const { namespace, name = 'on-call', labels: given } = this.#props;
    const routing = platformRouting(onCall, places, groupWait);
    const metadata = {
      namespace,
      labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, ...given },
    };
    const receivers = routing.destinations.flatMap((each) => listOf(each.receivers));
    // A store of one namespace is hardly in this one.
    const isShared = host.props.secretStore?.kind !== 'SecretStore';
    const secrets = isShared
      ? credentialSecrets(host, credentialsOfAll(receivers), metadata, log)
      : [];
    const all = [...secrets, alertmanagerConfig({ ...metadata, name }, routing)].map(
      sortedManifest,
    );
    const folder = `${host.name}/${CLUSTER}`;
    const path = `${folder}/on-call.k8s.yaml`;
    files.set(path, renderYaml(all));
    manifests.set(path, all);
    files.set(`${folder}/kustomization.yaml`, clusterKustomization(folder, files.keys()));
  }
}

/** Renders all that stand below a platform. */
export const routeAlerts = (
  root: IConstruct,
  here: OnCallHere | undefined,
  environments: readonly Environment[],
  rendered: RenderedFiles,
): readonly Problem[] =>
  root.node
    .findAll()
    .filter(AlertRouting.isAlertRouting)
    .flatMap((routing) => routing.render(here, environments, rendered));
