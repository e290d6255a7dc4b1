import { describe, nearest, type ApplicationModel } from '../foundation';
import { subjectsOf, type Subject } from '../response';
import { UsageError } from './exit-code';
import { checkKnown } from './models';

/**
 * Reads which service is meant: `api`, or `shop/api` where several applications have one of that name.
 * @param application - the same by an option; undefined where it is not given
 * @throws UsageError
 */
export function subjectNamed(
  models: readonly ApplicationModel[],
  text: string,
  application?: string,
): Subject {
  const known = models.map((model) => model.application);
  if (application !== undefined) checkKnown('application', [application], known);
  const all = models
    .filter((model) => application === undefined || model.application === application)
    .flatMap(subjectsOf);
  const found = all.filter((each) => each.service === text || fullName(each) === text);
  const [first] = found;
  if (!first && known.includes(text)) {
    const services = all.filter(({ model }) => model.application === text);
    throw new UsageError(
      `${text} is an application. Give one of its services: ${services.map(({ service }) => service).join(', ')}.`,
    );
  }
  if (!first) {
    const names = all.flatMap((each) => [each.service, fullName(each)]);
    const near = nearest(text, [...new Set(names)]);
    const hint =
      near === undefined ? 'golden-path slo lists those with objectives.' : `Did you mean ${near}?`;
    throw new UsageError(`there is no service ${describe(text)}. ${hint}`);
  }
  if (found.length === 1) return first;
  throw new UsageError(
    `several applications have a service ${text}. Give one of ${found.map(fullName).join(', ')}.`,
  );
}

const fullName = ({ model, service }: Subject): string => `${model.application}/${service}`;
