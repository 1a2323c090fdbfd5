import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SessionTarget } from '../../../main/terminal/protocol.ts';
import type { KeyChange, KeyInstall, SignInCheck, SshRequest } from '../../../main/terminal/requests.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd, type SshdOptions } from '../../support/sshd.ts';
import { setRouting, TestProcess } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

describeWithSshd('a key is installed on a real server', () => {
  let sshd: Sshd | null = null;
  let app: TestProcess | null = null;
  let requests = 0;
  afterEach(async () => {
    app?.stop();
    await sshd?.stop();
  });

  /** A server that reads the user's own authorized_keys. */
  const started = async (options: SshdOptions = {}) => {
    app = new TestProcess();
    const server = await startSshd({
      ...options,
      config: ['AuthorizedKeysFile .ssh/authorized_keys', ...(options.config ?? [])],
    });
    sshd = server;
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${server.port} ${server.hostPublicKey('ed25519')}\n`);
    const keyPath = makeKey(app.folder, 'ed25519', '', 'one-click');
    const file = join(server.home, '.ssh', 'authorized_keys');
    return { app, sshd: server, keyPath, publicKey: publicKeyOf(keyPath), file };
  };
  const asked = async (request: SshRequest): Promise<unknown> => {
    const requestId = (requests += 1);
    app?.receive({ type: 'request', requestId, request }, null);
    const message = await vi.waitFor(
      () => {
        const found = app?.messages.find((each) => each.type === 'answer' && each.requestId === requestId);
        if (found?.type !== 'answer') throw new Error('not answered');
        return found;
      },
      { timeout: 20_000 },
    );
    if (!message.answer.ok) throw new Error(JSON.stringify(message.answer.error));
    return message.answer.value;
  };
  const target = (auth: SessionTarget['auth'] = { method: 'auto' }): SessionTarget =>
    ({
      kind: 'shell',
      sessionId: 's1',
      accountId: 'a1',
      instanceId: 'i1',
      host: '127.0.0.1',
      port: sshd?.port ?? 0,
      user: sshd?.user ?? '',
      auth,
      preferredKey: null,
      routing: setRouting,
    }) as unknown as SessionTarget;
  const change = (publicKey: string, more: Partial<KeyChange> = {}): Promise<KeyInstall> =>
    asked({
      kind: 'change-key',
      target: target(),
      expectsNewKey: false,
      change: {
        publicKey,
        undo: null,
        password: sshd?.password ?? null,
        passphrase: null,
        trustedFingerprint: null,
        ...more,
      },
    }) as Promise<KeyInstall>;
  const opens = async (path: string): Promise<boolean> => {
    const check = (await asked({
      kind: 'check-sign-in',
      target: target({ method: 'key-file', path }),
      expectsNewKey: false,
      passphrase: null,
    })) as SignInCheck;
    return check.opened !== null;
  };

  const shells = ['/bin/bash', '/bin/dash', '/usr/bin/zsh', '/usr/bin/fish', '/bin/tcsh'];
  for (const shell of shells) {
    const title = existsSync(shell) ? shell : `${shell} (left out: it is not installed)`;
    test.skipIf(!existsSync(shell))(`whatever the login shell: ${title}`, async () => {
      const { sshd: server, keyPath, publicKey, file } = await started();
      execFileSync('usermod', ['--shell', shell, server.user]);
      writeFileSync(join(server.home, '.bashrc'), 'echo "Welcome back"\n');
      expect(await opens(keyPath)).toBe(false);
      const added = await change(publicKey);
      expect(added).toMatchObject({ kind: 'added' });
      expect(readFileSync(file, 'utf8')).toBe(`${publicKey}\n`);
      expect(await opens(keyPath)).toBe(true);
      expect(await change(publicKey)).toEqual({ kind: 'present' });
      if (added.kind === 'added')
        expect(await change(publicKey, { undo: added.undo })).toEqual({ kind: 'removed' });
      expect(existsSync(file)).toBe(false);
      expect(await opens(keyPath)).toBe(false);
    });
  }

  test('as the user’s own, where the server is strict about modes', async () => {
    const { sshd: server, keyPath, publicKey } = await started({ config: ['StrictModes yes'] });
    execFileSync('chmod', ['755', server.home]);
    expect(await change(publicKey)).toMatchObject({ kind: 'added' });
    expect(await opens(keyPath)).toBe(true);
  });

  test('by a key that opens it already, without a password', async () => {
    const { app: process, sshd: server, publicKey, file } = await started();
    mkdirSync(join(process.folder, '.ssh'));
    const usual = makeKey(join(process.folder, '.ssh'), 'ed25519', '', 'id_ed25519');
    execFileSync('install', ['-d', '-o', server.user, '-m', '700', join(server.home, '.ssh')]);
    writeFileSync(file, publicKeyOf(usual));
    execFileSync('chown', [server.user, file]);
    expect(await change(publicKey, { password: null })).toMatchObject({ kind: 'added' });
    expect(readFileSync(file, 'utf8')).toBe(`${publicKeyOf(usual)}\n${publicKey}\n`);
  });

  describe('over a session that is open to the same target', () => {
    const opened = async (options: SshdOptions = {}) => {
      const parts = await started(options);
      const { host, port, user, auth } = target();
      const session = parts.app.open({ host, port, user, auth });
      await session.answer('password', [parts.sshd.password]);
      await session.untilPhase('open');
      return { ...parts, session };
    };
    const signIns = (): number => (sshd?.log().split('Accepted ').length ?? 0) - 1;

    test('without another sign-in, and taken back so', async () => {
      const { publicKey, file } = await opened();
      const added = await change(publicKey, { password: null });
      expect(added).toMatchObject({ kind: 'added' });
      expect(readFileSync(file, 'utf8')).toBe(`${publicKey}\n`);
      if (added.kind === 'added')
        expect(await change(publicKey, { password: null, undo: added.undo })).toEqual({ kind: 'removed' });
      expect(existsSync(file)).toBe(false);
      expect(signIns()).toBe(1);
    });

    test('by a sign-in of its own where the server gives no second channel', async () => {
      const { publicKey } = await opened({ config: ['MaxSessions 1'] });
      expect(await change(publicKey)).toMatchObject({ kind: 'added' });
      expect(signIns()).toBe(2);
    });

    test('not over one that is not open any more', async () => {
      const { publicKey, session } = await opened();
      session.type('exit\r');
      await session.ended();
      expect(await change(publicKey, { password: null })).toEqual({ kind: 'asks', what: 'password' });
    });
  });

  describe('not', () => {
    test('where the server asks for what nobody has given, or refuses what was', async () => {
      const { publicKey, file } = await started();
      expect(await change(publicKey, { password: null })).toEqual({ kind: 'asks', what: 'password' });
      expect(await change(publicKey, { password: 'wrong' })).toMatchObject({ kind: 'asks' });
      expect(existsSync(file)).toBe(false);
    });

    test('where the home cannot be written', async () => {
      const { sshd: server, publicKey } = await started();
      execFileSync('chown', ['root', server.home]);
      execFileSync('chmod', ['755', server.home]);
      expect(await change(publicKey)).toMatchObject({ kind: 'failed', what: 'folder' });
    });

    test('before somebody has looked at a host key that is not known', async () => {
      const { app: process, publicKey, file } = await started();
      writeFileSync(process.knownHostsPath, '');
      const shown = await change(publicKey);
      expect(shown).toMatchObject({ kind: 'host-key', keyType: 'ssh-ed25519', isReinstalled: false });
      expect(sshd?.log()).not.toContain('Accepted');
      expect(await change(publicKey, { trustedFingerprint: 'SHA256:another' })).toMatchObject({
        kind: 'host-key',
      });
      expect(existsSync(file)).toBe(false);
      const trustedFingerprint = shown.kind === 'host-key' ? shown.fingerprint : null;
      expect(await change(publicKey, { trustedFingerprint })).toMatchObject({ kind: 'added' });
      expect(readFileSync(process.knownHostsPath, 'utf8')).toContain('ssh-ed25519');
    });

    test('where commands are not allowed, or are another', async () => {
      const { publicKey, file } = await started({ config: ['ForceCommand echo no'] });
      expect(await change(publicKey)).toEqual({ kind: 'no-shell' });
      expect(existsSync(file)).toBe(false);
    });

    test('where nobody answers', async () => {
      const { publicKey } = await started();
      await sshd?.kill();
      expect(await change(publicKey)).toMatchObject({ kind: 'no-sign-in', reason: 'refused' });
    });
  });

  test('or said why: a file that may not be changed', async () => {
    const { sshd: server, publicKey, file } = await started();
    execFileSync('install', ['-d', '-o', server.user, '-m', '500', join(server.home, '.ssh')]);
    expect(await change(publicKey)).toMatchObject({ kind: 'failed', what: 'write' });
    expect(existsSync(file)).toBe(false);
  });
});
