import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sanitisePaste } from '../../../preload/contract/paste.ts';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';

const bracketed = (text: string): string => `\u001b[200~${text}\u001b[201~`;

describeWithSshd('a hostile paste into a real bash', () => {
  const hostile = 'echo a\u001b[201~\r touch pwned \r';

  let sshd: Sshd;
  let app: TestProcess;
  let view: View;
  const commandRan = (): boolean => existsSync(join(sshd.home, 'pwned'));

  beforeEach(async () => {
    sshd = await startSshd();
    app = new TestProcess({ secrets: { password: sshd.password } });
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    view = app.open({ host: sshd.host, port: sshd.port, user: sshd.user, auth: { method: 'auto' } });
    await view.untilText('\u001b[?2004h');
  });
  afterEach(async () => {
    app.stop();
    await sshd.stop();
  });

  test('runs its hidden command when it is pasted as it is', async () => {
    view.type(bracketed(hostile));
    await vi.waitUntil(commandRan, { timeout: 15_000, interval: 20 });
  });

  test('runs nothing once it is sanitised', async () => {
    view.type(bracketed(sanitisePaste(hostile)));
    // Asks readline for its version: the answer shows that it has dealt with all that came before.
    view.type('\u0018\u0016');
    await view.untilText('GNU bash, version');
    expect(view.text).toContain('touch pwned');
    expect(commandRan()).toBe(false);
  });
});
