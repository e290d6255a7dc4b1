import { checkDefaults } from '../application';
import { guardrailsShape } from '../guardrail';
import { onCallShape } from '../incident';
import { isEnvironment } from '../environment';
import {
  describe,
  fields,
  list,
  optional,
  text,
  type ProblemLog,
  type Shape,
  isList,
} from '../foundation';
import { catalogShape } from './catalog';
import { pricesShape } from './prices';

const environment: Shape = {
  give: 'new Environment(…)',
  check: (value, path, log) => {
    if (isEnvironment(value)) return;
    log.error('PlatformInvalid', `${path} is ${describe(value)}`, `Give ${environment.give}`);
  },
};
const defaults: Shape = {
  give: 'the defaults of the platform',
  check: (value, _, log) => {
    checkDefaults(value, log);
  },
};
const environments: Shape = {
  give: 'at least one Environment',
  check: (value, path, log) => {
    if (isList(value) && value.length > 0) {
      list(environment, environments.give).check(value, path, log);
    } else {
      log.error('PlatformInvalid', `${path} is ${describe(value)}`, `Give ${environments.give}`);
    }
  },
};
const platform = fields(
  {
    environments,
    defaults: optional(defaults),
    guardrails: optional(guardrailsShape),
    prices: optional(pricesShape),
    onCall: optional(onCallShape),
    catalog: optional(catalogShape),
    outdir: optional(text('the path of a folder')),
  },
  '{ environments }',
);

/** Reports what is wrong with the options of a platform. */
export function checkProps(props: unknown, log: ProblemLog): void {
  platform.check(props, '', log);
}
