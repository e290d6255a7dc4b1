import { shellText, type ApplicationModel, type ResponseAction } from '../../foundation';
import type { Matcher, PrometheusClient } from '../../prometheus';
import {
  carryOut,
  decide,
  gatherFacts,
  kubectlOf,
  LOG,
  type Decision,
  type Incident,
  type Outcome,
} from '../../response';
import { exitCodes, UsageError, type ExitCode } from '../exit-code';
import { wrapped } from './lines';

export interface Acting {
  readonly action: ResponseAction;
  readonly models: readonly ApplicationModel[];
  readonly prometheus: PrometheusClient;
  readonly matchers: readonly Matcher[];
  /** In seconds since 1970. */
  readonly now: number;
  readonly context?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Says what would be done and why, or does it. */
export async function act(acting: Acting, incident: Incident): Promise<ExitCode> {
  const { context, json, yes } = acting;
  const kubectl = context === undefined ? undefined : kubectlOf.bind(undefined, context);
  const gathered = await gatherFacts({ ...acting, incident, ...(kubectl && { kubectl }) });
  if ('unseen' in gathered) {
    throw new UsageError(`nothing was done, as a part is not known: ${gathered.unseen}.`);
  }
  const { facts, log, elsewhere } = gathered;
  const decision = decide(facts);
  const isAsked = yes && decision.kind === 'plan' && kubectl;
  const outcome = isAsked
    ? await carryOut(
        { own: kubectl(incident.namespace), elsewhere: elsewhere.map((each) => kubectl(each)) },
        facts,
        decision,
        log,
      )
    : undefined;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...decision, ...(outcome && { outcome }) }, null, 2)}\n`
      : actText(acting, incident, decision, outcome),
  );
  return outcome?.is === 'done' || (!outcome && decision.kind === 'plan')
    ? exitCodes.ok
    : exitCodes.findings;
}

function actText(
  { action, context }: Acting,
  { service, environment, namespace }: Incident,
  decision: Decision,
  outcome: Outcome | undefined,
): string {
  const { because, against } = decision;
  const full = (words: readonly string[]): string => {
    const place = context === undefined ? [] : ['--context', context];
    return `  ${shellText(['kubectl', ...place, '-n', namespace, ...words])}`;
  };
  const lines = [
    `${action} of ${service} in ${environment}${context === undefined ? '' : `, cluster ${context}`}`,
    ...because.flatMap((each) => wrapped(`+ ${each}`)),
    ...against.flatMap((each) => wrapped(`- ${each}`)),
  ];
  if (decision.kind === 'refusal') {
    const { reasons, byHand } = decision;
    return joined([
      ...lines,
      'REFUSED, nothing was done:',
      ...reasons.flatMap((each) => wrapped(`${each}.`)),
      ...(byHand.length > 0 ? ['By hand:', ...byHand.map((each) => `  ${each}`)] : []),
    ]);
  }
  const { commands, undo, notes } = decision;
  return joined([
    ...lines,
    outcome ? 'Commands:' : 'Would do:',
    ...commands.map(full),
    ...(undo ? ['Taken back by:', full(undo)] : ['It cannot be taken back.']),
    ...notes.flatMap((each) => wrapped(each)),
    ...(outcome ? came(outcome, namespace) : toDo(context)),
  ]);
}

const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

const came = ({ is, why }: Outcome, namespace: string): readonly string[] =>
  is === 'done'
    ? [
        'DONE. Look in a few minutes whether it helped.',
        `Logged in configmap/${LOG} of ${namespace}.`,
      ]
    : wrapped(`${is === 'failed' ? 'FAILED' : 'NOT DONE'}: ${why ?? ''}`, 0, 2);

const toDo = (context: string | undefined): readonly string[] => [
  context === undefined
    ? 'DRY RUN, and the cluster was not looked at: give --context, then --yes.'
    : 'DRY RUN: give --yes to do it.',
];
