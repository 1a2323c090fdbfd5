import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/launch.ts';
import { killTree } from '../support/process-tree.ts';

// What is done with the files is tested in test/unit/storage, 60 kills in mid-write among it. Here: the app.

/** A user data folder that outlives the app, and the file of settings in it. */
interface Data {
  readonly folder: string;
  readonly file: string;
}

const test = base.extend<{ readonly data: Data }>({
  // In the session's home, which is made before the app starts and removed after it has ended.
  data: async ({ session }, use) => {
    const parent = mkdtempSync(join(session.keyring?.home ?? tmpdir(), 'settings-'));
    const folder = join(parent, 'data');
    mkdirSync(folder);
    await use({ folder, file: join(folder, 'settings.json') });
    rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
  },
});

/** Mounting is what makes a file that cannot be replaced, and a small disk. */
const unlessRoot = [process.getuid?.() !== 0, 'mounting takes root'] as const;

const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true });
const setLimit = (page: Page, lowBalanceCents: number) =>
  page.evaluate((cents) => window.evorxa.calls.settings.update({ lowBalanceCents: cents }), lowBalanceCents);

for (const content of ['', '{{', '[1, 2]', 'null', '\u0000\u0001\u0002']) {
  test(`settings.json is ${JSON.stringify(content)}: it starts, says so, and keeps the old file`, async ({
    data,
    launch,
  }) => {
    writeFileSync(data.file, content);

    const { window: page } = await launch({ userDataDir: data.folder });

    await expect(signInButton(page)).toBeVisible();
    await expect(page.getByText('The settings could not be read and were reset.')).toBeVisible();
    const [kept = 'none'] = readdirSync(data.folder).filter((name) =>
      name.startsWith('settings.json.broken-'),
    );
    await expect(page.getByText(`The old file is kept as ${join(data.folder, kept)}.`)).toBeVisible();
    expect(readFileSync(join(data.folder, kept), 'utf8')).toBe(content);
    await page.getByRole('button', { name: 'Try the demo account' }).click();
    await expect(page.getByRole('grid', { name: 'Instances' })).toBeVisible();
    await expect(page.getByText('The settings could not be read and were reset.')).toBeVisible();
  });
}

test('a file of accounts that is broken takes no settings along, and is said', async ({ data, launch }) => {
  writeFileSync(data.file, '{"version":1,"preferences":{"lowBalanceCents":1230}}');
  writeFileSync(join(data.folder, 'accounts.json'), '{"version":1,');

  const { window: page } = await launch({ userDataDir: data.folder });

  await expect(signInButton(page)).toBeVisible();
  await expect(page.getByText('Some saved data could not be read and was reset.')).toBeVisible();
  const read = await page.evaluate(() => window.evorxa.calls.settings.get(undefined));
  expect(read).toMatchObject({ ok: true, value: { lowBalanceCents: 1230 } });
});

test('files of a newer version are left as they are, and it is said', async ({ data, launch }) => {
  const text = '{"version":99,"accounts":[]}';
  writeFileSync(join(data.folder, 'accounts.json'), text);

  const { window: page } = await launch({ userDataDir: data.folder });

  await expect(page.getByText('Some saved data is from a newer version of Evorxa.')).toBeVisible();
  await page.getByRole('button', { name: 'Try the demo account' }).click();
  await expect(page.getByRole('grid', { name: 'Instances' })).toBeVisible();
  expect(readFileSync(join(data.folder, 'accounts.json'), 'utf8')).toBe(text);
});

test('what is set in the moment of quitting is on the disk', async ({ data, launch }) => {
  const { app, window: page } = await launch({ userDataDir: data.folder });
  await expect(signInButton(page)).toBeVisible();
  await setLimit(page, 1240);
  const ended = app.waitForEvent('close');
  await page.evaluate(() => window.evorxa.calls.app.quit(undefined)).catch(() => undefined);
  await ended;
  expect(JSON.parse(readFileSync(data.file, 'utf8'))).toMatchObject({
    preferences: { lowBalanceCents: 1240 },
  });
});

