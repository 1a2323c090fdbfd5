import { expect, test } from '../support/journey.ts';
import { sessionLine } from '../support/shell-steps.ts';
import {
  chooseForInstance,
  connectShell,
  instanceRow,
  terminalRows,
  typeLine,
} from '../support/window-steps.ts';

test('one click, a look at the fingerprint, and a shell', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await instanceRow(window, 'api-prod-1').hover();
  await instanceRow(window, 'api-prod-1').getByRole('button', { name: 'SSH', exact: true }).click();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText(/Trust api-prod-1 at 127\.0\.0\.1 port \d+\?/);
  await expect(question).toContainText(
    'The SSH settings of api-prod-1 (203.0.113.42) point to this address.',
  );
  await expect(question).toContainText('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
  await expect(question).toContainText('Nothing has been sent yet.');
  await expect(question).toContainText(/SHA256:[\w+/]{43}/);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Trust and connect' }).click();

  await expect(terminalRows(window)).toContainText('root@api-prod-1');
  await typeLine(window, 'uname -a');
  await expect(terminalRows(window)).toContainText(/Linux api-prod-1 \S+ .*x86_64/);

  // What is on the line goes with Ctrl-C, unsent.
  await window.keyboard.type('echo "not"-"sent"');
  await window.keyboard.press('Control+c');
  await typeLine(window, 'echo "after"-"all"');
  await expect(terminalRows(window)).toContainText('after-all');
  await expect(terminalRows(window)).not.toContainText('not-sent');

  await typeLine(window, 'exit');
  await expect(window.getByRole('tab', { name: /api-prod-1 ?, ended/ })).toBeVisible();
  // The tab can know it before the terminal does, which takes the key.
  await expect(sessionLine(window)).toContainText('Press Enter to connect again.');
  await window.keyboard.press('Enter');
  // The key is known now: nothing is asked.
  await expect(window.getByRole('tab', { name: /api-prod-1 ?, open\b/ })).toBeVisible();
});

test('a key that is not trusted ends it', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await chooseForInstance(window, 'api-prod-1', /^SSH/);
  await window.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('tab', { name: /api-prod-1 ?, ended/ })).toBeVisible();
});

test('sessions have tabs, can be searched, hidden and closed', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  await connectShell(window, 'api-prod-2');
  const tabs = window.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');
  await expect(tabs).toHaveCount(2);
  await expect(terminalRows(window)).toContainText('root@api-prod-2');
  await typeLine(window, 'hostname');

  await window.getByRole('tab', { name: /api-prod-1/ }).click();
  await expect(terminalRows(window)).toContainText('root@api-prod-1');
  await window.getByRole('tab', { name: /api-prod-1/ }).focus();
  await window.keyboard.press('ArrowRight');
  await expect(terminalRows(window)).toContainText('root@api-prod-2');

  await window.getByRole('button', { name: 'Find in the terminal' }).click();
  const search = window.getByLabel('Find in the terminal').last();
  await search.fill('no such words');
  await expect(window.getByText('Not found')).toBeVisible();
  await search.fill('root@');
  await expect(window.getByText('Not found')).toBeHidden();
  await window.keyboard.press('Escape');

  await window.getByRole('button', { name: 'Hide terminals' }).click();
  await expect(tabs).toHaveCount(0);
  await connectShell(window, 'api-prod-1');
  await expect(tabs).toHaveCount(3);
  for (const left of [2, 1, 0]) {
    await tabs.first().press('Delete');
    await expect(tabs).toHaveCount(left);
  }
});

test('several lines are pasted only after a question', async ({ launch }) => {
  const { app, window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  await app.evaluate(({ clipboard }) => clipboard.writeText('echo "one"-\necho "two"-\n'));
  const paste = (): Promise<void> =>
    app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.paste());
  await paste();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('Paste 2 lines?');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(terminalRows(window)).not.toContainText('echo');
  await paste();
  await question.getByRole('button', { name: 'Paste' }).click();
  await expect(terminalRows(window)).toContainText('two-');
});
