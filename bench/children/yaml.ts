/** Measures the emission of YAML alone: `yaml.ts <ours|cdk8s> <objects> <how many>`. */
import { createHash } from 'node:crypto';
import { Yaml } from 'cdk8s';
import { renderYaml } from '../../lib/foundation';
import { childArguments, report, timed, type Phase } from '../child';
import { allOf, readObjects } from '../objects';

const argument = childArguments();
const objects = Object.values(readObjects(argument(1)))
  .flatMap((own) => allOf(own))
  .slice(0, Number(argument(2)));

const phases: Record<string, Phase> = {};
const text = timed(phases, 'emit', () =>
  argument(0) === 'ours' ? renderYaml(objects) : Yaml.stringify(...objects),
);

const output = {
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
};
report({ phases, objects: objects.length, files: 0, output });
