import { shellWord } from '../../foundation';
import { joined, promql, sh } from '../../incident';
import {
  enoughBudget,
  guardChecks,
  refusing,
  shareText,
  startChecks,
  type Floors,
} from '../checks';
import type { Experiment } from '../experiment';
import type { Place } from '../place';
import { FAILURES, INTERVAL_SECONDS, TIMEOUT_SECONDS } from '../workflow/workflow';
import type { Planned, PlannedExperiment } from './planned';

const TITLE = 'The guard of what is done by hand';

/** Asks Prometheus on a laptop, and fails as soon as it answers with another status than 200, or not at all. */
const asked = (expression: string, output: string): string =>
  `curl -fsS ${output}--max-time ${TIMEOUT_SECONDS} -G "$PROMETHEUS/api/v1/query" --data-urlencode query=${shellWord(expression)}`;

const isByHand = ({ injection }: PlannedExperiment): boolean => injection.template === undefined;

/** What watches experiments that Chaos Mesh does not do: a command that ends where its guard would end them. Empty where there are none. */
export function guardPart({ place, floors, experiments, checked }: Planned): string {
  if (!experiments.some(isByHand)) return '';
  const checks = guardChecks(place, floors);
  const address = checked.by === 'prometheus' ? checked.address : 'http://localhost:9090';
  return joined(
    `## ${TITLE}`,
    `Nothing ends by itself what is done by hand, as the Workflow ends its own. So the operator starts this in a second terminal before the fault, and the observer watches it. It asks every ${INTERVAL_SECONDS} s, ends with ABORT and exit code 1 when for ${FAILURES} times something of this was found or Prometheus did not answer, and with Ctrl-C when the fault is taken back:`,
    checks.map(({ says }) => `- ${says}`).join('\n'),
    sh(
      `PROMETHEUS=${shellWord(address)} # as this laptop reaches it, such as by kubectl port-forward`,
      '(',
      '  bad=0',
      `  while [ "$bad" -lt ${FAILURES} ]; do`,
      `    if ${asked(refusing(checks), '-o /dev/null ')}`,
      '    then bad=0; else bad=$((bad + 1)); fi',
      `    sleep ${INTERVAL_SECONDS}`,
      '  done',
      `  echo 'ABORT: take the fault back. What is below ${shareText(floors.abort)}:'`,
      `  ${asked(enoughBudget(place, floors.abort).expression, '')}`,
      '  exit 1',
      ')',
    ),
    'What it looks for, to be read in Prometheus; each has a value for what is wrong, and none otherwise:',
    checks.map(({ expression }) => promql(expression)).join('\n\n'),
  );
}

/** Said of an experiment that nobody watches unless somebody does. */
export const unguarded = (experiment: Experiment, place: Place, floors: Floors): string =>
  joined(
    `Look first, with the PROMETHEUS of the guard, whether it may begin:`,
    sh(
      `${asked(refusing(startChecks(experiment, place, floors)), '-o /dev/null ')} && echo 'it may begin' || echo 'it must NOT begin'`,
    ),
    `Then start the guard (“${TITLE}”): below ${shareText(floors.abort)} of a budget it says ABORT, and you take the fault back.`,
  );
