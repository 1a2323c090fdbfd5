import { homedir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { beforeEach, expect, it, vi } from 'vitest';
import { setFullScreen } from '../../../main/desktop/full-screen.ts';
import { pickKeyFile, pickRulesFile } from '../../../main/desktop/pick-file.ts';

const electron = vi.hoisted(() => ({ showOpenDialog: vi.fn(), fromWebContents: vi.fn() }));
vi.mock('electron', () => ({
  app: { getPath: (name: string) => `/home/me/${name}` },
  dialog: { showOpenDialog: electron.showOpenDialog },
  BrowserWindow: { fromWebContents: electron.fromWebContents },
}));

const page = {} as unknown as WebContents;
const window = { setFullScreen: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  electron.fromWebContents.mockReturnValue(window);
  electron.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/home/me/.ssh/id.pub'] });
});

it('a key’s file is asked for in ~/.ssh, whose files are hidden, before the window that wants it', async () => {
  expect(await pickKeyFile(page)).toBe('/home/me/.ssh/id.pub');
  expect(electron.fromWebContents).toHaveBeenCalledExactlyOnceWith(page);
  expect(electron.showOpenDialog).toHaveBeenCalledExactlyOnceWith(
    window,
    expect.objectContaining({
      defaultPath: join(homedir(), '.ssh'),
      properties: ['openFile', 'showHiddenFiles'],
    }),
  );
});

it.each([
  ['no page', null, window],
  ['a page without a window', page, null],
])('a key’s file is asked for with %s too', async (_what, contents, found) => {
  electron.fromWebContents.mockReturnValue(found);
  expect(await pickKeyFile(contents)).toBe('/home/me/.ssh/id.pub');
  expect(electron.showOpenDialog).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ properties: ['openFile', 'showHiddenFiles'] }),
  );
});

it('a file of rules is asked for among downloads, JSON first', async () => {
  electron.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/tmp/rules.json'] });
  expect(await pickRulesFile(page)).toBe('/tmp/rules.json');
  expect(electron.showOpenDialog).toHaveBeenCalledExactlyOnceWith(
    window,
    expect.objectContaining({
      defaultPath: '/home/me/downloads',
      filters: [
        { name: 'JSON', extensions: ['json'] },
        { name: 'All files', extensions: ['*'] },
      ],
    }),
  );
});

it('no file is chosen where the user changed their mind', async () => {
  electron.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
  expect(await pickKeyFile(page)).toBeNull();
});

it('a page’s window fills the screen, or no longer; without one nothing does', () => {
  setFullScreen(page, true);
  setFullScreen(page, false);
  expect(window.setFullScreen.mock.calls).toEqual([[true], [false]]);
  setFullScreen(null, true);
  electron.fromWebContents.mockReturnValue(null);
  setFullScreen(page, true);
  expect(window.setFullScreen).toHaveBeenCalledTimes(2);
});
