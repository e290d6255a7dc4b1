import {
  custom,
  fields,
  integer,
  isBag,
  isList,
  optional,
  text,
  type ProblemLog,
  type Shape,
} from '../foundation';
import {
  distinct,
  hostShape,
  isHeaderName,
  methodsShape,
  pathsShape,
  routesShape,
} from './route-shape';

const LONGEST_ORIGIN = 253;
/** A browser keeps an answer for a day at most. */
const MOST_SECONDS = 86_400;
const ORIGIN = /^(\*|https?:\/\/(\*|(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+)(:\d{1,5})?)$/i;
const EVERY_SITE = /^(\*|https?:\/\/\*(:\d{1,5})?)$/;

const header = text('the name of a header', isHeaderName);
const headerNames = distinct(header, "a list such as ['X-Request-Id']");
const corsFields = fields(
  {
    origins: distinct(
      text(
        "an origin such as 'https://app.example.com'",
        (value) => value.length <= LONGEST_ORIGIN && ORIGIN.test(value),
      ),
      "a list such as ['https://app.example.com']",
    ),
    methods: optional(methodsShape),
    headers: optional(headerNames),
    exposeHeaders: optional(headerNames),
    maxAgeSeconds: optional(integer(1, MOST_SECONDS, 'whole seconds from 1, at most a day')),
    credentials: optional(custom((value) => typeof value === 'boolean', 'true or false')),
  },
  "{ origins: ['https://app.example.com'] }",
);
const corsShape: Shape = {
  give: corsFields.give,
  check: (value, path, log) => {
    corsFields.check(value, path, log);
    if (isBag(value)) checkCors(value, path, log);
  },
};

function checkCors(cors: Readonly<Record<string, unknown>>, path: string, log: ProblemLog): void {
  for (const key of ['origins', 'headers']) {
    const names = cors[key];
    if (!isList(names) || !names.includes('*') || names.length === 1) continue;
    log.error('PropInvalid', `${path}.${key} has '*' beside others`, "Give ['*'], or name each");
  }
  const { origins } = cors;
  const isOpen = isList(origins) && origins.some((it) => EVERY_SITE.test(String(it)));
  if (!isOpen || cors.credentials !== true) return;
  const found = `${path} lets every site call with the user's cookies`;
  log.error('PropInvalid', found, 'Name the origins, or leave out credentials');
}

const exposureFields = fields(
  {
    host: hostShape,
    paths: optional(pathsShape),
    routes: optional(routesShape),
    cors: optional(corsShape),
  },
  "{ host: 'orders' }",
);

/** The shape of an exposure, whatever the port speaks. */
export const exposureShape: Shape = {
  give: exposureFields.give,
  check: (value, path, log) => {
    exposureFields.check(value, path, log);
    if (!isBag(value) || value.paths === undefined || value.routes === undefined) return;
    log.error('PropInvalid', `${path} has paths beside routes`, 'Give each rule its paths');
  },
};
