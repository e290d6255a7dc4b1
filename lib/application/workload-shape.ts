import {
  custom,
  describe,
  fields,
  hasTokens,
  heldIn,
  integer,
  isBag,
  isList,
  isContainerPath,
  isDataKey,
  isObjectName,
  isEndpoint,
  isEnvName,
  isLabelKey,
  isLiteral,
  isSecretReference,
  isServiceReference,
  isSettingReference,
  isText,
  list,
  optional,
  table,
  text,
  type Shape,
} from '../foundation';
import { jobRunbookShape, runbookShape } from '../incident';
import { exposureShape } from '../network';
import { runtimeShape, sizeShape, writtenSizeShape } from '../sizing';
import { metricsShape, requestSloShape, scheduleSloShape, workSloShape } from '../observability';
import {
  anyHealthShape,
  checkCron,
  checkImage,
  checkTimeZone,
  healthShape,
  portShape,
  scratchShape,
  userShape,
} from '../workload';
import { publicationShape } from './publication';
import { fixFor, plainText, valueText, word } from './text-shape';
import { isTarget, usesShape } from './uses-shape';
import { migrateShape, migrationFields } from './migrate-shape';
import { scaleShape, workerScaleShape } from './scale-shape';

const image: Shape = { give: 'the container image, with a tag or a digest', check: checkImage };

const isSecret = (value: unknown): boolean =>
  isSecretReference(value) && isObjectName(value.secret) && isDataKey(value.key);
const isFile = (value: unknown): boolean =>
  isSecret(value) || (isServiceReference(value) && value.from === 'Secret');
const secretShape = custom(isSecret, "secret('name') or secret('name', 'key')");
const fileShape = custom(isFile, secretShape.give);

const settingText = custom(isLiteral, 'text; a reference is the same in every environment');
const settingValue: Shape = {
  give: settingText.give,
  check: (value, path, log) => {
    if (isText(value) && hasTokens(value)) {
      log.error('PropInvalid', `${path} holds ${heldIn(value)}`, `Give ${settingText.give}`);
    } else (isText(value) ? valueText : settingText).check(value, path, log);
  },
};

const settingShape: Shape = {
  give: 'perEnvironment({ … }) with a text for each stage',
  check: (value, path, log) => {
    const values = isSettingReference(value) ? value.values : value;
    table(settingValue, settingShape.give).check(values, path, log);
  },
};

const envValueShape: Shape = {
  give: 'text or a reference, such as orders.address, db.uri, secret(…) or perEnvironment(…)',
  check: (value, path, log) => {
    if (isText(value)) return valueText.check(value, path, log);
    if (isSettingReference(value)) return settingShape.check(value, path, log);
    if (isSecretReference(value)) return secretShape.check(value, path, log);
    if (isTarget(value) && !isEndpoint(value)) return;
    const found = `${path} is ${describe(value)}`;
    log.error('EnvValueInvalid', found, fixFor(value, envValueShape.give));
  },
};

const env: Shape = {
  give: 'variables as { NAME: value }',
  check: (value, path, log) => {
    table(envValueShape, env.give).check(value, path, log);
    if (!isBag(value)) return;
    for (const name of Object.keys(value).filter((key) => !isEnvName(key))) {
      const fix = 'Use letters, digits and _, beginning with a letter';
      log.error('EnvNameInvalid', `${path} has a variable named '${name}'`, fix);
    }
  },
};

const files: Shape = {
  give: "secrets by path: { '/etc/keys/signing.pem': secret('signing-key') }",
  check: (value, path, log) => {
    table(fileShape, files.give).check(value, path, log);
    if (!isBag(value)) return;
    // Kubernetes keeps names that begin with two dots for itself.
    const isMountable = (file: string): boolean =>
      isContainerPath(file) && file.lastIndexOf('/') !== 0 && !/\/\.\.[^/]*$/.test(file);
    for (const file of Object.keys(value).filter((key) => !isMountable(key))) {
      log.error(
        'PathInvalid',
        `${path} has the path '${file}'`,
        'Give an absolute path in a folder',
      );
    }
  },
};

