import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkWritable, textOf, writeWhole } from '../../lib/cli/files';

let folder = '';
const at = (...names: readonly string[]): string => path.join(folder, ...names);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Root may write everywhere, so the rights of somebody else are taken for a moment. */
function asNobody(work: () => void): void {
  if (process.getuid?.() !== 0) {
    work();
    return;
  }
  process.seteuid?.(65_534);
  try {
    work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a file that is replaced', () => {
  it('keeps its mode, and leaves nothing beside it', () => {
    fs.writeFileSync(at('lock'), 'old');
    fs.chmodSync(at('lock'), 0o640);
    writeWhole(at('lock'), 'new');
    expect(fs.readFileSync(at('lock'), 'utf8')).toBe('new');
    expect(fs.statSync(at('lock')).mode & 0o777).toBe(0o640);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
  });

  it('stays a link, and changes where that leads', () => {
    fs.mkdirSync(at('far'));
    fs.writeFileSync(at('far', 'lock'), 'old');
    fs.symlinkSync(at('far', 'lock'), at('lock'));
    writeWhole(at('lock'), 'new');
    expect(fs.lstatSync(at('lock')).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(at('far', 'lock'), 'utf8')).toBe('new');
  });
});

describe('a file that is to be written', () => {
  it('is not there after the question whether it can be', () => {
    checkWritable(at('lock'));
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.each([
    checkWritable,
    (file: string) => {
      writeWhole(file, 'new');
    },
  ])('needs a folder in which files may be made (%#)', (use) => {
    fs.chmodSync(folder, 0o755);
    fs.mkdirSync(at('fixed'), { mode: 0o555 });
    asNobody(() => {
      expect(() => {
        use(at('fixed', 'lock'));
      }).toThrow(
        /lock' cannot be written \(EACCES\)\. Let files be made in fixed, or give one elsewhere\.$/,
      );
    });
    expect(() => {
      use(at('none', 'lock'));
    }).toThrow(/lock' cannot be written \(ENOENT\)\. Make its folder first\.$/);
    if (process.platform === 'linux') {
      expect(() => {
        use('/proc/lock');
      }).toThrow(
        "'/proc/lock' cannot be written (ENOENT). Let files be made in proc, or give one elsewhere.",
      );
    }
    expect(() => {
      use(folder);
    }).toThrow(/ is a folder\. Give a file in it\.$/);
  });
});

describe('a file that is read', () => {
  it('is no folder, and is there', () => {
    expect(() => textOf(folder)).toThrow(`'${folder}' is a folder. Give a file in it.`);
    expect(() => textOf(at('none'))).toThrow(`there is no file '${at('none')}'.`);
  });
});
