import type { CDPSession, Page } from '@playwright/test';
import { followOpenedLinks } from '../support/opened-links.ts';
import { startShellServer, type ShellServer } from '../support/raw-ssh-servers.ts';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { middleOf, terminalRows } from '../support/window-steps.ts';

let server: ShellServer;
test.afterEach(() => server.close());

/** What is printed on the keys of a US keyboard, on other layouts. */
const layouts = {
  Cyrillic: { KeyC: 'с', KeyF: 'а', KeyK: 'л', KeyD: 'в', BracketLeft: 'х' },
  Greek: { KeyC: 'ψ', KeyF: 'φ', KeyK: 'κ', KeyD: 'δ', BracketLeft: '[' },
  Hebrew: { KeyC: 'ב', KeyF: 'כ', KeyK: 'ל', KeyD: 'ג', BracketLeft: ']' },
  Arabic: { KeyC: 'ؤ', KeyF: 'ب', KeyK: 'ن', KeyD: 'ي', BracketLeft: 'ج' },
} as const;
type Place = keyof (typeof layouts)['Greek'];

/** X11's primary selection is a clipboard of its own since Electron 45, and an argument before. */
interface Clipboards {
  readonly readText: (type?: 'selection') => string | Promise<string>;
  readonly writeText: (text: string, type?: 'selection') => void | Promise<void>;
  readonly selection?: Clipboards;
}

const ctrl = 2;
const shift = 8;

test('shortcuts and control characters are where the keys are, on every layout', async ({
  launchSignedIn,
  sandbox,
}) => {
  server = await startShellServer();
  const { app, window: page } = await launchSignedIn();
  await openShell(page, sandbox);
  const devTools = await page.context().newCDPSession(page);
  const search = page.getByRole('search').getByLabel('Find in the terminal');
  const palette = page.getByRole('dialog', { name: 'Commands' });

  for (const [name, keys] of Object.entries(layouts)) {
    await test.step(name, async () => {
      const press = (place: Place, modifiers: number): Promise<void> =>
        pressKey(devTools, keys[place], place, modifiers);
      await focusTerminal(page);
      const before = server.received().length;
      await press('KeyC', ctrl);
      await press('KeyD', ctrl);
      await expect.poll(() => server.received().slice(before)).toBe('\x03\x04');
      await page.keyboard.type(keys.KeyC);
      await expect
        .poll(() => Buffer.from(server.received().slice(before + 2), 'latin1').toString())
        .toBe(keys.KeyC);

      await press('KeyF', ctrl + shift);
      await expect(search).toBeFocused();
      await search.press('Escape');
      await expect(search).toBeHidden();

      // In the terminal Ctrl+K is the shell's.
      await page.getByLabel('Search instances').focus();
      await press('KeyK', ctrl);
      await expect(palette).toBeVisible();
      await press('KeyK', ctrl);
      await expect(palette).toBeHidden();
    });
  }

  await test.step('Ctrl+C copies what is selected', async () => {
    await server.send('\x1b[2J\x1b[Hselect-me\r\n');
    await expect(terminalRows(page)).toContainText('select-me');
    await app.evaluate(({ clipboard }) => clipboard.writeText('before'));
    const before = server.received().length;
    const { x, y } = await middleOf(terminalRows(page).getByText('select-me'));
    await page.mouse.dblclick(x - 10, y);
    await pressKey(devTools, layouts.Cyrillic.KeyC, 'KeyC', ctrl);
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('select');
    expect(server.received().slice(before)).toBe('');
  });
});

test('a search touches neither the clipboard nor the primary selection', async ({
  launchSignedIn,
  sandbox,
}) => {
  server = await startShellServer();
  const { app, window: page } = await launchSignedIn();
  await page.evaluate(async () => {
    const { calls } = globalThis.window.evorxa;
    const read = await calls.settings.get(undefined);
    if (!read.ok) throw new Error('The settings were not read.');
    await calls.settings.update({ terminal: { ...read.value.terminal, copyOnSelect: true } });
  });
  await openShell(page, sandbox);
  await server.send('an error, another error, and an errand\r\n');
  await expect(terminalRows(page)).toContainText('errand');
  const clipboards = (): Promise<readonly string[]> =>
    app.evaluate(async ({ clipboard }) => {
      const { selection, readText } = clipboard as Clipboards;
      return [await readText(), await (selection?.readText() ?? readText('selection'))];
    });
  const own = ['secret', process.platform === 'linux' ? 'selected elsewhere' : ''];
  await app.evaluate(async ({ clipboard }, [text, selected]) => {
    const { selection, writeText } = clipboard as Clipboards;
    await writeText(text ?? '');
    if (selected) await (selection?.writeText(selected) ?? writeText(selected, 'selection'));
  }, own);

  await focusTerminal(page);
  await page.keyboard.press('Control+Shift+f');
  const search = page.getByRole('search').getByLabel('Find in the terminal');
  await search.pressSequentially('err');
  await search.press('Enter');
  await search.press('Shift+Enter');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await search.press('Escape');
  await expect(search).toBeHidden();
  // What was found is selected no more: this is the shell's interrupt.
  const before = server.received().length;
  await page.keyboard.press('Control+c');
  await expect.poll(() => server.received().slice(before)).toBe('\x03');
  expect(await clipboards()).toEqual(own);

  // A person's selection is copied, as set.
  const { x, y } = await middleOf(terminalRows(page).getByText('errand'));
  await page.mouse.dblclick(x, y);
  await expect.poll(async () => (await clipboards())[0]).not.toBe('secret');
});

