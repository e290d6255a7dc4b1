import type { Span } from '../../evidence';
import type { ApplicationModel } from '../../foundation';
import { graphOf, type Regression } from '../../postmortem';
import { ServerError, type Range } from '../../prometheus';
import type { RenderedRule, ReplayedAlert } from '../../replay';
import { UsageError } from '../exit-code';
import { filesOf } from '../output-files';
import { progressOf } from '../progress';
import { readOutput } from '../project';
import { serverText } from '../prometheus-options';
import { renderedRules } from '../slo';
import type { BinaryArguments } from '../binaries';
import type { Subject } from './asked-time';
import type { EvidenceArguments } from './gathered';

/** What the command line says. */
export interface ReplayArguments extends EvidenceArguments, BinaryArguments {
  readonly environment?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dist?: string;
  /** A file that has the series. */
  readonly series?: string;
  /** The file into which they are written. */
  readonly save?: string;
  readonly force?: boolean;
  readonly began?: string;
  readonly pagesWithin?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What became of an incident by today's rules. */
export interface Replayed {
  readonly regression: Regression;
  readonly found: readonly ReplayedAlert[];
  /** How far times may be off, in seconds. */
  readonly uncertainty: number;
  /** When it began; absent where the series do not show it, or nobody asked. */
  readonly began?: number;
}

/** Rules that page for what is around a service, and all that they read. */
export interface RulesAround {
  readonly around: ReadonlySet<string>;
  readonly all: readonly RenderedRule[];
  readonly pages: readonly RenderedRule[];
}

/** Reads today's rules. @throws UsageError when none pages */
export function rulesAround(
  { model, environment, service }: Subject,
  models: readonly ApplicationModel[],
  dist: string | undefined,
): RulesAround {
  const around = aroundOf(model, service, models);
  const files = filesOf(readOutput(process.cwd(), dist));
  const { all, alerts } = renderedRules(files, models, environment);
  const pages = (alerts.get(model.application) ?? []).filter((rule) => isPage(rule, around));
  if (pages.length > 0) return { around, all, pages };
  throw new UsageError(
    `no rule pages for ${service} or for what is around it: there is nothing to replay.`,
  );
}

const isPage = ({ labels }: RenderedRule, around: ReadonlySet<string>): boolean =>
  labels.severity === 'page' && around.has(labels.service ?? '');

/** Itself, what it cannot work without, and who cannot work without it. */
function aroundOf(
  model: ApplicationModel,
  service: string,
  models: readonly ApplicationModel[],
): ReadonlySet<string> {
  const { reach, dependents } = graphOf(model, models);
  const below = (reach.get(service) ?? []).map(({ name }) => name);
  return new Set([service, ...below, ...(dependents.get(service) ?? [])]);
}

/** Says whose rules are replayed. */
export function sayOf(
  { model }: Subject,
  options: { readonly quiet?: boolean },
): (rule: RenderedRule) => void {
  const say = progressOf(model.application, options);
  return ({ labels, name }) => {
    say(labels.service ?? name);
  };
}

/** When rules are looked at over a time: at whole steps, so that a server and a file are asked about the same moments. */
export const looksOver = ({ start, end }: Span, step: number): Range => ({
  start: Math.floor(start / step) * step,
  end: Math.floor(end / step) * step,
  step,
});

/** @throws UsageError where a server does not answer */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof ServerError ? new UsageError(serverText(error)) : error;
  }
}
