import { Construct } from 'constructs';
import { captureSource } from '../foundation';
import { STOCK_DRAIN_SECONDS } from '../workload';
import { Application } from './application';
import type { GoldenObject } from './golden-object';
import { joinApplication } from './join-application';
import { inApplication } from './stand-in';
import { tryMigration, type Migration } from './migration';
import type { KindFacts } from './resolve-workload';
import type { WorkerProps } from './workload-props';
import { workerShape } from './workload-shape';

/** A workload that always runs and that nobody calls. It has no Service, and nothing sends to it that would have to stop first. */
export class Worker extends Construct {
  public readonly deployment: GoldenObject;
  public readonly podDisruptionBudget: GoldenObject;
  public readonly networkPolicy: GoldenObject;
  /** Present when `metrics` is given. */
  public readonly podMonitor: GoldenObject | undefined;
  /** Present when `migrate` is given. */
  public readonly migration: Migration | undefined;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: WorkerProps) {
    super(...inApplication(scope, id));
    const application = Application.of(this);
    const place = { construct: this, id, application, source: captureSource() };
    const objects = joinApplication('worker', place, workerShape, props, facts);
    // First, so that no pod is there before what isolates it.
    this.networkPolicy = objects.placeNetworkPolicy();
    this.deployment = objects.placeDeployment();
    this.podDisruptionBudget = objects.placePodDisruptionBudget();
    this.podMonitor = objects.tryPlacePodMonitor(props);
    this.migration = tryMigration(place, props);
  }
}

const facts = (props: WorkerProps): KindFacts => ({
  graceSeconds: props.drainSeconds ?? STOCK_DRAIN_SECONDS,
  ...(props.health !== undefined && { health: props.health }),
  ...(props.scale && { scale: props.scale }),
  ...(props.slo && { slo: props.slo }),
  ...(props.runbook && { runbook: props.runbook }),
});
