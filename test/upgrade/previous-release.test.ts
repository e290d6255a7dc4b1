import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { previousRelease } from './previous-release';

const IDENTITY = ['-c', 'user.name=Robin', '-c', 'user.email=robin@example.com'];
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: os.devNull,
};

let root: string;
let clone: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'previous-release-'));
  clone = path.join(root, 'clone');
  fs.mkdirSync(clone);
});

afterEach(() => {
  fs.rmSync(root, { recursive: true });
});

function git(...args: readonly string[]): void {
  const options = { cwd: clone, env: ENVIRONMENT, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync('git', [...IDENTITY, ...args], options);
  if (status !== 0) throw new Error(stderr);
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(clone, file)), { recursive: true });
  fs.writeFileSync(path.join(clone, file), text);
}

function commit(file: string, text: string): void {
  write(file, text);
  git('add', '--all');
  git('commit', '--quiet', '--message', text);
}
const release = (text: string): void => commit('dist/dev/shop.yaml', text);

/** The text of the manifest that was released before, or why there is none. */
function previous(repository = clone): string {
  const folder = fs.mkdtempSync(path.join(root, 'released-'));
  const found = previousRelease(repository, folder);
  if ('missing' in found) return found.missing;
  expect(fs.readdirSync(folder)).toEqual(['dist']);
  return fs.readFileSync(path.join(found.dist, 'dev', 'shop.yaml'), 'utf8');
}

describe('the previous release', () => {
  it('is what stood before dist/ was changed last, where nothing is tagged', () => {
    git('init', '--quiet');
    release('one');
    release('two');
    commit('lib/shop.ts', 'no manifest changes');
    expect(previous()).toBe('one');
  });

  it('is what was committed, where dist/ has changed since', () => {
    git('init', '--quiet');
    release('one');
    release('two');
    write('dist/dev/shop.yaml', 'three');
    expect(previous()).toBe('two');
  });

  it('is the last tag, unless that is what stands here', () => {
    git('init', '--quiet');
    release('one');
    git('tag', 'v1');
    release('two');
    release('three');
    expect(previous()).toBe('one');
    git('tag', 'v2');
    expect(previous()).toBe('one');
    commit('lib/shop.ts', 'no manifest changes');
    expect(previous()).toBe('one');
    write('dist/dev/shop.yaml', 'four');
    expect(previous()).toBe('three');
  });

  it('is missing before the first one', () => {
    git('init', '--quiet');
    expect(previous()).toBe('This is no clone: it has no history.');
    commit('lib/shop.ts', 'no manifest yet');
    expect(previous()).toBe('No release came before this one.');
    release('one');
    expect(previous()).toBe('No release came before this one.');
  });

  it('is missing in a shallow clone, which says so', () => {
    git('init', '--quiet');
    release('one');
    release('two');
    const shallow = path.join(root, 'shallow');
    git('clone', '--quiet', '--depth=1', `file://${clone}`, shallow);
    expect(previous(shallow)).toBe(
      'This clone is shallow and lacks the previous release: git fetch --unshallow --tags.',
    );
  });
});
