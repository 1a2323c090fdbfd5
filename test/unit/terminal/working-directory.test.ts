import { describe, expect, test } from 'vitest';
import {
  DirectoryEntrance,
  parseWorkingDirectory,
  shownDirectory,
} from '../../../main/terminal/process/working-directory.ts';

const parsed = (data: string): readonly [string, string] | null => {
  const directory = parseWorkingDirectory(data);
  return directory === null ? null : [directory.host, directory.path.toString('latin1')];
};

describe('a directory that a shell tells', () => {
  test.each([
    ['file://web/srv', 'web', '/srv'],
    ['file:///srv', '', '/srv'],
    ['file://localhost/', '', '/'],
    ['file://web-1.example.com/a%20b%2Fc', 'web-1.example.com', '/a b/c'],
    ['file://web/100%/%zz', 'web', '/100%/%zz'],
    ['file://web/%e9', 'web', '/\u00e9'],
    ['file://web/é', 'web', '/\u00c3\u00a9'],
    ['file://web/c:x', 'web', '/c:x'],
  ])('is read: %s', (data, host, path) => {
    expect(parsed(data)).toEqual([host, path]);
  });

  test.each([
    '',
    '/srv',
    'http://web/srv',
    'file://web',
    'file://we b/srv',
    'file://$(id)/srv',
    'file://web/a%0ab',
    'file://web/a\u001bb',
    'file://web/%00',
    'file:///C:/Users',
    `file://web/${'a'.repeat(4096)}`,
  ])('is none: %j', (data) => {
    expect(parsed(data)).toBeNull();
  });

  test('is shown without what would control a terminal or a line', () => {
    expect(shownDirectory({ host: '', path: Buffer.from('/a\u202eb') })).not.toContain('\u202e');
  });
});

describe('the way into it', () => {
  const all = Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1).filter((byte) => byte > 31));

  test('is a command in which no login shell finds anything to expand, whatever the name', () => {
    const { command } = new DirectoryEntrance({ host: 'web', path: all }, 'nonce');
    const [, script] = /^exec sh -c '(.*)'$/.exec(command) ?? [];
    expect(script).toBeTypeOf('string');
    expect(script).not.toMatch(/['!\n]|\\\\/);
    expect(script).toMatch(/^d=\$\(printf %b "[\w./\\-]+"\);/);
  });

  test('says how it went wherever the output is cut', () => {
    const output = `hello\u001b]6973;no\u001b]6973;nonce;other-host\u0007$ `;
    for (let at = 0; at < output.length; at += 1) {
      const entrance = new DirectoryEntrance({ host: '', path: Buffer.from('/') }, 'nonce');
      const pieces = [output.slice(0, at), output.slice(at)].map((piece) =>
        entrance.read(Buffer.from(piece, 'latin1')),
      );
      expect(pieces.filter((entry) => entry !== null)).toEqual(['other-host']);
    }
  });

  test('takes no word of another one, and what is no word of its own for a failure', () => {
    const entrance = new DirectoryEntrance({ host: '', path: Buffer.from('/') });
    expect(entrance.read(Buffer.from('\u001b]6973;nonce;entered\u0007'))).toBeNull();
    const other = new DirectoryEntrance({ host: '', path: Buffer.from('/') }, 'nonce');
    expect(other.read(Buffer.from('\u001b]6973;nonce;x\u0007'))).toBe('gone');
  });
});
