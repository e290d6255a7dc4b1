import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  readRecord,
  recordJson,
  recordName,
  verdictMarkdown,
  type Experiment,
  type Verdict,
} from '../../game-day';
import { UsageError } from '../exit-code';
import { filesBelow } from '../swap';
import { makeFolder, writeWhole } from '../files';

/** Where verdicts are recorded, in the current directory. */
export const RECORDS = 'game-days';

/** Writes a verdict as JSON and as a page, each as a whole. @returns the files */
export function recordVerdict(verdict: Verdict, experiment: Experiment): readonly string[] {
  const folder = path.join(RECORDS, verdict.application);
  makeFolder(folder);
  const name = path.join(folder, recordName(verdict));
  writeWhole(`${name}.json`, recordJson(verdict));
  writeWhole(`${name}.md`, verdictMarkdown(verdict, experiment));
  return [`${name}.json`, `${name}.md`];
}

/** The recorded verdicts, and what is wrong with those that cannot be read. */
export interface Records {
  readonly verdicts: readonly Verdict[];
  readonly broken: readonly string[];
}

/** A verdict stands right below its application; below that are plans. */
const RECORD = /^[^/]+\/[^/]+\.json$/;

/** Reads all that was recorded. @throws UsageError */
export function readRecords(): Records {
  if (fs.existsSync(RECORDS) && !fs.statSync(RECORDS).isDirectory()) {
    throw new UsageError(
      `${RECORDS} is a file, where verdicts are recorded in a folder of that name. Move it away.`,
    );
  }
  const read = filesBelow(RECORDS)
    .filter((file) => RECORD.test(file))
    .map((file) => {
      const full = path.join(RECORDS, file);
      const verdict = readRecord(fs.readFileSync(full, 'utf8'));
      return typeof verdict === 'string' ? `${full} is broken: ${verdict}` : verdict;
    });
  return {
    verdicts: read.filter((each) => typeof each !== 'string'),
    broken: read.filter((each) => typeof each === 'string'),
  };
}
