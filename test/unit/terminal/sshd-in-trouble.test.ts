import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConnectionLimits } from '../../../main/terminal/process/connection-parts.ts';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';
import { cleanUps, onlyEnd } from './faulty-peers.ts';

describeWithSshd('a real sshd in trouble', () => {
  const keepalive = {
    intervalMs: 200,
    maxUnanswered: 3,
    lastAnswerMs: 200,
    wakeTimeoutMs: 100,
    wakeNoticeMs: 10,
  };

  async function openShell(
    limits: Partial<ConnectionLimits>,
  ): Promise<{ app: TestProcess; view: View; sshd: Sshd }> {
    const sshd = await startSshd();
    cleanUps.push(() => sshd.stop());
    const app = new TestProcess({ limits, secrets: { password: sshd.password } });
    cleanUps.push(() => app.stop());
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    const view = app.open({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' },
    });
    await view.untilPhase('open');
    return { app, view, sshd };
  }

  test('it hangs in mid-session: noticed by three keepalives, and Enter connects again with the scrollback kept', async () => {
    const { app, view, sshd } = await openShell({ keepalive });
    view.type('echo before-$((1+1))\r');
    await view.untilText('before-2');
    sshd.freeze();
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'lost',
      sentence: 'The connection was lost: no answer for 600 ms.',
    });
    sshd.thaw();
    await view.reconnect();
    await view.untilPhase('open');
    const other = app.attach(view.sessionId);
    await other.untilText('before-2');
    other.type('echo after-$((1+2))\r');
    await other.untilText('after-3');
  });

  test('a connection that answers stays open for many intervals, with its latency', async () => {
    const { app, view } = await openShell({ keepalive: { ...keepalive, intervalMs: 40, maxUnanswered: 50 } });
    await view.until(() => view.states.filter(({ phase }) => phase === 'open').length > 8);
    const last = view.states.at(-1);
    expect(last?.phase === 'open' && last.latencyMs).toBeTypeOf('number');
    expect(app.phases(view.sessionId)).not.toContain('ended');
  });

  test('it hung while the machine slept: found out at the wake, without waiting for the next keepalive', async () => {
    const { app, view, sshd } = await openShell({ keepalive: { ...keepalive, intervalMs: 3_600_000 } });
    app.receive({ type: 'probe' }, null);
    sshd.freeze();
    app.receive({ type: 'probe' }, null);
    expect(await onlyEnd(app, view)).toMatchObject({ reason: 'lost' });
  });

  test('it hangs while signing in', async () => {
    const sshd = await startSshd();
    cleanUps.push(() => sshd.stop());
    const app = new TestProcess({ limits: { signInTimeoutMs: 100 } });
    cleanUps.push(() => app.stop());
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    const view = app.open({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' },
    });
    const { id } = await view.prompted('password');
    sshd.freeze();
    view.send({ type: 'answer', promptId: id, answers: [sshd.password], remember: false });
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'timeout',
      sentence: 'The server stopped answering while signing in, for 100 ms.',
    });
  });

  test('it dies', async () => {
    const { app, view, sshd } = await openShell({});
    await sshd.kill();
    expect(await onlyEnd(app, view)).toMatchObject({ reason: 'lost' });
  });

  test('the shell is killed', async () => {
    const { app, view } = await openShell({});
    view.type('kill -KILL $$\r');
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'exited',
      sentence: 'The shell was ended by SIGKILL.',
    });
  });

  test('a closed session closes its connection', async () => {
    const { app, view, sshd } = await openShell({});
    app.receive({ type: 'close', sessionId: view.sessionId }, null);
    expect(app.messages.at(-1)).toMatchObject({ type: 'state', state: { phase: 'ended', reason: 'closed' } });
    // `ps` fails when there is none left.
    while (spawnSync('ps', ['-u', sshd.user, '-o', 'comm=']).stdout.includes('bash')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
});
