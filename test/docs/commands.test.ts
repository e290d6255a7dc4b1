import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { goldenPathFaults } from '../incident/runbook/shell';
import { blocksOf, pageOf, root } from './examples';

const pages = [
  'README.md',
  ...fs.readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`),
];

/** The commands of ours that a page tells people to run, each as one line. */
const commandsIn = (page: string): readonly string[] =>
  blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replace(/\\\n\s*/g, '').split('\n'))
    .flatMap((line) => {
      const [, command] = /^(?:\$ )?(?:npx )?golden-path (.*?)(?: +#.*)?$/.exec(line) ?? [];
      return command === undefined ? [] : [command.split(/ [|>] /)[0] ?? ''];
    });

const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word);

describe('the commands that people are told to run', () => {
  const told = pages.flatMap((page) =>
    commandsIn(pageOf(page)).map((command) => ({ page, command })),
  );

  it('are many', () => {
    expect(told.length).toBeGreaterThan(10);
  });

  it.each(told)('$page: golden-path $command', ({ command }) => {
    expect(goldenPathFaults(wordsOf(command))).toEqual([]);
  });
});
