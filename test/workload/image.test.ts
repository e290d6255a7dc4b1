import { describe, expect, it } from '@jest/globals';
import { ProblemLog } from '../../lib/foundation';
import { checkImage, imageTag } from '../../lib/workload';

const codes = (image: unknown): readonly string[] => {
  const log = new ProblemLog('a');
  checkImage(image, 'image', log);
  return log.problems.map(({ code }) => code);
};
const digest = `sha256:${'0'.repeat(64)}`;

describe('an image', () => {
  it.each([
    'nginx:1.29',
    'ghcr.io/example/orders:v1.4.2',
    'localhost:5000/a/b:1',
    `redis@${digest}`,
    `ghcr.io/a/b:1@${digest}`,
    'a/b__c/d-e:x_y.z-1',
  ])('may be %s', (image) => {
    expect(codes(image)).toEqual([]);
  });

  it.each(['nginx', 'nginx:latest', 'localhost:5000/a', 'ghcr.io/example/orders'])(
    'may not change under a running system, as %s can',
    (image) => {
      expect(codes(image)).toEqual(['ImageUnpinned']);
    },
  );

  it.each([
    '',
    ':1',
    'a/B:1',
    'a b:1',
    'a:1:2',
    'a@sha256:12',
    'https://a/b:1',
    'a/:1',
    5,
    null,
    {},
  ])('may not be %j', (image) => {
    expect(codes(image)).toEqual(['ImageInvalid']);
  });

  it('has a tag that becomes the version', () => {
    expect([imageTag('a/b:1.2'), imageTag(`a/b@${digest}`), imageTag(`a:2@${digest}`)]).toEqual([
      '1.2',
      undefined,
      '2',
    ]);
  });
});
