import { describe, expect, it } from '@jest/globals';
import {
  inCluster,
  type PodDemand,
  type Provided,
  type Provider,
  type ServiceKind,
  type Supply,
} from '../../lib';
import { providerChecks } from '../../lib/testing';

/** What the check finds of a provider that differs from inCluster(). */
function findings(
  kind: ServiceKind,
  change: (provided: Provided) => Partial<Provided>,
): readonly string[] {
  const supply = inCluster().supplies[kind] as Supply;
  const supplied: Supply = (request) => {
    const answer = supply(request);
    return 'refused' in answer ? answer : { ...answer, ...change(answer) };
  };
  const changed: Provider = { name: 'changed()', supplies: { [kind]: supplied } };
  const check = providerChecks(changed).find(({ name }) => name === 'states what its pods take');
  return check?.findings ?? [];
}

const halved = (demand: readonly PodDemand[] = []): readonly PodDemand[] =>
  demand.slice(0, Math.floor(demand.length / 2));

describe('what the pods of a provider take', () => {
  it.each<ServiceKind>(['postgres', 'mysql', 'redis', 'rabbitmq', 'kafka-topic', 'bucket'])(
    'is stated by inCluster() for %s',
    (kind) => {
      expect(findings(kind, () => ({}))).toEqual([]);
    },
  );

  it('is missed where nothing is stated', () => {
    const silent = { demand: undefined as never, sharedDemand: undefined as never };
    expect(findings('redis', () => silent)).toEqual(
      ['XS', 'S', 'M'].flatMap((size) => [
        `size ${size}, retain: makes pods and does not state their demand`,
        `size ${size}, delete: makes pods and does not state their demand`,
      ]),
    );
  });

  it('is missed where the pods are reached in the namespace and made by nobody here', () => {
    const silent = { manifests: [], demand: undefined as never };
    expect(findings('redis', () => silent)[0]).toBe(
      'size XS, retain: makes pods and does not state their demand',
    );
  });

  it('is compared with the objects, resource by resource', () => {
    const resources = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '256Mi' } };
    const small = [{ pods: 1, containers: [{ resources }] }];
    expect(findings('redis', () => ({ demand: small })).slice(0, 4)).toEqual([
      'size XS, retain: states limits.cpu 0, and its objects take 2',
      'size XS, retain: states limits.memory 256Mi, and its objects take 512Mi',
      'size XS, delete: states limits.cpu 0, and its objects take 2',
      'size XS, delete: states limits.memory 256Mi, and its objects take 512Mi',
    ]);
  });

  it('is compared with the objects of operators too', () => {
    const found = (kind: ServiceKind) =>
      findings(kind, ({ demand, sharedDemand }) => ({
        ...(demand && { demand: halved(demand) }),
        ...(sharedDemand && { sharedDemand: halved(sharedDemand) }),
      }))[0];
    expect([found('mysql'), found('rabbitmq'), found('kafka-topic'), found('bucket')]).toEqual([
      'size XS, retain: states pods 1, and its objects take 2',
      'size XS, retain: states pods 0, and its objects take 1',
      'size XS, retain: states pods 3, and its objects take 5',
      'size XS, retain: states pods 2, and its objects take 4',
    ]);
  });
});
