import * as fs from 'node:fs';
import { describe, isUntouched } from '../../foundation';
import { experimentsOf } from '../../game-day';
import { incidentOf, MARKER, postmortemText } from '../../postmortem';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { checkWritable, textOf, writeWhole } from '../files';
import { modelsOf } from '../models';
import { spanOf, subjectOf } from './asked-time';
import { gathered, type EvidenceArguments } from './gathered';

export interface WriteArguments extends EvidenceArguments {
  readonly application?: string;
  readonly environment?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dist?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Writes down what is known of an incident. */
export async function write(text: string, options: WriteArguments): Promise<ExitCode> {
  const { from, to, output, force } = options;
  if (from === undefined || to === undefined) {
    throw new UsageError('a postmortem is about a time. Give --from and --to, in UTC.');
  }
  const models = modelsOf(options.dist);
  const subject = subjectOf(models, text, options);
  const span = spanOf(from, to, Date.now() / 1000);
  if (output !== undefined) checkFree(output, force);
  const evidence = await gathered(subject, models, span, options);
  const { model, service, environment } = subject;
  const experiments = experimentsOf(model, environment);
  const incident = incidentOf({ evidence, model, models, service, experiments });
  const written = options.json
    ? `${JSON.stringify({ version: 1, ...incident }, null, 2)}\n`
    : postmortemText(incident);
  for (const { found } of incident.gaps) process.stderr.write(`not known: ${found}.\n`);
  if (output === undefined) {
    process.stdout.write(written);
    return exitCodes.ok;
  }
  writeWhole(output, written);
  const owed = written.split(MARKER).length - 1;
  const next = options.json
    ? ''
    : ` ${owed} parts need people: npx golden-path postmortem check ${output}`;
  process.stderr.write(`${output} is written.${next}\n`);
  return exitCodes.ok;
}

/** Refuses, before any work, to write over what somebody has worked on. @throws UsageError */
export function checkFree(output: string, force = false): void {
  checkWritable(output);
  if (force || !fs.existsSync(output) || isUntouched(textOf(output))) return;
  throw new UsageError(
    `${describe(output)} was changed since it was generated, or by somebody else. Give another --output, or --force to lose what is in it.`,
  );
}
