import type { ScheduleModel } from '../foundation';
import type { ScheduleFacts } from '../workload';

/** What the model tells of a schedule. */
export const scheduleModel = (schedule: ScheduleFacts): ScheduleModel => ({
  cron: schedule.cron,
  timeZone: schedule.timeZone,
  startingDeadlineSeconds: schedule.startingDeadlineSeconds,
  deadlineSeconds: schedule.activeDeadlineSeconds,
});
