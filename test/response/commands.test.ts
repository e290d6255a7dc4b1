import { describe, expect, it } from '@jest/globals';
import { repository } from '../../apps/repository';
import { firstCommands } from '../../lib/response/commands';

const rendering = repository().render();

/** The fenced commands of a runbook, in one environment: what is pasted first is put in its place. */
function pasted(text: string, environment: string): string {
  const line = text.split('\n').find((each) => each.startsWith(`| ${environment} | \``)) ?? '';
  const settings = /`(NS=[^`]*)`/.exec(line)?.[1]?.split(' ') ?? [];
  const labels = /^L=(.*)$/m.exec(text)?.[1] ?? '';
  const values = new Map(settings.map((each) => each.split('=') as [string, string]));
  const max = values.get('MAX') ?? '';
  return text
    .replace(/"\$\{?NS(:\?)?\}?"/g, values.get('NS') ?? '')
    .replaceAll('"$L"', labels)
    .replaceAll(`'"$((\${MAX:?} + 1))"'`, String(Number(max) + 1))
    .replaceAll(`'"\${MAX:?}"'`, max)
    .replaceAll('$((${MAX:?} + 1))', String(Number(max) + 1))
    .replaceAll('"${COMMIT:?}"', 'COMMIT')
    .replaceAll('"${BRANCH:?}"', 'BRANCH');
}

describe('the first commands of an incident', () => {
  for (const model of rendering.models) {
    it(`of ${model.application} are those of its runbooks, with all names filled in`, () => {
      let count = 0;
      for (const workload of model.workloads) {
        const page = rendering.files.get(`runbooks/${model.application}/${workload.name}.md`);
        if (page === undefined || workload.presence) continue;
        for (const environment of model.environments) {
          const text = pasted(page, environment.name);
          const all = firstCommands({ model, workload, environment });
          for (const command of all.flatMap(({ commands }) => commands)) {
            expect(text).toContain(`\n${command}\n`);
            count++;
          }
        }
      }
      expect(count).toBeGreaterThan(10);
    });
  }
});
