import { expect, it } from '@jest/globals';
import { bucket, kafkaTopic, mysql, postgres, rabbitmq, redis } from '../../lib/backing-service';
import { pageOf } from './examples';

const rows = pageOf('docs/backing-services.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'));

it.each([
  ['`Postgres`', postgres],
  ['`MySql`', mysql],
  ['`Redis`', redis],
  ['`RabbitMq`', rabbitmq],
  ['`KafkaTopic`', kafkaTopic],
  ['`Bucket` (S3)', bucket],
] as const)('docs/backing-services.md has the variables and objects of %s', (name, definition) => {
  const [, kind, variables = '', objects = ''] =
    rows.find((row) => row.startsWith(`| ${name} `))?.split('|') ?? [];
  expect(kind?.trim()).toBe(name);
  expect(variables.match(/[A-Z0-9_]+/g)).toEqual(Object.keys(definition.variables));
  const outputs = Object.values(definition.outputs('<id>'));
  const expected = new Set(outputs.map(({ from, object }) => `${from} \`${object}\``));
  expect(objects.trim().split(', ')).toEqual([...expected]);
});
