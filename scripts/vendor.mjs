// The CEL engine is published as an ES module alone, which jest 30 cannot load: so a copy in CommonJS goes into the build.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from '@swc/core';

const require = createRequire(import.meta.url);
const root = path.join(import.meta.dirname, '..');
const entry = require.resolve('@marcbachmann/cel-js');
const from = path.dirname(entry);
const to = path.join(root, 'build', 'vendor', 'cel-js');

rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => name.endsWith('.js'))) {
  const { code } = transformSync(readFileSync(path.join(from, file), 'utf8'), {
    filename: file,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
    module: { type: 'commonjs' },
  });
  writeFileSync(path.join(to, file), code);
}
cpSync(path.join(from, '..', 'LICENSE'), path.join(to, 'LICENSE'));
