import * as fs from 'node:fs';
import * as path from 'node:path';
import { jest } from '@jest/globals';
import * as ts from 'typescript';

export const root = path.resolve(__dirname, '../..');

/** The text of a page, such as `docs/network.md`. */
export const pageOf = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');

/** A block of code of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** What the comment on its first line says. */
  readonly name: string | undefined;
}

export const blocksOf = (page: string): readonly Block[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
    name: /^(?:\/\/|#) (.*)\n/.exec(text)?.[1],
  }));

/** The text of the block with a name. */
export function exampleOf(page: string, name: string): string {
  const block = blocksOf(page).find((each) => each.name === name);
  if (!block) throw new Error(`no block is called ${name}`);
  return block.text;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.Node20,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};
let before: ts.Program | undefined;

/** What the compiler says of files. The library that they import is checked once, by `npm run types`. */
export function typeErrors(files: readonly string[]): readonly string[] {
  const program = ts.createProgram(files, options, rereading(files), before);
  before = program;
  const checked = files.map((file) => program.getSourceFile(file));
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((file) => program.getSyntacticDiagnostics(file)),
    ...checked.flatMap((file) => program.getSemanticDiagnostics(file)),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Examples come and go under the same names; the library and its packages stay as they are. */
function rereading(files: readonly string[]): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const folders = files.map((file) => path.dirname(file));
  return {
    ...host,
    getSourceFile: (file, ...rest) =>
      folders.includes(path.dirname(file))
        ? host.getSourceFile(file, ...rest)
        : (before?.getSourceFile(file) ?? host.getSourceFile(file, ...rest)),
  };
}

/** A folder where examples find this library, as a team's repository finds the package. */
export interface ExampleFolder {
  readonly path: string;
  readonly write: (file: string, text: string) => void;
  readonly typeErrors: (files: readonly string[]) => readonly string[];
  /** What a file exports. */
  readonly load: (file: string) => unknown;
  readonly remove: () => void;
}

export function exampleFolder(name: string): ExampleFolder {
  const folder = path.join(root, 'temp', `${name}-${process.pid}`);
  fs.mkdirSync(folder, { recursive: true });
  const at = (file: string): string => path.join(folder, file);
  return {
    path: folder,
    write: (file, text) => {
      const local = text
        .replaceAll("'cdk8s-golden-path/testing'", "'../../lib/testing'")
        .replaceAll("'cdk8s-golden-path'", "'../../lib'");
      fs.writeFileSync(at(file), local);
    },
    typeErrors: (files) => typeErrors(files.map(at)),
    load: (file) => jest.requireActual(at(file)),
    remove: () => {
      fs.rmSync(folder, { recursive: true });
    },
  };
}
