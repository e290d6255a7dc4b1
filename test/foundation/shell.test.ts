import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { shellText, shellWord } from '../../lib/foundation';

describe('words for a shell', () => {
  it('come out of a shell as they were', () => {
    const words = ['a b', "it's", '$HOME', '`id`', '{"a":1}', '', '*', 'x\ny', 'plain-1.2'];
    const said = execFileSync('bash', ['-c', `printf '%s\\0' ${shellText(words)}`], {
      // Bash takes a socket, as Node gives it one, for a remote shell, and reads the machine's bashrc.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(said.toString().split('\0').slice(0, -1)).toEqual(words);
  });

  it('have quotes only where they need them', () => {
    expect(['--to-revision=3', 'http://localhost:9090/x'].map(shellWord)).toEqual([
      '--to-revision=3',
      'http://localhost:9090/x',
    ]);
    expect(shellWord('http://x/?a&b')).toBe("'http://x/?a&b'");
  });
});
