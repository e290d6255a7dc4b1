import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, isUntouched, reasonOf, renderYaml, sealed } from '../../foundation';
import { chaosToolkit, planFiles, planPage, tryWorkflow, type Planned } from '../../game-day';
import { UsageError } from '../exit-code';
import { makeFolder, textOf } from '../files';
import { filesBelow, swap } from '../swap';

/** The files of a plan by their names. */
export function filesOfPlan(planned: Planned): ReadonlyMap<string, string> {
  const workflow = tryWorkflow(planned);
  return new Map([
    [planFiles.plan, sealed(planPage(planned), 'game-day plan')],
    ...(workflow ? [[planFiles.workflow, renderYaml([workflow])] as const] : []),
    ...planned.experiments.map((each): [string, string] => [
      planFiles.experiment(each.experiment.id),
      `${JSON.stringify(chaosToolkit(each, planned), undefined, 2)}\n`,
    ]),
  ]);
}

/** A folder is replaced as a whole, so it must hold nothing, or a plan that nobody has worked on. @throws UsageError */
export function checkFolder(folder: string, force = false): void {
  const isAbove = !path.relative(path.resolve(folder), process.cwd()).startsWith('..');
  if (folder === '' || isAbove) {
    throw new UsageError(
      `--output is ${describe(folder)}, which would take the place of the current folder. Give one inside it.`,
    );
  }
  if (!fs.existsSync(folder)) return;
  if (!fs.statSync(folder).isDirectory()) {
    throw new UsageError(`${describe(folder)} is a file. Give a folder by --output.`);
  }
  const other = filesBelow(folder).find((file) => !isOfPlan(file));
  const page = path.join(folder, planFiles.plan);
  if (other === undefined && !force && fs.existsSync(page) && !isUntouched(textOf(page))) {
    throw new UsageError(
      `${describe(page)} was changed since it was generated: what is scored there would be lost. Give another folder by --output, or --force.`,
    );
  }
  if (other === undefined) return;
  throw new UsageError(
    `${describe(folder)} holds ${other}, which no plan has. Give another folder by --output, or move it away.`,
  );
}

const isOfPlan = (file: string): boolean =>
  file === planFiles.plan || file === planFiles.workflow || /^experiments\/[^/]+\.json$/.test(file);

/** Writes a plan in the place of an older one, whole or not at all. @throws UsageError */
export function writePlan(folder: string, files: ReadonlyMap<string, string>): void {
  const target = path.resolve(folder);
  const fresh = `${target}.${process.pid}.tmp`;
  makeFolder(fresh, folder);
  try {
    for (const [name, text] of files) {
      const file = path.join(fresh, name);
      makeFolder(path.dirname(file), folder);
      fs.writeFileSync(file, text);
    }
    swap(fresh, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(
      `${describe(folder)} cannot be written (${reasonOf(error)}). Let files be made there, or give another folder by --output.`,
    );
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}
