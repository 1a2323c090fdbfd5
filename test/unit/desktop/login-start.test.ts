import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isEntryOn } from '../../../main/desktop/autostart-entry.ts';
import { autostartPath, createAutostartFile } from '../../../main/desktop/login-start.ts';

vi.mock('electron', () => ({ app: {} }));

const isLinux = process.platform === 'linux';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autostart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the entry that starts the app at login', () => {
  it('lies where desktops look for it', () => {
    const inHome = '/home/jane/.config/autostart/evorxa-desktop.desktop';
    expect(autostartPath({}, '/home/jane')).toBe(inHome);
    expect(autostartPath({ XDG_CONFIG_HOME: '' }, '/home/jane')).toBe(inHome);
    expect(autostartPath({ XDG_CONFIG_HOME: 'relative' }, '/home/jane')).toBe(inHome);
    expect(autostartPath({ XDG_CONFIG_HOME: '/etc/jane' }, '/home/jane')).toBe(
      '/etc/jane/autostart/evorxa-desktop.desktop',
    );
  });

  it.runIf(isLinux).each(['Evorxa', 'My apps', '100% "new" $HOME `x` \\ back', 'it’s %f & more'])(
    'is read by the desktop’s own reader, for an app in a folder named %s',
    async (name) => {
      const program = join(folder, name, 'app');
      const told = join(folder, 'told');
      await mkdir(join(folder, name));
      await writeFile(
        program,
        `#!/bin/sh\nprintf '%s\\n' "$@" >'${told}.part'\nmv '${told}.part' '${told}'\n`,
      );
      await chmod(program, 0o755);
      const entry = join(folder, 'evorxa-desktop.desktop');
      expect(createAutostartFile(entry, [program, 'two words']).set(true)).toEqual({
        ok: true,
        value: undefined,
      });
      await promisify(execFile)('gio', ['launch', entry]);
      await vi.waitFor(() => expect(existsSync(told)).toBe(true), { timeout: 30_000 });
      expect(await readFile(told, 'utf8')).toBe('two words\n--hidden\n');
    },
  );

  it('counts as off where the person turned it off in the desktop', async () => {
    const path = join(folder, 'a', 'evorxa-desktop.desktop');
    const start = createAutostartFile(path, ['/opt/app']);
    expect(start.isOn()).toBe(false);
    start.set(true);
    expect(start.isOn()).toBe(true);
    const entry = await readFile(path, 'utf8');
    await writeFile(path, entry.replace('enabled=true', 'enabled=false'));
    expect(start.isOn()).toBe(false);
    expect(isEntryOn(`${entry}Hidden=true\n`)).toBe(false);
    start.set(false);
    expect(existsSync(path)).toBe(false);
  });

  it('follows the app to where it lies now, only while it is on', async () => {
    const path = join(folder, 'evorxa-desktop.desktop');
    createAutostartFile(path, ['/old/app']).set(true);
    createAutostartFile(path, ['/new/app']).renew();
    expect(await readFile(path, 'utf8')).toContain('Exec="/new/app" "--hidden"\n');
    createAutostartFile(path, ['/new/app']).set(false);
    createAutostartFile(path, ['/newer/app']).renew();
    expect(existsSync(path)).toBe(false);
  });

  it('says what the system said where it cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const set = createAutostartFile(join(folder, 'file', 'evorxa-desktop.desktop'), ['/opt/app']).set(true);
    expect(set.ok ? '' : set.error).toMatchObject({
      kind: 'refused',
      message: /could not be changed \(E\w+\)/,
    });
  });
});
