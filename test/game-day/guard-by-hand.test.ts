import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import {
  experimentsOf,
  floorsOf,
  guardChecks,
  placeOf,
  plannedOf,
  planPage,
  refusing,
  tryWorkflow,
  type Planned,
} from '../../lib/game-day';
import { FakeServer, type Answer } from '../prometheus/fake-server';
import { shop } from './models';

const model = shop();
const environment = model.environments.find(({ name }) => name === 'staging')!;

const planned = (ids: readonly string[], floor = 0.5): Planned =>
  plannedOf(
    {
      place: placeOf(model, environment, [model]),
      floors: floorsOf(floor),
      cluster: { prometheus: 'http://prometheus:9090' },
      others: [],
      checked: { by: 'nobody' },
    },
    experimentsOf(model, environment).filter(({ id }) => ids.includes(id)),
  );

const TITLE = '## The guard of what is done by hand';
const guardOf = (page: string): string => page.split(TITLE)[1]?.split('\n## ')[0] ?? '';

/** Runs a part of a page in a shell, without its pauses. */
function ran(script: string): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', script.replaceAll('sleep 10', 'sleep 0')]);
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.on('close', (code) => {
      resolve({ code, out });
    });
  });
}

describe('an experiment that is done by hand', () => {
  const page = planPage(planned(['hide-front', 'kill-pod-of-orders', 'stop-mailer']));

  it('says who watches it, and below what; Chaos Mesh watches its own alone', () => {
    expect(page).toContain('| 25 % of a budget, by you |');
    expect(page.match(/\| 25 % of a budget, by the Workflow \|/g)).toHaveLength(2);
    expect(page).toContain('below 25 % of a budget it says ABORT, and you take the fault back.');
    expect(page).toContain('or as soon as the guard says ABORT, take it back:');
    expect(page).toContain('or as soon as the Workflow ends the fault, take it back:');
  });

  it('has a guard with the queries of the Workflow, and none where nothing is done by hand', () => {
    const guard = guardOf(page);
    const { place, floors } = planned([]);
    for (const { expression, says } of guardChecks(place, floors)) {
      expect(guard).toContain(`\`\`\`promql\n${expression}\n\`\`\``);
      expect(guard).toContain(`- ${says}\n`);
    }
    const query = refusing(guardChecks(place, floors));
    expect(guard).toContain(`query='${query}'`);
    expect(JSON.stringify(tryWorkflow(planned(['kill-pod-of-orders'])))).toContain(
      encodeURIComponent(query).replaceAll("'", '%27'),
    );
    expect(planPage(planned(['kill-pod-of-orders']))).not.toContain(TITLE);
  });

  it('has a guard that runs in any shell, and ends when the floor is reached three times', async () => {
    const refused: Answer = (response) => {
      response.statusCode = 422;
      response.end('{}');
    };
    const fine: Answer = (response) => {
      response.end('{}');
    };
    const below: Answer = (response) => {
      response.end('orders has 12 %');
    };
    const answers = [fine, refused, refused, fine, refused, refused, refused, below];
    const server = await FakeServer.start(answers);
    try {
      const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(guardOf(page)) ?? [];
      const at = script.replace('http://localhost:9090', server.url);
      expect(await ran(at)).toEqual({
        code: 1,
        out: 'ABORT: take the fault back. What is below 25 %:\norders has 12 %',
      });
    } finally {
      await server.stop();
    }
  });
});

describe('the floors of a plan', () => {
  it.each([
    [0.55, '27.5 %', '0.275'],
    [0.333, '16.65 %', '0.1665'],
  ])('are the same figure everywhere: %d', (floor, text, value) => {
    const all = planned(['hide-front', 'slow-down-stock-under-orders'], floor);
    const page = planPage(all);
    expect(page.match(new RegExp(`\\b${text.replace('.', '\\.')}`, 'g'))!.length).toBeGreaterThan(
      4,
    );
    expect(page).toContain(`less than ${text} of a budget is left`);
    expect(page).toContain(`< ${value}`);
    expect(page).not.toMatch(/\d\.\d{5,}/);
  });

  it.each([
    [
      'stop-mailer',
      'freshness of mailer: 51 %.\n\nSo where less than 76 % of that budget is left at its start, the Workflow ends it before its time, at 25 %:',
    ],
    ['slow-down-stock-under-orders', 'So the Workflow ends it before its time, at 25 %, whatever'],
  ])('say what has to be left where %s burns more than lies between them', (id, text) => {
    expect(planPage(planned([id]))).toContain(text);
    expect(planPage(planned(['fail-db-under-orders']))).not.toContain('before its time');
  });
});
