import * as fs from 'node:fs';
import { SourceMap } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in TypeScript: the file, relative to its nearest package.json, and the line. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** A place that is worked out when it is first asked for: reading a stack and its source map costs. */
export interface Captured {
  readonly resolve: () => Source | undefined;
}

const LIBRARY = path.dirname(__dirname) + path.sep;
const FRAMES = 25;
const FRAME = /\(?((?:file:\/\/)?(?:\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/;

/** Remembers who called. Frames of this library and of Node are passed over, frames in `node_modules` are the last resort. */
export function captureSource(): Captured {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(holder, captureSource);
  Error.stackTraceLimit = limit;
  let known: { readonly source: Source | undefined } | undefined;
  return { resolve: () => (known ??= { source: locate(holder.stack ?? '') }).source };
}

function locate(stack: string): Source | undefined {
  let fallback: Source | undefined;
  for (const line of stack.split('\n')) {
    const frame = FRAME.exec(line.trim());
    if (!frame) continue;
    const [, place = '', row = '', column = ''] = frame;
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (file.startsWith(LIBRARY)) continue;
    const source = mapped(file, Number(row), Number(column));
    if (!file.includes(`${path.sep}node_modules${path.sep}`)) return source;
    fallback ??= source;
  }
  return fallback;
}

interface LoadedMap {
  readonly map: SourceMap;
  readonly folder: string;
}
const maps = new Map<string, LoadedMap | undefined>();

function mapped(file: string, line: number, column: number): Source {
  const written = { file: relative(file), line };
  if (!/\.[cm]?js$/.test(file)) return written;
  if (!maps.has(file)) maps.set(file, loadMap(file));
  const loaded = maps.get(file);
  const entry = loaded?.map.findEntry(line - 1, column - 1);
  if (!loaded || !entry || !('originalSource' in entry)) return written;
  return {
    file: relative(path.resolve(loaded.folder, entry.originalSource)),
    line: entry.originalLine + 1,
  };
}

function loadMap(file: string): LoadedMap | undefined {
  try {
    const url = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(fs.readFileSync(file, 'utf8'))?.[1];
    if (url === undefined) return undefined;
    const text = url.startsWith('data:')
      ? Buffer.from(url.slice(url.indexOf(',') + 1), 'base64').toString()
      : fs.readFileSync(path.resolve(path.dirname(file), url), 'utf8');
    return {
      map: new SourceMap(JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0]),
      folder: path.dirname(file),
    };
  } catch {
    return undefined;
  }
}

const roots = new Map<string, string | undefined>();

/** The folder of the nearest package.json; undefined when there is none. */
function projectRoot(folder: string): string | undefined {
  if (roots.has(folder)) return roots.get(folder);
  const up = path.dirname(folder);
  const isRoot = fs.existsSync(path.join(folder, 'package.json'));
  const root = isRoot ? folder : up === folder ? undefined : projectRoot(up);
  roots.set(folder, root);
  return root;
}

function relative(file: string): string {
  const root = projectRoot(path.dirname(file));
  return root === undefined ? file : path.relative(root, file).split(path.sep).join('/');
}