const annotation = plainText('Write the plain value here', 'LabelInvalid');
const annotations: Shape = {
  give: "annotations as { 'example.com/key': 'value' }",
  check: (value, path, log) => {
    table(annotation, annotations.give).check(value, path, log);
    if (!isBag(value)) return;
    for (const key of Object.keys(value).filter((item) => !isLabelKey(item))) {
      log.error(
        'LabelInvalid',
        `${path} has the key '${key}'`,
        "Give 'name' or 'example.com/name'",
      );
    }
  },
};

const words = list(word, "a list such as ['serve']");

const container = {
  image,
  size: optional(sizeShape),
  runtime: optional(runtimeShape),
  env: optional(env),
  files: optional(files),
  command: optional(words),
  args: optional(words),
  scratch: optional(list(scratchShape, "a list such as ['/var/cache/nginx']")),
};

const stage = text('the name of a stage');
const presence = fields(
  {
    stages: custom(
      (value) => isList(value) && value.length > 0,
      'at least one stage',
      'PresenceInvalid',
    ),
    reason: text('the reason', undefined, 'PresenceInvalid'),
  },
  "{ stages: ['dev'], reason: '…' }",
);

const workload = {
  ...container,
  user: optional(userShape),
  init: optional(
    table(
      fields({ ...container, size: optional(writtenSizeShape) }, 'a container'),
      'containers by name',
    ),
  ),
  sidecars: optional(
    table(
      fields({ ...container, health: optional(anyHealthShape) }, 'a container'),
      'containers by name',
    ),
  ),
  uses: optional(usesShape),
  metrics: optional(metricsShape),
  annotations: optional(annotations),
  presence: optional({
    give: presence.give,
    check: (value, path, log) => {
      presence.check(value, path, log);
      if (isBag(value) && isList(value.stages)) {
        list(stage, 'stages').check(value.stages, `${path}.stages`, log);
      }
    },
  }),
};

const running = {
  ...workload,
  scale: optional(scaleShape),
  drainSeconds: optional(integer(1, 3600, 'whole seconds from 1 to 3600')),
  migrate: optional(migrateShape),
  runbook: optional(runbookShape),
};

/** Where what other libraries call so is found here. */
const replicas = { replicas: 'Write scale: { min, max }' };
const portless = (kind: string) => {
  const hint = `${kind} has no port: make it a WebService`;
  return { port: hint, expose: hint, publish: hint };
};

/** A migration has some of its workload's props, and some of its own. */
export const migrationShape = fields({ ...workload, ...migrationFields }, 'a migration');

export const webServiceShape = fields(
  {
    ...running,
    port: portShape,
    health: optional(healthShape),
    expose: optional(exposureShape),
    publish: optional(publicationShape),
    slo: optional(requestSloShape),
  },
  'the props of a web service',
  replicas,
);

export const workerShape = fields(
  {
    ...running,
    scale: optional(workerScaleShape),
    health: optional(anyHealthShape),
    slo: optional(workSloShape),
  },
  'the props of a worker',
  { ...replicas, ...portless('A worker') },
);

const seconds = integer(1, 7 * 86_400, 'whole seconds, at most a week');
export const scheduledJobShape = fields(
  {
    ...workload,
    schedule: { give: "five cron fields, such as '15 3 * * *'", check: checkCron },
    timeZone: optional({ give: 'a time zone', check: checkTimeZone }),
    startingDeadlineSeconds: optional(
      // The controller looks every 10 s: with less, runs are missed.
      integer(10, 7 * 86_400, 'whole seconds from 10, at most a week'),
    ),
    deadlineSeconds: optional(seconds),
    retries: optional(integer(0, 100, 'a whole number from 0 to 100')),
    slo: optional(scheduleSloShape),
    runbook: optional(jobRunbookShape),
  },
  'the props of a scheduled job',
  portless('A scheduled job'),
);
