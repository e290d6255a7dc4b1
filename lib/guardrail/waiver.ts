import type { IConstruct } from 'constructs';
import {
  captureSource,
  describe,
  isBag,
  isDay,
  isText,
  nearest,
  ProblemLog,
  type Captured,
  type Manifest,
  type Problem,
  type Register,
} from '../foundation';
import { rules, type RuleId } from './catalogue';
import type { WaiverFacts } from './report';

/** The id of a rule: ours, or one that the platform team registered. */
export type KnownRule = Register extends { readonly rules: infer R extends string }
  ? RuleId | R
  : RuleId;

/** Why, by whom and until when a rule may be broken. */
export interface WaiverProps extends WaiverFacts {
  /** The last day on which it holds, such as `2027-03-31`. What is not mended by then fails again. */
  readonly expires: `${number}-${number}-${number}`;
  /** Narrows it to objects of this kind and name, for what has no construct of its own: a Helm chart, an Include. @default all below the construct */
  readonly object?: { readonly kind: string; readonly name?: string };
}

/** A waiver, and where it stands. */
export interface Waiver extends WaiverFacts {
  readonly rule: string;
  /** The construct path; empty for the platform. */
  readonly path: string;
  readonly object?: { readonly kind: string; readonly name?: string };
  readonly source: Captured;
}

const KEY = 'cdk8s-golden-path/waiver';

/**
 * Lets the objects of a construct break one rule for a while. The findings stay in every report; a waiver that is not needed any more,
 * or names no rule, is an error.
 */
export function waive(scope: IConstruct, rule: KnownRule, props: WaiverProps): void {
  scope.node.addMetadata(KEY, { rule, props, source: captureSource() });
}

interface Entry {
  readonly rule: unknown;
  readonly props: unknown;
  readonly source: Captured;
}

/** The waivers in a tree of constructs, and what is wrong with them. */
export function waiversIn(root: IConstruct): {
  readonly waivers: readonly Waiver[];
  readonly problems: readonly Problem[];
} {
  const waivers: Waiver[] = [];
  const problems: Problem[] = [];
  for (const { node } of root.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type !== KEY) continue;
      const { rule, props, source } = data as Entry;
      const log = new ProblemLog(node.path === '' ? 'platform' : node.path, source);
      if (check(rule, props, log)) {
        const { reason, owner, expires, ticket, object } = props;
        waivers.push({
          ...{ rule: String(rule), path: node.path, source, reason, owner, expires },
          ...(ticket !== undefined && { ticket }),
          ...(object !== undefined && { object }),
        });
      }
      problems.push(...log.problems);
    }
  }
  return { waivers, problems };
}

/** Long enough for a reason, too short for an excuse. */
const SHORTEST_REASON = 10;

function check(rule: unknown, props: unknown, log: ProblemLog): props is WaiverProps {
  const name = describe(rule);
  if (!isText(rule)) log.error('WaiverInvalid', `the rule is ${name}`, 'Give the id of a rule');
  if (!isBag(props)) {
    log.error(
      'WaiverInvalid',
      `the waiver of ${name} is ${describe(props)}`,
      'Give { reason, owner, expires }',
    );
    return false;
  }
  const must = (isFine: boolean, field: string, give: string): void => {
    const found = `${field} of the waiver of ${name} is ${describe(props[field])}`;
    if (!isFine) log.error('WaiverInvalid', found, `Give ${give}`);
  };
  const { reason, owner, expires, ticket, object } = props;
  must(
    isText(reason) && reason.trim().length >= SHORTEST_REASON,
    'reason',
    `the reason, in ${SHORTEST_REASON} letters or more`,
  );
  must(isText(owner) && owner !== '', 'owner', 'the team that will mend it');
  must(isDay(expires), 'expires', "the last day on which it holds, such as '2027-03-31'");
  must(ticket === undefined || isText(ticket), 'ticket', 'text, such as a link');
  must(object === undefined || isMatch(object), 'object', '{ kind } or { kind, name }');
  return log.errors === 0;
}

const isMatch = (value: unknown): boolean =>
  isBag(value) && isText(value.kind) && (value.name === undefined || isText(value.name));

/** Whether a waiver excuses an object that stands at a construct path. */
export function excuses(waiver: Waiver, rule: string, path: string, object: Manifest): boolean {
  if (waiver.rule !== rule) return false;
  const isBelow = waiver.path === '' || path === waiver.path || path.startsWith(`${waiver.path}/`);
  const { kind, name } = waiver.object ?? {};
  return (
    isBelow &&
    (kind === undefined || kind === object.kind) &&
    (name === undefined || name === object.metadata.name)
  );
}

/** Reports waivers of rules that do not exist, or are not in force, or that nothing breaks. */
export function checkUsed(
  waivers: readonly Waiver[],
  used: ReadonlySet<Waiver>,
  inForce: ReadonlySet<string>,
): readonly Problem[] {
  const known = [...rules.map(({ id }) => id as string), ...inForce];
  return waivers.flatMap((waiver) => {
    const { rule, path, source } = waiver;
    const log = new ProblemLog(path === '' ? 'platform' : path, source);
    if (!known.includes(rule)) {
      const near = nearest(rule, known);
      const fix = near === undefined ? 'Remove it; golden-path rules lists all' : `Write '${near}'`;
      log.error('WaiverUnknown', `a waiver names ${describe(rule)}, which is no rule`, fix);
    } else if (!inForce.has(rule)) {
      const found = `a waiver of ${rule}, which is not among the platform's rules, excuses nothing`;
      log.error('WaiverUnused', found, 'Remove it');
    } else if (!used.has(waiver)) {
      log.error('WaiverUnused', `nothing that the waiver of ${rule} covers breaks it`, 'Remove it');
    }
    return log.problems;
  });
}
