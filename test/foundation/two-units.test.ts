import { expect, it } from '@jest/globals';
import { inTwoUnits } from '../../lib/foundation';

it.each([
  [0, '0s'],
  [52.4, '52s'],
  [60, '1m'],
  [142, '2m 22s'],
  [3659, '1h'],
  [129_600, '1d 12h'],
])('%d seconds are %s', (seconds, text) => {
  expect(inTwoUnits(seconds, ['d', 'h', 'm', 's'])).toBe(text);
});
