import { expect, test } from '../support/journey.ts';
import { mapContract } from '../../preload/contract/define.ts';
import { contract } from '../../preload/contract/index.ts';

test('the page has nothing of Node, and one door to the app', async ({ launch }) => {
  const { window } = await launch();
  const found = await window.evaluate(() => {
    const page = globalThis.window;
    const keysOf = (value: object): unknown =>
      Object.fromEntries(
        Object.entries(value).map(([key, inner]: [string, unknown]) => [
          key,
          typeof inner === 'object' && inner !== null ? keysOf(inner) : typeof inner,
        ]),
      );
    return {
      globals: ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter(
        (name) => name in page,
      ),
      door: keysOf(page.evorxa),
    };
  });
  expect(found.globals).toEqual([]);
  const { files, ...calls } = mapContract(contract, () => 'function');
  // Dropped files go by a function of its own, which reads their paths itself.
  const { uploadDropped, ...filesCalls } = files ?? {};
  expect(found.door).toEqual({
    calls: { ...calls, files: filesCalls },
    locales: { dates: 'string', numbers: 'string', names: 'string' },
    platform: 'string',
    giveBackMemory: 'function',
    uploadDropped,
  });
});

test('no window opens, nothing navigates, no webview comes', async ({ launch }) => {
  const { app, window } = await launch();
  const address = window.url();
  const opened = await window.evaluate(() => {
    const page = globalThis.window;
    const view = page.document.createElement('webview');
    view.setAttribute('src', 'https://example.com');
    const frame = page.document.createElement('iframe');
    frame.src = 'https://example.com';
    page.document.body.append(view, frame);
    const result = page.open('https://example.com');
    const link = page.document.createElement('a');
    link.href = 'https://example.com';
    page.document.body.append(link);
    link.click();
    page.location.assign('https://example.com/elsewhere');
    return result;
  });
  expect(opened).toBeNull();
  // A turn of main's loop, behind whatever the page asked for.
  const contents = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((each) => each.getURL()),
  );
  expect(contents).toEqual([address]);
  expect(window.url()).toBe(address);
});

// By Electron's older way, and by the one that takes its place when that is gone.
for (const way of ['file', 'handle']) {
  test(`the page reaches no network, and runs no script of its own making, served by ${way}`, async ({
    launch,
    startSandbox,
  }) => {
    const { apiUrl, control } = await startSandbox();
    const { window } = await launch({ env: { EVORXA_SERVE_BY: way } });
    const refused = await window.evaluate(async (url) => {
      const page = globalThis.window;
      const outcome = async (asked: Promise<unknown>): Promise<string> =>
        asked.then(
          () => 'reached',
          () => 'refused',
        );
      const script = page.document.createElement('script');
      script.textContent = 'window.wasInjected = true';
      page.document.body.append(script);
      const socket = new Promise((resolve, reject) => {
        const opened = new page.WebSocket(url.replace('http', 'ws'));
        opened.onopen = resolve;
        opened.onerror = reject;
      });
      return {
        fetched: await outcome(page.fetch(`${url}/me`)),
        socket: await outcome(socket),
        injected: 'wasInjected' in page,
      };
    }, apiUrl);
    expect(refused).toEqual({ fetched: 'refused', socket: 'refused', injected: false });
    expect(await control.log()).toEqual([]);
  });
}

test('every permission is denied but to write text to the clipboard', async ({ launch }) => {
  const { app, window } = await launch();
  const states = await window.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const asked = names.map(async (name) => {
      // Not all of Chromium's names are in TypeScript's list.
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return [name, state] as const;
    });
    return Object.fromEntries(await Promise.all(asked));
  });
  expect(new Set(Object.values(states))).toEqual(new Set(['denied']));
  await window.getByRole('button', { name: 'Sign in', exact: true }).focus();
  await window.evaluate(() => navigator.clipboard.writeText('a note'));
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('a note');
});
