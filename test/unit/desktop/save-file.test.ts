import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { saveFile } from '../../../main/desktop/save-file.ts';

interface Options {
  readonly defaultPath: string;
  readonly filters: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}
const person = vi.hoisted(() => ({
  chooses: '',
  asked: [] as unknown[],
}));
vi.mock('electron', () => ({
  app: { getPath: () => '/home/me/Downloads' },
  BrowserWindow: { fromWebContents: () => null },
  dialog: {
    showSaveDialog: (options: unknown) => {
      person.asked.push(options);
      return Promise.resolve({ canceled: person.chooses === '', filePath: person.chooses });
    },
  },
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-'));
  person.asked.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text = (name: string, content: string) =>
  ({ name, content: { encoding: 'text', text: content } }) as const;

it('writes a text as it is where the person says, and tells the name that it got', async () => {
  person.chooses = join(folder, 'my servers.csv');
  const content = 'id,name\r\n"1","Größe 🚀"\r\n';
  expect(await saveFile(null, text('servers.csv', content))).toEqual({
    ok: true,
    value: { name: 'my servers.csv' },
  });
  expect(await readFile(person.chooses, 'utf8')).toBe(content);
  const [asked] = person.asked as [Options];
  expect(asked.defaultPath).toBe('/home/me/Downloads/servers.csv');
  expect(asked.filters).toEqual([{ name: 'Comma-separated values', extensions: ['csv'] }]);
});

it('writes a picture as its bytes', async () => {
  person.chooses = join(folder, 'console.png');
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);
  const content = { encoding: 'base64', text: bytes.toString('base64') } as const;
  expect(await saveFile(null, { name: 'console.png', content })).toMatchObject({ ok: true });
  expect(await readFile(person.chooses)).toEqual(bytes);
});

it('writes nothing where the person changed their mind', async () => {
  person.chooses = '';
  expect(await saveFile(null, text('a.json', '[]'))).toEqual({ ok: true, value: { name: null } });
});

it('says what the file system said where it could not be written', async () => {
  person.chooses = join(folder, 'no such folder', 'a.json');
  expect(await saveFile(null, text('a.json', '[]'))).toEqual({
    ok: false,
    error: { kind: 'refused', message: 'The file could not be written (ENOENT). Choose another folder.' },
  });
});
