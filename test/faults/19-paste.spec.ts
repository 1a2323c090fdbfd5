import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import { terminalRows } from '../support/window-steps.ts';

test('a paste that ends its own bracket runs nothing in a real bash', async ({ launchSignedIn, sandbox }) => {
  const missing = sshdMissing();
  test.skip(missing !== null, missing ?? '');
  const sshd = await startSshd();
  try {
    const { app, window } = await launchSignedIn();
    await openShellAt(window, sandbox, 'api-prod-1', sshd);
    await signInToShell(window, sshd.password);
    const rows = terminalRows(window);
    await expect(rows).toContainText('$');
    const paste = async (text: string): Promise<void> => {
      await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
      await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.paste());
    };
    // The kernel throws away what is typed right behind it.
    const interrupt = async (): Promise<void> => {
      await window.keyboard.press('Control+c');
      await expect(rows).toContainText(/\^C[^^]*\$\s*$/);
    };
    const made = (name: string): boolean => existsSync(join(sshd.home, name));

    await paste('echo a\u001b[201~ \r touch pwned \r');
    const question = window.getByRole('alertdialog');
    await expect(question).toContainText('Paste 2 lines?');
    await question.getByRole('button', { name: 'Paste' }).click();
    await expect(rows).toContainText('touch pwned');
    // Ctrl+X Ctrl+V has readline say its version: it has dealt with all that came before.
    await window.keyboard.press('Control+x');
    await window.keyboard.press('Control+v');
    await expect(rows).toContainText('GNU bash, version');
    expect(made('pwned')).toBe(false);
    // What is on the line waits for Enter, as whoever pasted it sees it.
    await interrupt();

    for (const bracketEnd of ['\u009b201~', '\u001b\u001b[201~', '\u001b[200~\u001b[201~']) {
      await paste(`echo b${bracketEnd}\u0003\u0015touch pwned\u0004`);
      await expect(rows).toContainText(/touch pwned\s*$/);
      await interrupt();
    }
    await window.keyboard.type('touch ran');
    await window.keyboard.press('Enter');
    await expect.poll(() => made('ran')).toBe(true);
    expect(made('pwned')).toBe(false);
  } finally {
    await sshd.stop();
  }
});
