import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

describeWithSshd('the first connection to a real sshd', () => {
  let sshd: Sshd;
  let app: TestProcess;
  let view: View;

  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  beforeEach(() => {
    app = new TestProcess();
    view = app.open({ host: sshd.host, port: sshd.port, user: sshd.user, auth: { method: 'password' } });
  });
  afterEach(() => app.stop());

  test('asks for the unknown host key, then for the password, and opens a shell', async () => {
    const hostKey = await view.answer('host-key', ['yes']);
    expect(hostKey).toMatchObject({ host: '127.0.0.1', port: sshd.port, keyType: 'ssh-ed25519' });
    await view.answer('password', [sshd.password]);
    await view.untilPhase('open');
    const phases = app.phases(view.sessionId).filter((phase) => phase !== 'open');
    expect(phases).toEqual([
      'resolving',
      'connecting',
      'key-exchange',
      'prompting',
      'key-exchange',
      'authenticating',
      'prompting',
      'authenticating',
      'opening-shell',
    ]);
    view.type('echo $((40+2)) $TERM\r');
    await view.untilText('42 xterm-256color');
    view.type('exit 3\r');
    expect(await view.ended()).toMatchObject({
      reason: 'exited',
      sentence: 'The shell ended with status 3. Press Enter to connect again.',
    });
  });

  test('the shell has the size of the view, from the start and later', async () => {
    view.send({ type: 'resize', columns: 101, rows: 31 });
    await view.answer('host-key', ['yes']);
    await view.answer('password', [sshd.password]);
    await view.untilPhase('open');
    view.type('stty size\r');
    await view.untilText('31 101');
    view.send({ type: 'resize', columns: 77, rows: 22 });
    view.type('stty size\r');
    await view.untilText('22 77');
  });

  test('text is UTF-8, and binary input goes as it is', async () => {
    await view.answer('host-key', ['yes']);
    await view.answer('password', [sshd.password]);
    await view.untilPhase('open');
    view.type("printf '%s|' 'größe 漢字'; head -c1 | od -An -tx1\r");
    await view.untilText('größe 漢字|');
    view.send({ type: 'binary', latin1: '\u00e9\r' });
    await view.untilText(' e9');
  });
});
