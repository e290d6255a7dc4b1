import { WebService, Worker } from '../../../lib';
import { good, inside, web, worker, type Cases } from './making';

const command = ['bin/orders', 'migrate'];

/** What can be wrong with `migrate`. */
export const casesOfMigrations: Cases = {
  IdInvalid: [
    [
      web({ migrate: { command } }, `${'long'.repeat(11)}-ab`),
      `IdInvalid at test/${'long'.repeat(11)}-ab: the id is '${'long'.repeat(11)}-ab', too long for the name of the Job that migrates. Use at most 46 characters, or leave out migrate.`,
    ],
  ],
  IdTaken: [
    [
      inside((app) => {
        new WebService(app, 'orders', { ...good, migrate: { command } });
        new Worker(app, 'orders-migrate', { image: 'x/y:1' });
      }),
      'IdTaken at test/orders-migrate: the migration of orders is called orders-migrate too, declared at …. Give it an id of its own.',
    ],
  ],
  PropInvalid: [
    [
      web({ migrate: 'bin/orders migrate' }),
      "PropInvalid at test/orders: migrate is 'bin/orders migrate'. Give { command: ['bin/orders', 'migrate'] }.",
    ],
    [
      worker({ migrate: { command: 'bin/orders migrate' } }),
      "PropInvalid at test/w: migrate.command is 'bin/orders migrate'. Give the command as a list such as ['bin/orders', 'migrate'].",
    ],
    [
      web({ migrate: { command: [] } }),
      "PropInvalid at test/orders: migrate.command is []. Give the command as a list such as ['bin/orders', 'migrate'].",
    ],
    [
      web({ migrate: { command: ['sleep', 5] } }),
      'PropInvalid at test/orders: migrate.command[1] is 5. Give text.',
    ],
    [
      web({ migrate: { command, deadlineSeconds: 30 } }),
      'PropInvalid at test/orders: migrate.deadlineSeconds is 30. Give whole seconds from 60, at most a day.',
    ],
    [
      web({ migrate: { command, deadlineSeconds: 90_000 } }),
      'PropInvalid at test/orders: migrate.deadlineSeconds is 90000. Give whole seconds from 60, at most a day.',
    ],
    [
      web({ migrate: { command, retries: -1 } }),
      'PropInvalid at test/orders: migrate.retries is -1. Give a whole number from 0 to 100.',
    ],
  ],
  PropMissing: [
    [
      web({ migrate: {} }),
      "PropMissing at test/orders: migrate.command is missing. Give the command as a list such as ['bin/orders', 'migrate'].",
    ],
  ],
  PropUnknown: [
    [
      web({ migrate: { command, comand: [] } }),
      'PropUnknown at test/orders: there is no prop migrate.comand. Write command.',
    ],
  ],
};
