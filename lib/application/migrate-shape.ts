import { fields, integer, list, optional, some } from '../foundation';
import { writtenSizeShape } from '../sizing';
import { word } from './text-shape';

const command = "the command as a list such as ['bin/orders', 'migrate']";
/** Less than a minute would not cover the pull of an image. */
const deadlineSeconds = integer(60, 86_400, 'whole seconds from 60, at most a day');
const retries = integer(0, 100, 'a whole number from 0 to 100');

/** The fields that only a migration has. */
export const migrationFields = {
  command: some(word, command),
  args: optional(list(word, "a list such as ['--verbose']")),
  deadlineSeconds: optional(deadlineSeconds),
  retries: optional(retries),
  size: optional(writtenSizeShape),
};

export const migrateShape = fields(migrationFields, "{ command: ['bin/orders', 'migrate'] }");
