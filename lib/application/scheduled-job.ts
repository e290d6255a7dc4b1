import { Construct } from 'constructs';
import { captureSource } from '../foundation';
import { cronJob, STOCK_DRAIN_SECONDS, type ScheduleFacts } from '../workload';
import { Application } from './application';
import type { GoldenObject } from './golden-object';
import { joinApplication } from './join-application';
import { inApplication } from './stand-in';
import type { KindFacts } from './resolve-workload';
import type { ResolvedWorkload } from './resolved-workload';
import type { ScheduledJobProps } from './workload-props';
import { scheduledJobShape } from './workload-shape';

/** The CronJob controller adds eleven characters to the name of each run. */
const LONGEST_ID = 52;

/** A workload that runs by the clock: a CronJob that never overlaps itself and does not run for ever. */
export class ScheduledJob extends Construct {
  public readonly cronJob: GoldenObject;
  public readonly networkPolicy: GoldenObject;
  /** Present when `metrics` is given. */
  public readonly podMonitor: GoldenObject | undefined;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 52 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(...inApplication(scope, id));
    const application = Application.of(this);
    const place = {
      construct: this,
      id,
      application,
      source: captureSource(),
      longestId: LONGEST_ID,
    };
    const objects = joinApplication('scheduled-job', place, scheduledJobShape, props, facts);
    // First, so that no pod is there before what isolates it.
    this.networkPolicy = objects.placeNetworkPolicy();
    this.cronJob = objects.place('cron-job', 'batch/v1', 'CronJob', (own) =>
      cronJob(own.workload, scheduleOf(own)),
    );
    this.podMonitor = objects.tryPlacePodMonitor(props);
  }
}

const facts = (props: ScheduledJobProps): KindFacts => ({
  graceSeconds: STOCK_DRAIN_SECONDS,
  schedule: {
    cron: props.schedule,
    timeZone: props.timeZone ?? 'Etc/UTC',
    startingDeadlineSeconds: props.startingDeadlineSeconds ?? 300,
    activeDeadlineSeconds: props.deadlineSeconds ?? 3600,
    retries: props.retries ?? 6,
  },
  ...(props.slo && { slo: props.slo }),
  ...(props.runbook && { runbook: props.runbook }),
});

const scheduleOf = ({ workload }: ResolvedWorkload): ScheduleFacts =>
  workload.schedule as ScheduleFacts;
