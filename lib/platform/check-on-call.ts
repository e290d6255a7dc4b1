import type { ApplicationDefaults, PhaseOne } from '../application';
import { takesSignals, type OnCallHere } from '../binding';
import type { Environment } from '../environment';
import {
  isText,
  nearest,
  ProblemLog,
  type ApplicationModel,
  type Captured,
  type Problem,
} from '../foundation';
import { onCallModel, pagesIn, tryTeam, type OnCall } from '../incident';
import { durationText, isAlert, ruleGroupsOf } from '../observability';

/** Who is told of what, and how long Alertmanager waits: as long as the predicted times say that it does. */
export const onCallHere = (
  onCall: OnCall | undefined,
  { signals }: Partial<ApplicationDefaults>,
): OnCallHere | undefined =>
  onCall && { onCall, groupWait: durationText(signals?.timing.groupWaitSeconds ?? 30) };

/** Reports stages that the platform does not have, as places where a page is a page. */
export function checkPageStages(
  onCall: OnCall | undefined,
  environments: readonly Environment[],
  source: Captured,
): readonly Problem[] {
  const known = [...new Set(environments.flatMap(({ lookup }) => lookup).filter(isText))];
  const log = new ProblemLog('platform', source);
  for (const name of onCall?.pageStages ?? []) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const fix = near === undefined ? `Use one of ${known.join(', ')}` : `Write '${near}'`;
    log.error('EnvironmentUnknown', `onCall.pageStages names '${name}'`, fix);
  }
  return log.problems;
}

/** The names of the alerts of an application that page, each once. */
function pagesOf({ files }: PhaseOne): readonly string[] {
  const alerts = files
    .flatMap(({ objects }) => objects)
    .flatMap(({ manifest }) => ruleGroupsOf(manifest))
    .flatMap(({ rules }) => rules.filter(isAlert))
    .filter(({ labels }) => labels.severity === 'page');
  return [...new Set(alerts.map(({ alert }) => alert))].sort();
}

/** The environments in which a page of anybody's rings. */
const ringsIn = (onCall: OnCall, environments: readonly Environment[]): readonly string[] =>
  environments
    .filter((environment) => takesSignals(environment) && pagesIn(onCall, environment.lookup))
    .map(({ name }) => name);

/** Reports an application whose alerts would reach nobody of its team. */
export function checkRoutes(
  onCall: OnCall | undefined,
  phaseOne: PhaseOne,
  environments: readonly Environment[],
): readonly Problem[] {
  if (!onCall) return [];
  const { owner, path } = phaseOne;
  const log = new ProblemLog(path, phaseOne.sourceOf(path));
  const team = tryTeam(onCall, owner);
  const add = `Add '${owner}' to onCall.teams of the platform`;
  if (!team) {
    const known = Object.keys(onCall.teams);
    const near = nearest(owner, known);
    const knows = known.length === 0 ? 'nobody' : known.join(', ');
    const fix =
      near === undefined
        ? `${add}, or give another owner`
        : `Write '${near}', or add '${owner}' to onCall.teams of the platform`;
    const found = `its alerts have no way to its owner '${owner}': onCall.teams knows ${knows}`;
    log.error('RouteMissing', found, fix);
    return log.problems;
  }
  const pages = pagesOf(phaseOne);
  const rings = ringsIn(onCall, environments);
  if (team.page === undefined && pages.length > 0 && rings.length > 0) {
    const found = `${pages.join(', ')} would page its owner '${owner}' in ${rings.join(', ')}, and onCall.teams.${owner} has no page`;
    log.error('RouteMissing', found, `Give onCall.teams.${owner} a page, or give another owner`);
  }
  return log.problems;
}

/** The same model with how its team is reached. */
export function withOnCall(
  model: ApplicationModel,
  onCall: OnCall | undefined,
  environments: readonly Environment[],
): ApplicationModel {
  const team = onCall && tryTeam(onCall, model.owner);
  return team ? { ...model, onCall: onCallModel(team, ringsIn(onCall, environments)) } : model;
}
