import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { startRawServer } from '../support/raw-ssh-servers.ts';
import { countEnds, openShellAt, sessionLine, signInToShell } from '../support/shell-steps.ts';
import { expect, freshness, test } from '../support/signed-in.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';

interface BrokenServer {
  readonly title: string;
  readonly treat: (socket: Socket) => void;
  readonly sentence: RegExp;
}

const broken: readonly BrokenServer[] = [
  {
    title: 'a silent server',
    treat: () => undefined,
    sentence: /took the connection but did not finish the key exchange within 20 s\. Press Enter/,
  },
  {
    title: 'a banner of 100 KB',
    treat: (socket) => void socket.write(`${'welcome '.repeat(9)}\r\n`.repeat(1_400)),
    sentence: /sent more than 32 KB before the key exchange\. Press Enter/,
  },
  {
    title: 'garbage',
    treat: (socket) => void socket.end(randomBytes(4_096)),
    sentence: /(did not answer as an SSH server|broke the SSH protocol|closed the connection).* Press Enter/,
  },
  {
    title: 'a server that hangs up at once',
    treat: (socket) => socket.destroy(),
    sentence: /(closed|cut) the connection .*It may refuse this address\. Press Enter/,
  },
];

for (const { title, treat, sentence } of broken) {
  test(`${title}: one end with its sentence, and Enter connects again`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    test.slow();
    const server = await startRawServer(treat);
    try {
      const { window: page } = await launchSignedIn();
      const ends = await countEnds(page);

      await openShellAt(page, sandbox, 'api-prod-1', server);

      await expect(sessionLine(page)).toContainText(sentence, { timeout: 30_000 });
      expect(await ends()).toBe(1);
      expect(server.connectionCount()).toBe(1);
      await page.getByRole('tabpanel').getByRole('textbox').press('Enter');
      await expect.poll(() => server.connectionCount()).toBe(2);
      await expect(freshness(page)).toHaveText('Live');
    } finally {
      await server.close();
    }
  });
}

test('a peer that freezes: noticed after the wake, one end, and Enter connects again', async ({
  launchSignedIn,
  sandbox,
}) => {
  const missing = sshdMissing();
  test.skip(missing !== null, missing ?? '');
  test.slow();
  const sshd = await startSshd();
  try {
    const { app, window: page } = await launchSignedIn();
    const ends = await countEnds(page);
    await openShellAt(page, sandbox, 'api-prod-1', sshd);
    await signInToShell(page, sshd.password);
    await expect(page.locator('.xterm-rows')).toContainText('$');

    sshd.freeze();
    // The regular keepalive takes up to 49 s and is tested in fake time; after a wake the answer has 15 s.
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));

    await expect(sessionLine(page)).toContainText(/The connection was lost: no answer for .*Press Enter/, {
      timeout: 30_000,
    });
    expect(await ends()).toBe(1);
    sshd.thaw();
    await page.getByRole('tabpanel').getByRole('textbox', { name: 'Terminal input' }).press('Enter');
    await page.getByLabel('Password', { exact: true }).fill(sshd.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('tab', { name: /, open$/ })).toBeVisible();
  } finally {
    await sshd.stop();
  }
});
