import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplicationModel, PricesModel } from '../../lib/foundation';
import { container, environment, model, workload } from '../rightsize/models';
import { ProjectFolder } from './project-folder';

const prices: PricesModel = { currency: 'USD', cpuCoreHour: 0.031, memoryGiBHour: 0.004 };
const measured = { tier: 'standard', start: { cpu: '100m', memory: '256Mi' } };
const size = { cpu: '500m', memory: '512Mi' };
const orders = workload('orders', [container('orders', size.cpu, size.memory, { measured })]);
const one = { orders: { min: 1, max: 1 } };
const shop = model(
  'shop',
  [orders],
  [
    environment('dev', one, { prices }),
    environment('prod', { orders: { min: 2, max: 10 } }, { prices }),
  ],
);
const warehouse = model('warehouse', [orders], [environment('dev', one, { prices })]);

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => {
  folder.remove();
});
const write = (models: readonly ApplicationModel[], output = 'dist'): void => {
  for (const each of models) {
    folder.write(`${output}/model/${each.application}.json`, JSON.stringify(each));
  }
};

describe('golden-path cost', () => {
  it('prints a row for each application and environment, and the total', async () => {
    write([warehouse, shop]);
    expect(await folder.call(['cost'])).toEqual({
      status: 0,
      stderr: '',
      stdout: `application  environment  replicas  cores   memory      USD a month
shop         dev          1         0.5     512Mi       12.78
shop         prod         2 to 10   1 to 5  1Gi to 5Gi  25.55 to 127.75
warehouse    dev          1         0.5     512Mi       12.78
total                                                   51.11 to 153.31
`,
    });
  });

  it('prints the same as data', async () => {
    write([shop]);
    const { stdout } = await folder.call(['cost', '--json', '--environment', 'prod']);
    const amounts = {
      atLeast: { cpu: '1', memory: '1Gi' },
      atMost: { cpu: '5', memory: '5Gi' },
    };
    const month = { atLeast: 25.55, atMost: 127.75 };
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      currency: 'USD',
      hoursPerMonth: 730,
      rows: [
        {
          application: 'shop',
          environment: 'prod',
          replicas: { atLeast: 2, atMost: 10 },
          requests: amounts,
          month,
        },
      ],
      total: { month },
    });
  });

  it('shows the change since another lock', async () => {
    write([shop]);
    folder.write('before.json', JSON.stringify({ version: 1, applications: {} }));
    const { stdout } = await folder.call(['cost', '--since', 'before.json']);
    // The start size: 0.1 core and a quarter of a GiB.
    expect(stdout.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
      'application environment replicas cores memory USD a month change',
      'shop dev 1 0.5 512Mi 12.78 +9.79',
      'shop prod 2 to 10 1 to 5 1Gi to 5Gi 25.55 to 127.75 +19.56 to +97.82',
      'total 38.33 to 140.53 +29.35 to +107.61',
      '',
    ]);
  });

  it('reads the output folder of cdk8s.yaml, or another', async () => {
    folder.write('cdk8s.yaml', 'output: manifests\n');
    write([shop], 'manifests');
    write([warehouse], 'elsewhere');
    expect((await folder.call(['cost'])).stdout).toContain('shop ');
    expect((await folder.call(['cost', '-o', 'elsewhere'])).stdout).toContain('warehouse ');
  });

  it.each<readonly [string, readonly string[], string]>([
    [
      'an environment that nobody has',
      ['--environment', 'prd'],
      "golden-path: there is no environment 'prd'. Did you mean prod?\n",
    ],
    [
      'an application that nobody has',
      ['--application', 'x'],
      "golden-path: there is no application 'x'. There are shop, warehouse.\n",
    ],
    [
      'an environment that the application has not',
      ['--application', 'warehouse', '--environment', 'prod'],
      'golden-path: no application is left that has such an environment, with prices.\n',
    ],
    [
      'a lock that is not there',
      ['--since', 'no.json'],
      "golden-path: there is no file 'no.json'.\n",
    ],
    [
      'a lock that is none',
      ['--since', 'package.json'],
      "golden-path: 'package.json' is wrong: version is missing. Give version 1.\n'package.json' is wrong: applications is missing. Give applications by name.\n",
    ],
  ])('refuses %s', async (_, args, message) => {
    write([shop, warehouse]);
    expect(await folder.call(['cost', ...args])).toEqual({
      status: 2,
      stdout: '',
      stderr: message,
    });
  });

  it('refuses to work without models, without prices, and on what is no model', async () => {
    const messages: string[] = [];
    const ask = async (): Promise<void> => {
      const { status, stderr } = await folder.call(['cost']);
      expect(status).toBe(2);
      messages.push(stderr.replaceAll(folder.path, '…'));
    };
    await ask();
    write([model('shop', [orders], [environment('dev', one)])]);
    await ask();
    folder.write('dist/model/shop.json', '{"workloads": []}');
    await ask();
    folder.write('dist/model/shop.json', '{');
    await ask();
    expect(messages).toEqual([
      "golden-path: there is no model in '…/dist'. Run golden-path synth first, in the repository of the application: there is no cdk8s.yaml in this folder.\n",
      "golden-path: the platform gives no prices. Give it prices: { currency: 'EUR', cpuCoreHour: 0.031, memoryGiBHour: 0.004 }, and run golden-path synth.\n",
      'golden-path: …/dist/model/shop.json is no model. Run golden-path synth.\n',
      expect.stringContaining('golden-path: …/dist/model/shop.json cannot be read: '),
    ]);
  });
});