test('every value is of a wrong type: it starts with defaults', async ({ data, launch }) => {
  const wrong = { preferences: { theme: 7, terminal: 'big', notifications: null }, accounts: { a: 1 } };
  const more = { currentAccountId: [], windowPlace: 'left', connections: [[]], notices: 'none', told: 5 };
  writeFileSync(data.file, JSON.stringify({ ...wrong, ...more, window: 3, connectionKeys: false }));

  const { window: page } = await launch({ userDataDir: data.folder });

  await expect(signInButton(page)).toBeVisible();
  await page.getByRole('button', { name: 'Try the demo account' }).click();
  await expect(page.getByRole('grid', { name: 'Instances' })).toBeVisible();
});

test('the file cannot be replaced: it starts, says so, and changes hold until it quits', async ({
  data,
  launch,
}) => {
  test.skip(...unlessRoot);
  try {
    // Chromium needs its own files: only ours is held fast, as by an immutable file that even root cannot replace.
    writeFileSync(data.file, '{"preferences":{"theme":"dark"}}');
    execFileSync('mount', ['--bind', data.file, data.file]);
    execFileSync('mount', ['-o', 'remount,bind,ro', data.file]);

    const { window: page } = await launch({ userDataDir: data.folder });
    await expect(signInButton(page)).toBeVisible();
    await setLimit(page, 1220);

    await expect(page.getByText('Settings cannot be saved.')).toBeVisible();
    const held = await page.evaluate(() => window.evorxa.calls.settings.get(undefined));
    expect(held).toMatchObject({ ok: true, value: { theme: 'dark', lowBalanceCents: 1220 } });
    expect(readFileSync(data.file, 'utf8')).toBe('{"preferences":{"theme":"dark"}}');
  } finally {
    unmount(data.file);
  }
});

test('the disk fills up in mid-run: the window says so, and the old file stays whole', async ({
  data,
  launch,
}) => {
  test.skip(...unlessRoot);
  mountTmpfs(data.folder);
  try {
    const { window: page } = await launch({ userDataDir: data.folder });
    await expect(signInButton(page)).toBeVisible();
    await setLimit(page, 1215);
    // It is written behind the window's back.
    const onDisk = (): string => (existsSync(data.file) ? readFileSync(data.file, 'utf8') : '');
    await expect.poll(onDisk).toContain('"lowBalanceCents": 1215');
    const saved = onDisk();
    const ballast = join(data.folder, 'ballast');
    fill(ballast);

    await setLimit(page, 1216);

    await expect(page.getByText('Settings cannot be saved.')).toBeVisible();
    expect(readFileSync(data.file, 'utf8')).toBe(saved);

    rmSync(ballast);
    await setLimit(page, 1217);
    await expect(page.getByText('Settings cannot be saved.')).toBeHidden();
    expect(JSON.parse(readFileSync(data.file, 'utf8'))).toMatchObject({
      preferences: { lowBalanceCents: 1217 },
    });
  } finally {
    unmount(data.folder);
  }
});

test('killed in mid-write, again and again: it starts each time with whole settings', async ({
  data,
  launch,
}) => {
  test.slow();
  for (let round = 0; round < 6; round += 1) {
    const { app, window: page } = await launch({ userDataDir: data.folder });
    await expect(signInButton(page)).toBeVisible();
    await expect(page.getByText('The settings could not be read and were reset.')).toBeHidden();
    const writing = page
      .evaluate(async () => {
        for (let cents = 0; ; cents += 1)
          await window.evorxa.calls.settings.update({ lowBalanceCents: cents });
      })
      .catch(() => undefined);
    await expect
      .poll(() => existsSync(data.file) && readFileSync(data.file, 'utf8').includes('lowBalanceCents'))
      .toBe(true);
    await killTree(app.process().pid ?? 0);
    await writing;
    expect(JSON.parse(readFileSync(data.file, 'utf8'))).toHaveProperty('preferences.lowBalanceCents');
  }
  const { window: page } = await launch({ userDataDir: data.folder });
  await expect(signInButton(page)).toBeVisible();
  expect(readdirSync(data.folder).filter((name) => name.includes('.tmp-'))).toEqual([]);
});

function mountTmpfs(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]);
}

function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path], { stdio: 'ignore' });
}

/** Writes until there is no room. */
function fill(path: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=4k'], { stdio: 'ignore' });
  } catch {
    // It ends with "no space left", which is what was wanted.
  }
}
