import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { openAgent } from '../support/agent-steps.ts';
import { expect, test } from '../support/journey.ts';
import { setSize, signIn } from '../support/window-steps.ts';

async function openConversation(window: Page, title: string): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('button', { name: title })
    .click();
}

test('an edit is a diff with its signs and line numbers, whatever the agent names it by', async ({
  launch,
  startSandbox,
}) => {
  const { app, window } = await launch();
  await signIn(window, await startSandbox());
  await openAgent(window, 'api-prod-1');
  const transcript = window.getByRole('region', { name: 'Transcript' });

  await openConversation(window, 'Rotate nginx logs');
  const replaced = transcript.getByRole('button', { name: /^file_edit \/etc\/logrotate/ });
  await expect(replaced).toContainText('+3');
  await expect(replaced).toContainText('−2');
  await replaced.click();
  await expect(transcript.getByRole('row')).toHaveText([
    '@@ -1,4 +1,5 @@',
    /^1\s*1\s*\/var\/log\/nginx\/\*\.log \{$/,
    /^2\s*Removed: -\s*weekly$/,
    /^3\s*Removed: -\s*rotate 52$/,
    /^\s*2\s*Added: \+\s*daily$/,
    /^\s*3\s*Added: \+\s*rotate 14$/,
    /^\s*4\s*Added: \+\s*compress$/,
    /^4\s*5\s*missingok$/,
  ]);
  await expect(transcript.getByText('The file was changed.')).toBeVisible();
  await transcript.getByRole('button', { name: 'Copy the diff' }).click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe(
      '@@ -1,4 +1,5 @@\n /var/log/nginx/*.log {\n-\tweekly\n-\trotate 52\n+\tdaily\n+\trotate 14\n+\tcompress\n \tmissingok\n',
    );
  await setSize(app, 900, 600);
  await expectAccessible(window, 'an edit');

  await openConversation(window, 'Harden sshd');
  const written = transcript.getByRole('button', { name: '/etc/ssh/sshd_config.d/10-hardening.conf' });
  await expect(written).toContainText('+3');
  await written.click();
  await expect(transcript.getByRole('row')).toHaveText([
    /^\s*1\s*Added: \+\s*MaxAuthTries 3$/,
    /^\s*2\s*Added: \+\s*LoginGraceTime 20$/,
    /^\s*3\s*Added: \+\s*X11Forwarding no$/,
  ]);
  await expect(transcript.getByText('What was there before, if anything, is not known.')).toBeVisible();
});
