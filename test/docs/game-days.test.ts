import { afterAll, describe, expect, it } from '@jest/globals';
import type { Environment } from '../../lib';
import { shop } from '../game-day/models';
import { experimentsOf } from '../../lib/game-day';
import { exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/game-days.md');
const examples = exampleFolder('game-days');
afterAll(examples.remove);

describe('docs/game-days.md', () => {
  it('shows environments that compile, and allow game days', () => {
    examples.write('platform.ts', exampleOf(page, 'platform.ts'));
    expect(examples.typeErrors(['platform.ts'])).toEqual([]);
    const { prod } = examples.load('platform.ts') as { readonly prod: Environment };
    expect(prod.props.gameDays).toEqual({ reason: 'only here is the traffic that it takes' });
  });

  it('names every kind of claim that an experiment puts to the test', () => {
    const told = [...page.matchAll(/^\| `([a-z-]+)`/gm)].map(([, kind]) => kind);
    const kinds = new Set(experimentsOf(shop()).map(({ claim }) => claim.kind));
    expect(told.sort()).toEqual([...kinds].sort());
  });
});
