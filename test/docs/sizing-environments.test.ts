import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Application, WebService, type Platform } from '../../lib';
import { requestsText } from '../../lib/cli/requests';
import { costTable } from '../../lib/cli/cost-table';
import { readModels } from '../../lib/cli/models';
import { costRows, environmentRequests } from '../../lib/rightsize';
import { synthesize } from '../../lib/testing';
import { exampleFolder, exampleOf, pageOf, root } from './examples';

const page = pageOf('docs/sizing.md');
const examples = exampleFolder('sizing-environments');
const models = readModels(path.join(root, 'dist', 'model'));

beforeAll(() => {
  examples.write('environments.ts', exampleOf(page, 'environments.ts'));
});
afterAll(examples.remove);

describe('the page about sizing', () => {
  it('shows a platform with a quota, lowered requests and prices, which compiles', () => {
    expect(examples.typeErrors(['environments.ts'])).toEqual([]);
    const { platform } = examples.load('environments.ts') as { readonly platform: () => Platform };
    const synthesis = synthesize((app) => {
      const shop = new Application(app, 'shop', { owner: 'team-a' });
      new WebService(shop, 'orders', { image: 'x/y:1', port: 8080, health: '/ready' });
    }, platform);
    expect(synthesis.problems).toEqual([]);
    const kinds = (environment: string) => synthesis.objects(environment).map(({ kind }) => kind);
    expect(kinds('dev')).toContain('VerticalPodAutoscaler');
    expect(kinds('prod')).toEqual(expect.arrayContaining(['ResourceQuota', 'LimitRange']));
  });

  it('shows what the environments of this repository request, and what that costs', () => {
    expect(page).toContain(`\`\`\`text\n${requestsText(environmentRequests(models))}\`\`\``);
    const rows = costRows(models, { applications: [], environments: [] });
    expect(page).toContain(`\`\`\`text\n${costTable(rows)}\`\`\``);
  });
});
