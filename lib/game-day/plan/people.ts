import { joined, table, timeText } from '../../incident';
import { BASELINE_SECONDS } from '../judge-premises';
import { workflowName } from '../workflow/workflow';
import { totalSeconds } from './duration';
import type { Planned } from './planned';

/** Who does what. Roles, so that the page holds no names; who takes them is agreed a week before. */
export const roles = (): string =>
  joined(
    '## Roles',
    table(
      ['role', 'does'],
      [
        ['facilitator', 'leads through the plan, starts each experiment, alone says stop'],
        ['operator', 'types what the plan says, and nothing else'],
        ['responder', 'is on call as always, does not know the fault, and goes by the runbook'],
        ['observer', 'watches the dashboards, and says what is not expected'],
        ['scribe', 'writes down what was seen, and when, in UTC'],
      ],
    ),
    'Four people can do it: the observer may be the scribe. The responder is never the facilitator.',
  );

/** From a week before to five days after. */
export function timeline(planned: Planned): string {
  const { place } = planned;
  const seconds = totalSeconds(planned);
  const { application } = place.model;
  const { name } = place.environment;
  return joined(
    '## Timeline',
    table(
      ['when', 'what'],
      [
        ['7 days before', 'agree on the date, in working hours; roles; read the hypotheses aloud'],
        [
          '5 days before',
          `rehearse: \`npx golden-path game-day rehearse ${application} --environment ${name} --record\``,
        ],
        ['2 days before', 'announce it; look that no release, freeze or other game day is then'],
        [
          '1 hour before',
          `write the plan again with --prometheus: it refuses what must not begin in ${name}`,
        ],
        ['at the start', 'say it in the channel; everybody has the way to abort open'],
        [
          `for ${timeText(seconds)}`,
          `the experiments, each after ${timeText(BASELINE_SECONDS)} in which all is well`,
        ],
        ['right after', 'say that it is over; look that nothing is left; score together'],
        ['1 day after', `the verdict of each: \`${verifyCommand(place)}\``],
        ['5 days after', 'each refuted hypothesis is a change of the definition, with an owner'],
      ],
    ),
  );
}

/** What people fill in stands in brackets. */
const verifyCommand = ({ model, environment }: Planned['place']): string =>
  `npx golden-path game-day verify ${model.application} --environment ${environment.name} --experiment <id> --from <begin> --to <end> --prometheus <url> --record`;

/** What people are told. */
export function words({ place }: Planned): string {
  const { application } = place.model;
  const { name } = place.environment;
  return joined(
    '## What to say',
    'Two days before:',
    `> Game day of ${application} in ${name} on <date>, <time> UTC. We cause faults on purpose and look whether what we promise is so. Alerts of ${name} may come; they are real, and those who are on call answer them as always.`,
    'At the start:',
    `> The game day of ${application} in ${name} begins. To stop it: tell the facilitator, or abort it yourself as the plan says.`,
    'When something else is wrong:',
    `> The game day of ${application} in ${name} is aborted. What is wrong now is an incident: <what is seen>.`,
    'At the end:',
    `> The game day of ${application} in ${name} is over, and nothing of it is left. What we learnt comes within five days.`,
  );
}

/** How everything is ended at once. */
export function brake({ place, experiments }: Planned): string {
  const { model, environment } = place;
  const name = workflowName(model.application);
  const kubectl = `kubectl -n ${environment.namespace}`;
  const hasWorkflow = experiments.some(({ injection }) => injection.template);
  const undo = experiments.flatMap(({ injection }) => injection.byHand?.undo ?? []);
  return joined(
    '## To abort',
    'Whoever sees harm that is not in the plan says stop, and nobody asks why. Then:',
    [
      '```sh',
      ...(hasWorkflow
        ? [
            `${kubectl} annotate workflow.chaos-mesh.org/${name} workflow.chaos-mesh.org/abort=true --overwrite`,
            `${kubectl} get podchaos,networkchaos,stresschaos`,
          ]
        : []),
      ...undo,
      '```',
    ].join('\n'),
    hasWorkflow ? 'The second command shows what is left: nothing, after a minute.' : '',
  );
}
