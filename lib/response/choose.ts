import type { EnvironmentModel } from '../foundation';
import { burnsThere } from './incident';
import type { Live } from './live';
import { inEnvironment } from './tables';

/** The environment that a responder means, or those between which they have to choose. */
export type Choice =
  | { readonly environment: EnvironmentModel }
  /** Which of them, and why it is not known. */
  | { readonly between: readonly string[]; readonly why: 'burn' | 'quiet' };

/** The one that burns; else the one that the server watches, or production. */
export function chooseEnvironment(live: Live): Choice {
  const { environments, subject } = live.asking;
  const burning = environments.filter(({ name }) => burnsThere(live, name));
  const [first] = burning;
  if (first && burning.length === 1) return { environment: first };
  if (first) return { between: burning.map(({ name }) => name), why: 'burn' };
  const { application } = subject.model;
  const places = (live.answers.places ?? []).filter(
    ({ labels }) => labels.application === application,
  );
  const watched = environments.filter(({ name }) => inEnvironment(places, name).length > 0);
  const candidates = watched.length > 0 ? watched : environments;
  const prod = candidates.filter(({ stage }) => stage === 'prod');
  const [only] = candidates.length === 1 ? candidates : prod;
  if (only && (candidates.length === 1 || prod.length === 1)) return { environment: only };
  return { between: candidates.map(({ name }) => name), why: 'quiet' };
}
