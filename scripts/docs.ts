import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { problemCodes } from '../lib';
import { rulesPage } from './rules-page';

const root = path.join(__dirname, '..');
const architecture = path.join(root, 'ARCHITECTURE.md');

const rows = Object.entries(problemCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);

/** The page of all problem codes, made from the table that the code itself uses. */
export const problemsPage = `# Problems

What a synthesis can report. Codes are stable. Each problem says where (construct path and TypeScript line), what was found and how to fix it; \`golden-path synth --json\` gives them as data. This page is generated: \`npm run docs\`.

| code | means |
| --- | --- |
${rows.join('\n')}
`;

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

const folderOf = (file: string): string | undefined => /^lib\/([^/]+)\//.exec(file)?.[1];

/** Which folder of lib imports which, as dependency-cruiser sees it. */
function picture(): string {
  const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'lib'];
  const json = execFileSync(process.execPath, args, {
    cwd: root,
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  const arrows = new Set<string>();
  for (const { source, dependencies } of (JSON.parse(json) as Cruised).modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [folderOf(source), folderOf(resolved)];
      if (from !== undefined && to !== undefined && from !== to && to !== 'foundation') {
        arrows.add(`  ${from} --> ${to}`);
      }
    }
  }
  return `\`\`\`mermaid\nflowchart BT\n${[...arrows].sort().join('\n')}\n\`\`\``;
}

/** ARCHITECTURE.md with the picture drawn anew. */
export const architecturePage = (): string =>
  fs
    .readFileSync(architecture, 'utf8')
    .replace(/(<!-- picture -->)[^]*(<!-- \/picture -->)/, `$1\n\n${picture()}\n\n$2`);

if (require.main === module) {
  fs.writeFileSync(path.join(root, 'docs/problems.md'), problemsPage);
  fs.writeFileSync(path.join(root, 'docs/rules.md'), rulesPage());
  fs.writeFileSync(architecture, architecturePage());
}
