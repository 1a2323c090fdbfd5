import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPictureFile } from '../../../main/storage/picture-file.ts';
import { isSealedFor, sealPage } from '../../../main/storage/picture-seal.ts';
import { TestDisk, useFolder } from './disk.ts';

const folder = useFolder();
const path = (): string => join(folder.path(), 'cache', 'first-picture.html');
const page = '<!doctype html>\n<div id="app">ü</div>\n';

const textOf = (): string => readFileSync(path(), 'utf8');

describe('the file of the first picture', () => {
  it('holds a page that is sealed for what it was drawn for, and that nobody else on this computer reads', async () => {
    const file = openPictureFile(path());
    file.keep('ada, dark, 1280', page);
    await file.settled();
    expect(textOf()).toMatch(/^<!--evorxa [0-9a-f]{64}-->\n<!doctype html>/);
    expect(isSealedFor('ada, dark, 1280', textOf())).toBe(true);
    expect(isSealedFor('bob, dark, 1280', textOf())).toBe(false);
    expect(isSealedFor('', textOf())).toBe(false);
    if (process.platform !== 'win32') expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is gone when it is forgotten, also while it is being written', async () => {
    const file = openPictureFile(path());
    file.keep('x', page);
    file.forget();
    await file.settled();
    expect(existsSync(path())).toBe(false);
    // Where there was none, too.
    file.forget();
    await file.settled();
    expect(existsSync(path())).toBe(false);
  });

  it('costs nothing but a slower start on a disk that is full', async () => {
    const disk = new TestDisk();
    disk.fault = 'ENOSPC';
    const file = openPictureFile(path(), disk.calls);
    file.keep('x', page);
    await file.settled();
    expect(existsSync(path())).toBe(false);
  });

  it.each<[string, (text: string) => string]>([
    ['empty', () => ''],
    ['cut', (text) => text.slice(0, -1)],
    ['without its seal', (text) => text.slice(text.indexOf('\n') + 1)],
    ['with something behind it', (text) => `${text}<script src="/x.js"></script>`],
    ['with something before it', (text) => `<!---->${text}`],
    ['changed', (text) => text.replace('app', 'ape')],
    ['far too large', () => sealPage('x', 'a'.repeat(2_000_000))],
  ])('is not taken for whole where it is %s', (_what, broken) => {
    expect(isSealedFor('x', sealPage('x', page))).toBe(true);
    expect(isSealedFor('x', broken(sealPage('x', page)))).toBe(false);
  });
});

it('knows its own pages, and no page by what another one was drawn for', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (drawnFor, other, text) => {
      const whole = sealPage(drawnFor, text);
      expect(isSealedFor(drawnFor, whole)).toBe(true);
      if (other !== drawnFor) expect(isSealedFor(other, whole)).toBe(false);
      // A character that goes from one part to the other makes another page.
      if (text !== '')
        expect(isSealedFor(drawnFor + text.slice(0, 1), whole.replace(text, text.slice(1)))).toBe(false);
    }),
  );
});
