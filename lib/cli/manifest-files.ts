import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { describe, reasonOf } from '../foundation';
import { MOST_BYTES, readManifests, synthesizedIn, type ReadFile } from '../guardrail';
import { UsageError } from './exit-code';
import { STDIN } from './report';

const MANIFEST = /\.(?:ya?ml|json)$/i;

/** Reads files, folders and `-`, the standard input. */
export async function readFiles(names: readonly string[]): Promise<readonly ReadFile[]> {
  const found = names.flatMap((name) =>
    name === '-' ? [{ name, isNamed: true }] : expanded(name),
  );
  const unique = [...new Map(found.map((each) => [path.resolve(each.name), each])).values()];
  const files: ReadFile[] = [];
  for (const { name, isNamed } of unique) {
    const bytes = await bytesOf(name);
    const file = name === '-' ? STDIN : displayed(name);
    const manifests = readManifests(bytes, file);
    // A folder holds much that was never meant for Kubernetes and is not even sound YAML.
    const isMeant = isNamed || bytes.includes('apiVersion');
    const synthesized = name === '-' ? undefined : synthesizedIn(path.dirname(name));
    files.push({
      ...manifests,
      file,
      problems: isMeant ? manifests.problems : [],
      ...(synthesized && { synthesized }),
    });
  }
  return files;
}

interface Found {
  readonly name: string;
  /** Whether the file was named itself, not found in a folder. */
  readonly isNamed: boolean;
}

function expanded(name: string): readonly Found[] {
  const stat = fs.statSync(name, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`there is no file or folder ${describe(name)}.`);
  return stat.isDirectory()
    ? filesIn(name).map((file) => ({ name: file, isNamed: false }))
    : [{ name, isNamed: true }];
}

/** The manifests below a folder, sorted. Folders that links lead to are left out: they may lead back. */
function filesIn(folder: string): readonly string[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = path.join(folder, entry.name);
      if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : filesIn(name);
      if (!MANIFEST.test(entry.name)) return [];
      const isFile = entry.isFile() || fs.statSync(name, { throwIfNoEntry: false })?.isFile();
      return isFile ? [name] : [];
    });
}

const isPassedOver = (folder: string): boolean =>
  folder === 'node_modules' || folder.startsWith('.');

/** The name from the working directory on, with `/` between the parts. */
const displayed = (name: string): string => {
  const relative = path.relative(process.cwd(), path.resolve(name));
  return (relative.startsWith('..') ? name : relative).split(path.sep).join('/');
};

/** Not more than is wanted of a file, which may be a pipe or a device without end. */
async function bytesOf(name: string): Promise<Buffer> {
  const stream: Readable = name === '-' ? process.stdin : fs.createReadStream(name);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) break;
    }
  } catch (error) {
    throw new UsageError(`${describe(name)} cannot be read: ${reasonOf(error)}`);
  }
  return Buffer.concat(chunks);
}
