import { checkFacts } from '../backing-service';
import {
  conforms,
  custom,
  fields,
  hostname,
  integer,
  isBag,
  isText,
  list,
  some,
  table,
  text,
  type Shape,
} from '../foundation';
import { cidrPeer } from './peers';
import type { CloudIdentity, WorkloadIdentity } from './workload-identity';

export const functionShape = (give: string): Shape =>
  custom((value) => typeof value === 'function', give);

export const regionShape = text("a region such as 'eu-central-1'", (value) =>
  /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(value),
);

/** The part of an identity that says what is wrong with its facts. */
export const checkedBy =
  (shape: Shape, facts: unknown): CloudIdentity['check'] =>
  (path) =>
    checkFacts(shape, facts, path);

/** Facts that are none reach the check, which says so. */
export const given = <T extends object>(facts: T): T => (isBag(facts) ? facts : ({} as T));

/** What a platform's function says of a workload, when it has the right form; it may return anything. */
export function read<T>(
  value: T | undefined,
  isRight: (value: T) => boolean,
  wanted: string,
  make: (value: T) => WorkloadIdentity,
): ReturnType<CloudIdentity['of']> {
  if (value === undefined) return undefined;
  return isRight(value) ? make(value) : { invalid: value, wanted };
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

const isIdentity = (value: unknown): value is CloudIdentity =>
  isBag(value) && isText(value.name) && isFunction(value.of) && isFunction(value.check);

const port = integer(1, 65_535, 'a port from 1 to 65535', 'PortInvalid');

const whole = fields(
  {
    name: text('its name'),
    of: functionShape('a function of the place'),
    podLabels: table(custom(isText, 'text'), 'labels'),
    node: list(
      fields(
        {
          to: some(cidrPeer, 'at least one address block'),
          ports: some(port, 'at least one port'),
        },
        '{ to, ports }',
      ),
      'a list of { to, ports }',
    ),
    hosts: list(
      fields({ host: hostname("a host such as 'sts.example.com'"), port }, '{ host, port }'),
      'a list of { host, port }',
    ),
    check: functionShape('a function'),
  },
  'Identity.eksPodIdentity({ … }), Identity.irsa({ … }), Identity.gke({ … }) or Identity.azure({ … })',
);

export const identityShape: Shape = {
  give: whole.give,
  check: (value, path, log) => {
    if (!isIdentity(value)) custom(() => false, whole.give).check(value, path, log);
    else {
      const refused = value.check(path);
      for (const { found, fix } of refused) log.error('EnvironmentInvalid', found, fix);
      // Wrong facts make wrong hosts.
      if (refused.length === 0) conforms(whole, value, path, log);
    }
  },
};
