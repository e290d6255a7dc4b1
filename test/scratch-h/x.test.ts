import { it } from '@jest/globals';
import fc from 'fast-check';
import { Application, WebService } from '../../lib';
import { testPlatform } from '../../lib/testing';
import { nearly, untyped } from '../application/hostile-values';
import { addBackend, validWebService } from '../application/valid-props';
it('x', () => {
  let total = 0; let worst: [number, unknown][] = [];
  let gen = performance.now(); let genTotal = 0;
  for (const props of fc.sample(nearly(validWebService), 1000)) {
    const t = performance.now(); genTotal += t - gen;
    try {
  const platform = testPlatform();
  const application = new Application(platform, 'test', { owner: 'team-test' });
  addBackend(application);
  new WebService(application, 'subject', untyped((x: unknown) => x)(props) as never);
  platform.render();
    } catch (e) { console.log(String(e).slice(0, 300)); }
    const d = performance.now() - t; total += d;
    worst.push([d, props]); worst.sort((a, b) => b[0] - a[0]); worst = worst.slice(0, 5);
    gen = performance.now();
  }
  console.log(total, genTotal, worst.map(([d]) => d));
  console.log(String(fc.stringify(worst[0]![1])).slice(0, 3000));
});
