import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectRoot } from '../../scripts/lib/files.mjs';

const bytesPerKilobyte = 1024;

/** A file of the build and all that it imports at once, by name; what it imports later is left out. */
async function loadedWith(path: string, found = new Map<string, string>()): Promise<Map<string, string>> {
  if (found.has(path)) return found;
  const code = await readFile(path, 'utf8');
  found.set(path, code);
  for (const [, name = ''] of code.matchAll(/(?:\bfrom|^import|;import)\s*["'](\.[^"']+)["']/g))
    await loadedWith(join(path, '..', name), found);
  return found;
}

test('main loads little before its window, and no schema', async () => {
  const loaded = await loadedWith(join(projectRoot, 'out/main/index.js'));
  const code = [...loaded.values()].join('\n');
  expect(loaded.size).toBeGreaterThan(1);
  expect(code.length / bytesPerKilobyte).toBeLessThan(30);
  // Every schema's class has it; minifying leaves the names of properties as they are.
  expect(code).not.toContain('safeParse');
});

test('what loads the first list loads no HTTP of Node’s, and what talks on the bus no XML', async () => {
  const chunks = join(projectRoot, 'out/main/chunks');
  const names = await readdir(chunks);
  const codeOf = async (start: string): Promise<string> => {
    const name = names.find((each) => each.startsWith(start));
    if (name === undefined) throw new Error(`The build has no ${start}.`);
    return [...(await loadedWith(join(chunks, name))).values()].join('\n');
  };
  // Their modules take 13 ms to load on a busy machine, just when the list is waited for.
  for (const code of [await codeOf('backend-'), await codeOf('dbus-next-')])
    expect(code.match(/(?:from|import|\()\s*["'`](?:node:)?(?:https?|tls)["'`]/g)).toBeNull();
  expect(await codeOf('dbus-next-')).not.toContain('xmlns');
});

test('the preload is small, and has no schema', async () => {
  const path = join(projectRoot, 'out/preload/index.cjs');
  expect((await stat(path)).size / bytesPerKilobyte).toBeLessThan(8);
  expect(await readFile(path, 'utf8')).not.toContain('safeParse');
});

test('V8 has a byte for each character of a script', async () => {
  const out = join(projectRoot, 'out');
  const names = await readdir(out, { recursive: true });
  const scripts = names.filter((name) => /^(?:main|preload|renderer)\b.*\.c?js$/.test(name));
  expect(scripts.length).toBeGreaterThan(50);
  const wide: string[] = [];
  for (const name of scripts)
    if (/[\u0100-\uffff]/.test(await readFile(join(out, name), 'utf8'))) wide.push(name);
  expect(wide).toEqual([]);
});