test('a link shows where it leads, and opens after a question', async ({ launchSignedIn, sandbox }) => {
  server = await startShellServer();
  const { app, window: page } = await launchSignedIn();
  const opened = await followOpenedLinks(app);
  await openShell(page, sandbox);
  await server.send(
    [
      '\x1b]8;;https://evil.example/\x1b\\https://evorxa.com\x1b]8;;\x1b\\',
      'https://203.0.113.42:8443/login',
      'https://[2001:db8::1]:9090/',
      'http://nas/share',
      'https://en.wikipedia.org/wiki/Rust_(language)',
      'all-links\r\n',
    ].join('\r\n'),
  );
  await expect(terminalRows(page)).toContainText('all-links');
  const question = page.getByRole('alertdialog');
  const pointAt = async (text: string): Promise<{ x: number; y: number }> => {
    const place = await middleOf(terminalRows(page).getByText(text));
    await page.mouse.move(place.x, place.y);
    return place;
  };
  const follow = async (text: string): Promise<void> => {
    const { x, y } = await pointAt(text);
    await page.mouse.click(x, y);
    await expect(question).toBeVisible();
  };

  await pointAt('https://evorxa.com');
  await expect(page.getByRole('tooltip')).toHaveText('https://evil.example/');
  await follow('https://evorxa.com');
  await expect(question).toContainText('In the terminal it reads “https://evorxa.com”.');
  await expect(question).toContainText('https://evil.example/');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);

  for (const address of ['https://203.0.113.42:8443/login', 'https://[2001:db8::1]:9090/']) {
    await follow(address);
    await expect(question).toContainText('It leads to an IP address');
    await expect(question).toContainText(address);
    await question.getByRole('button', { name: 'Open link' }).click();
    await expect(question).toBeHidden();
  }
  const addresses = ['https://203.0.113.42:8443/login', 'https://[2001:db8::1]:9090/'];
  await expect.poll(opened).toEqual(addresses);

  await follow('http://nas/share');
  await expect(question).toContainText('Only https links are opened.');
  await question.getByRole('button', { name: 'Copy address' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('http://nas/share');

  // With Ctrl one whose address is its text opens at once, whole.
  const { x, y } = await pointAt('https://en.wikipedia.org');
  await page.keyboard.down('ControlOrMeta');
  await page.mouse.click(x, y);
  await page.keyboard.up('ControlOrMeta');
  await expect.poll(opened).toEqual([...addresses, 'https://en.wikipedia.org/wiki/Rust_(language)']);
});

const menu =
  'Duo two-factor login for root\n\nEnter a passcode or select one of the following options:\n\n' +
  ' 1. Duo Push to XXX-XXX-1234\n 2. Phone call to XXX-XXX-1234\n 3. SMS passcodes to XXX-XXX-1234\n\n' +
  'Passcode or option (1-3): ';

test('a banner and long questions are shown whole, with the button in view', async ({
  launchSignedIn,
  sandbox,
}) => {
  server = await startShellServer({
    banner: 'Authorized use only.\nCall 555 first.\n\x1b]0;title\x07\u202eevil\n',
    questions: {
      title: 'Second factor',
      instructions: 'Your password expires in 3 days.',
      prompts: [
        { prompt: 'Password: ', echo: false },
        { prompt: menu, echo: true },
      ],
    },
  });
  const { window: page } = await launchSignedIn();
  await openShellAt(page, sandbox, 'api-prod-1', server);
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  const form = page.getByRole('form', { name: 'Second factor' });
  const words = await form.innerText();
  for (const line of [...menu.trim().split('\n'), 'Call 555 first.', 'Your password expires in 3 days.'])
    expect(words).toContain(line.trim());
  for (const hidden of ['\u001b', '\u202e']) expect(words).not.toContain(hidden);
  await expect(form.getByLabel('Password:', { exact: true })).toHaveAttribute('type', 'password');
  await expect(form.getByLabel('Password:', { exact: true })).toBeFocused();

  await expect(form.getByText('Password:', { exact: true })).toBeInViewport({ ratio: 1 });

  const pane = await page.getByRole('tabpanel').boundingBox();
  for (const name of ['Continue', 'Cancel']) {
    const button = await form.getByRole('button', { name }).boundingBox();
    expect((button?.y ?? Infinity) + (button?.height ?? 0)).toBeLessThanOrEqual(
      (pane?.y ?? 0) + (pane?.height ?? 0),
    );
  }
  await page.keyboard.type('pw');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const code = form.getByLabel('Passcode or option (1-3):');
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute('type', 'text');
  await expect(code).toBeInViewport();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await server.opened;
  expect(server.received()).toBe('pw|1');
  await expect(terminalRows(page)).toContainText('Call 555 first.');
});

async function openShell(page: Page, sandbox: Parameters<typeof openShellAt>[1]): Promise<void> {
  await openShellAt(page, sandbox, 'api-prod-1', server);
  await signInToShell(page, 'any');
  await server.opened;
  await expect(page.getByRole('tab', { name: /api-prod-1 ?, open\b/ })).toBeVisible();
}

const focusTerminal = (page: Page): Promise<void> =>
  page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();

/** Presses a key as a keyboard of that layout does; Playwright's own has the US layout alone. */
async function pressKey(devTools: CDPSession, key: string, code: Place, modifiers: number): Promise<void> {
  const event = { key, code, modifiers } as const;
  await devTools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}
