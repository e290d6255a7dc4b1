import {
  allowsGameDays,
  longOthersText,
  placeOf,
  plannedOf,
  tryWorkflow,
  UNKNOWN_EXPERIMENTS,
  UNREFUSED,
  unseenText,
  type Checked,
  type Planned,
} from '../../game-day';
import { ServerError } from '../../prometheus';
import { alertmanagerOf, clientOf, type AlertmanagerArguments } from '../client';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { modelsOf } from '../models';
import { filesOf } from '../output-files';
import { readOutput } from '../project';
import { serverText } from '../prometheus-options';
import { chosenOf, type Chosen } from './chosen';
import { keptQuiet, refusals, unknownChecks, unseenOf, type Look } from './live';
import { checkFolder, filesOfPlan, writePlan } from './plan-files';
import { isRefusing } from './rendered';
import { clusterOf, floorOf, selectedOf } from './plan-options';

export interface PlanArguments extends Omit<AlertmanagerArguments, 'prometheus'> {
  readonly environment: string;
  readonly experiment?: readonly string[];
  readonly output?: string;
  readonly force?: boolean;
  readonly manifests?: string;
  readonly clusterPrometheus: string;
  readonly zone?: string;
  readonly budgetFloor: string;
  readonly prometheus?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Writes the plan of a game day, or says why none may be held. */
export async function plan(application: string, options: PlanArguments): Promise<ExitCode> {
  const models = modelsOf(options.manifests);
  const chosen = chosenOf(models, application, options.environment);
  const floors = floorOf(options.budgetFloor);
  const files = filesOf(readOutput(process.cwd(), options.manifests));
  const cluster = {
    ...clusterOf(options.clusterPrometheus, options.zone),
    isRefusing: isRefusing(files, chosen.environment),
  };
  if (!allowsGameDays(chosen.environment)) return refuse([forbidden(chosen)], options);
  const { experiments, others } = selectedOf(chosen, options.experiment ?? []);
  if (experiments.length === 0) {
    const found = `${application} claims nothing in ${options.environment} that could be put to the test and watched`;
    return refuse([`${found}. Give its services objectives, or replicas.`], options);
  }
  const folder = options.output ?? `game-days/${application}/${options.environment}`;
  checkFolder(folder, options.force);
  const place = placeOf(chosen.model, chosen.environment, models);
  const { checked, found } = await looked({ place, floors, experiments }, options);
  if (found.length > 0) return refuse(found, options);
  const planned = plannedOf({ place, floors, cluster, others, checked }, experiments);
  const written = filesOfPlan(planned);
  writePlan(folder, written);
  tell(planned, folder, [...written.keys()], options);
  return exitCodes.ok;
}

const forbidden = ({ environment: { name, stage } }: Chosen): string =>
  stage === 'prod'
    ? `${name} allows no game days. In the stage prod its Environment has to say why it should: gameDays: { reason: '…' }.`
    : `${name} allows no game days. Let its Environment say gameDays: {}, and run golden-path synth.`;

/** Asks the servers that the command line names. @throws UsageError when one does not answer */
async function looked(
  look: Look,
  options: PlanArguments,
): Promise<{ readonly checked: Checked; readonly found: readonly string[] }> {
  const { prometheus } = options;
  if (prometheus === undefined) {
    if (options.alertmanager !== undefined) {
      throw new UsageError('--alertmanager is looked at beside --prometheus. Give both.');
    }
    return { checked: { by: 'nobody' }, found: [] };
  }
  const given = { ...options, prometheus };
  const [client, alertmanager] = [clientOf(given), alertmanagerOf(given)];
  const now = Date.now();
  try {
    const found = [
      ...(await refusals(look, client, now / 1000)),
      ...(alertmanager ? await keptQuiet(look, alertmanager) : []),
    ];
    const at = new Date(now).toISOString();
    const unknown = await unknownChecks(client, now / 1000);
    const unseen = await unseenOf(look, client, now / 1000);
    const by = { by: 'prometheus', address: client.address, at } as const;
    const missing = {
      ...(unknown.length > 0 && { unknown }),
      ...(unseen.length > 0 && { unseen }),
    };
    return { checked: { ...by, ...missing }, found };
  } catch (error) {
    if (error instanceof ServerError) throw new UsageError(serverText(error));
    throw error;
  }
}

function refuse(reasons: readonly string[], { json }: PlanArguments): ExitCode {
  if (json) process.stdout.write(`${JSON.stringify({ refused: reasons }, undefined, 2)}\n`);
  for (const reason of reasons) process.stderr.write(`golden-path: no game day: ${reason}\n`);
  return exitCodes.findings;
}

function tell(
  planned: Planned,
  folder: string,
  files: readonly string[],
  { json, quiet }: PlanArguments,
): void {
  const { experiments, others, checked, cluster } = planned;
  const paths = files.map((file) => `${folder}/${file}`);
  const ids = experiments.map(({ experiment }) => experiment.id);
  const text = json
    ? JSON.stringify({ files: paths, experiments: ids, others, checked }, undefined, 2)
    : paths.join('\n');
  process.stdout.write(`${text}\n`);
  if (quiet) return;
  const byHand = experiments.filter(({ injection }) => injection.byHand).length;
  const lines = [
    `${ids.length} of ${ids.length + others.length} experiments${others.length > 0 ? '; --experiment chooses, or takes all' : ''}.`,
    ...[longOthersText(planned), unseenText(checked)].filter((text) => text !== ''),
    ...(byHand > 0 ? [`${byHand} with something to do by hand.`] : []),
    ...(tryWorkflow(planned)
      ? []
      : ['Chaos Mesh does none of them, so there is no workflow.yaml.']),
    ...(checked.by === 'nobody'
      ? ['Nobody looked whether it may begin now. Give --prometheus right before it.']
      : []),
    ...(checked.by === 'prometheus' && checked.unknown?.includes('experiment')
      ? [UNKNOWN_EXPERIMENTS]
      : []),
    ...(cluster.isRefusing ? [] : [`Warning: ${UNREFUSED}`]),
  ];
  for (const line of lines) process.stderr.write(`${line}\n`);
}
