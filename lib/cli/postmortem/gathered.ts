import type { ApplicationModel } from '../../foundation';
import { gatherEvidence, placeOf, type Evidence, type Place, type Span } from '../../evidence';
import { neighbours } from '../../postmortem';
import { environmentOf } from '../../rightsize';
import { alertmanagerOf, clientOf, type AlertmanagerArguments } from '../client';
import { UsageError } from '../exit-code';
import { matchersOf } from '../rightsize-options';
import type { Subject } from './asked-time';

/** How evidence is asked for, as the command line has it. */
export interface EvidenceArguments extends AlertmanagerArguments {
  readonly selector?: readonly string[];
  /** How many times as fast time ran. */
  readonly pace?: string;
}

/** Asks what a time looked like around a service. @throws UsageError where that is not known at all, or a part of it is missing */
export async function gathered(
  { model, environment }: Subject,
  models: readonly ApplicationModel[],
  span: Span,
  options: EvidenceArguments,
): Promise<Evidence> {
  const places: readonly [Place, ...Place[]] = [
    placeOf(model, environment),
    ...neighbours(model, models).flatMap((other) => {
      const there = environmentOf(other, environment.name);
      return there ? [placeOf(other, there)] : [];
    }),
  ];
  const alertmanager = alertmanagerOf(options);
  const evidence = await gatherEvidence(
    { prometheus: clientOf(options), ...(alertmanager && { alertmanager }) },
    {
      ...{ places, span, pace: paceOf(options.pace) },
      matchers: (options.selector ?? []).flatMap(matchersOf),
    },
  );
  checkKnowable(evidence);
  return evidence;
}

/** How many times as fast time ran. @throws UsageError */
export function paceOf(text = '1'): number {
  const pace = /^\d{1,4}(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (pace >= 1) return pace;
  throw new UsageError(`--pace is ${text}. Give how many times as fast time ran, such as 60.`);
}

/** Without alerts and burn there is nothing to tell. What is missing beside stands in the postmortem. @throws UsageError */
function checkKnowable({ gaps, alerts, burn }: Evidence): void {
  const whole = gaps.find(({ part, kind }) => part === 'presence' && kind !== 'part-of-time');
  const [needed] = [...alerts.gaps, ...burn.gaps].filter(({ kind }) => kind !== 'no-data');
  const gap = whole ?? needed ?? (burn.rows.length === 0 ? burn.gaps[0] : undefined);
  if (!gap) return;
  const fix = gap.fix === undefined ? '' : ` ${gap.fix}.`;
  throw new UsageError(`${gap.found}.${fix}`);
}
