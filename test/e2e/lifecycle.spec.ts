import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { connectShell, signIn, terminalRows, typeLine } from '../support/window-steps.ts';

let userDataDir: string;
test.beforeEach(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
});
test.afterEach(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 10 }));

test('a second start hands its request to the first, and ends', async ({ launch, start, startSandbox }) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch({ userDataDir });
  await signIn(window, sandbox);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const id = await instanceId(sandbox, 'metrics');
  // Whether Playwright sees the second one before it ends does not matter.
  await start({ userDataDir, args: [`evorxa://instance/${id}`] }).catch(() => undefined);
  await expect(window.getByRole('heading', { name: 'metrics', level: 1 })).toBeVisible();
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isMinimized())),
    )
    .toEqual([false]);
});

test('a page that crashes comes back, with its terminal as it was', async ({ launch }) => {
  const { app, window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  await typeLine(window, 'echo "before"-"the crash"');
  await expect(terminalRows(window)).toContainText('before-the crash');
  const loaded = app.evaluate(
    ({ webContents }) =>
      new Promise<void>((resolve) => {
        webContents.getAllWebContents()[0]?.once('did-finish-load', () => resolve());
      }),
  );
  await app.evaluate(({ webContents }) => {
    process.kill(webContents.getAllWebContents()[0]?.getOSProcessId() ?? 0, 'SIGKILL');
  });
  await loaded;
  // Playwright does not follow a page over a crash: the window is asked itself.
  const text = (): Promise<string> =>
    app.evaluate(async ({ webContents }) =>
      String(
        await webContents
          .getAllWebContents()[0]
          ?.executeJavaScript(`document.querySelector('.xterm-rows')?.textContent ?? ''`),
      ),
    );
  await expect.poll(text).toContain('before-the crash');
});

test('the window is where it was, unless that is on no screen any more', async ({ launch }) => {
  type App = Awaited<ReturnType<typeof launch>>['app'];
  const place = { x: 140, y: 90, width: 1000, height: 700 };
  const boundsOf = (app: App): Promise<unknown> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  // Asked again whatever happens: an answer of the main process is lost once in a while, when its garbage is collected.
  const expectBounds = (app: App, bounds: Partial<typeof place>): Promise<void> =>
    expect(async () => expect(await boundsOf(app)).toMatchObject(bounds)).toPass();
  // Closed before it is shown, a window leaves the place of the last one alone.
  const untilShown = (app: App): Promise<void> =>
    expect(async () => {
      const isShown = app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
      expect(await isShown).toBe(true);
    }).toPass();
  // The window system moves it in its own time.
  const moveTo = (app: App, bounds: typeof place): Promise<void> =>
    expect(async () => {
      await app.evaluate(
        ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
        bounds,
      );
      expect(await boundsOf(app)).toEqual(bounds);
    }).toPass();
  const first = await launch({ userDataDir });
  await untilShown(first.app);
  await moveTo(first.app, place);
  await first.close();
  const second = await launch({ userDataDir });
  await untilShown(second.app);
  await expectBounds(second.app, place);
  await moveTo(second.app, { ...place, x: 9000 });
  await second.close();
  const third = await launch({ userDataDir });
  await untilShown(third.app);
  await expectBounds(third.app, { width: 1280, height: 800 });
});
