import { describe, expect, it } from '@jest/globals';
import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Application,
  Bucket,
  existing,
  KafkaTopic,
  MySql,
  Postgres,
  RabbitMq,
  Redis,
  type ExistingProps,
  type ServiceKind,
} from '../../lib';
import {
  bucket,
  kafkaTopic,
  mysql,
  postgres,
  rabbitmq,
  redis,
  type ServiceDefinition,
} from '../../lib/backing-service';
import { isServiceReference } from '../../lib/foundation';
import { provided, specOf } from '../binding/providers/requests';
import { pageOf } from './examples';

const page = pageOf('docs/backing-services.md');

/** The cells of the row that begins with a name, in the table under a heading; the first table without one. */
function cellsOf(name: string, heading?: string): readonly string[] {
  const part = heading === undefined ? page : (page.split(`\n## ${heading}\n`)[1] ?? '');
  const row = part.split('\n').find((line) => line.startsWith(`| ${name} `)) ?? '';
  return row.split('|').slice(1, -1);
}

/** The names in backticks. */
const namesIn = (text = ''): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const app = new Application(new App(), 'shop', { owner: 'team-a' });
type Definition = Pick<ServiceDefinition, 'shape' | 'variables' | 'outputs'>;
const kinds: readonly (readonly [string, Definition, Construct])[] = [
  ['`Postgres`', postgres, new Postgres(app, 'postgres', { version: 16 })],
  ['`MySql`', mysql, new MySql(app, 'mysql', {})],
  ['`Redis`', redis, new Redis(app, 'redis', {})],
  ['`RabbitMq`', rabbitmq, new RabbitMq(app, 'rabbitmq', { queues: {} })],
  ['`KafkaTopic`', kafkaTopic, new KafkaTopic(app, 'kafka-topic', {})],
  ['`Bucket`', bucket, new Bucket(app, 'bucket', {})],
];

it.each(kinds)(
  'docs/backing-services.md has the variables and objects of %s',
  (name, definition) => {
    const [kind, variables = '', objects = ''] = cellsOf(name);
    expect(kind?.trim()).toMatch(name);
    expect(variables.match(/[A-Z0-9_]+/g)).toEqual(Object.keys(definition.variables));
    const outputs = Object.values(definition.outputs('<id>'));
    const expected = new Set(outputs.map(({ from, object }) => `${from} \`${object}\``));
    expect(objects.trim().split(', ')).toEqual([...expected]);
  },
);

describe('what to ask for', () => {
  const cells = (name: string) => cellsOf(name, 'What to ask for, and what to refer to');

  it.each(kinds)('has every prop of %s', (name, { shape }) => {
    const { size, deletionPolicy, ...own } = shape.shapes;
    expect([size, deletionPolicy]).not.toContain(undefined);
    const props = (cells(name)[1] ?? '').split(';').map((each) => namesIn(each)[0]);
    expect(props).toEqual(Object.keys(own));
  });

  it.each(kinds)('has every reference of %s, and what may be missing', (name, definition, made) => {
    const [, , references = '', others] = cells(name);
    const own = Object.entries(made).filter(([, value]) => isServiceReference(value));
    expect(namesIn(references.split(';')[0])).toEqual(own.map(([key]) => key));
    const outputs = Object.values(definition.outputs('x'));
    const open = outputs.filter(({ optional }) => optional).map(({ key }) => key);
    expect(namesIn(others)).toEqual(open);
  });
});

it.each<readonly [ServiceKind, Partial<ExistingProps>]>([
  ['postgres', {}],
  ['mysql', {}],
  ['redis', {}],
  ['rabbitmq', {}],
  ['kafka-topic', { saslMechanism: 'SCRAM-SHA-512' }],
  ['bucket', { values: { bucket: 'files', region: 'eu-central-1' } }],
])('docs/backing-services.md has the properties of the entry of a %s', (kind, more) => {
  const provider = existing({
    engine: 'x',
    to: [{ cidr: '10.0.0.0/8' }],
    ports: [1],
    tls: 'required',
    entry: 'x',
    ...more,
  });
  const { data } = specOf(provided(provider, kind), 'ExternalSecret') as {
    readonly data: readonly { readonly secretKey: string }[];
  };
  const [, cell = ''] = cellsOf(`\`${kind}\``, '`existing()`: made by somebody else');
  const named = namesIn(cell.replace('with `saslMechanism`', '').replace(/\([^)]*\)/g, ''));
  expect(named).toEqual(data.map(({ secretKey }) => secretKey));
});
