import { parse } from 'yaml';
import { describe, isBag } from '../../foundation';
import { UsageError } from '../exit-code';
import { textOf } from '../files';

/** What and when a postmortem is about. */
export interface Head {
  readonly subject: string;
  readonly environment: string;
  readonly from: string;
  readonly to: string;
}

/** What the head of a postmortem says of its time. @throws UsageError */
export function headOf(file: string): Head {
  const [, head = ''] = /^---\n([\s\S]*?)\n---\n/.exec(textOf(file)) ?? [];
  let value: unknown;
  try {
    // As text: YAML would make its own of times.
    value = parse(head, { schema: 'failsafe' });
  } catch {
    value = undefined;
  }
  const { application, service, environment, from, to, pace } = isBag(value) ? value : {};
  const all = [application, service, environment, from, to];
  if (!all.every((each) => typeof each === 'string')) {
    throw new UsageError(
      `${describe(file)} is no postmortem of golden-path: it does not begin with what and when it was. Give the service, with --from and --to.`,
    );
  }
  if (pace !== undefined && pace !== '1') {
    throw new UsageError(
      `${describe(file)} is of a rehearsal, which ran ${describe(pace)} times as fast. The rules of the output folder do not fit its series.`,
    );
  }
  const [app, of, where, begin, end] = all as readonly string[];
  return {
    subject: `${app ?? ''}/${of ?? ''}`,
    ...{ environment: where ?? '', from: begin ?? '', to: end ?? '' },
  };
}
