import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { SessionTarget } from '../../../main/terminal/protocol.ts';
import type { SignInCheck } from '../../../main/terminal/requests.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd, type SshdOptions } from '../../support/sshd.ts';
import { setRouting, TestProcess } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

describeWithSshd('how far a connection gets without anybody', () => {
  let sshd: Sshd | null = null;
  let app: TestProcess | null = null;
  afterEach(async () => {
    app?.stop();
    await sshd?.stop();
  });

  /** A server, and an app whose home has a key. */
  const started = async (options: SshdOptions = {}, passphrase = '') => {
    app = new TestProcess({ secrets: { password: 'never sent' } });
    mkdirSync(join(app.folder, '.ssh'));
    const keyPath = makeKey(join(app.folder, '.ssh'), 'ed25519', passphrase, 'id_ed25519');
    sshd = await startSshd({ config: ['LogLevel DEBUG1'], ...options });
    return { app, sshd, keyPath };
  };
  const check = async (auth: SessionTarget['auth'] = { method: 'auto' }, expectsNewKey = false) => {
    if (app === null || sshd === null) throw new Error('not started');
    const target = {
      kind: 'shell',
      sessionId: 's1',
      accountId: 'a1',
      instanceId: 'i1',
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth,
      preferredKey: null,
      routing: setRouting,
    } as unknown as SessionTarget;
    const before = app.messages.length;
    app.receive(
      {
        type: 'request',
        requestId: 3,
        request: { kind: 'check-sign-in', target, expectsNewKey, passphrase: null },
      },
      null,
    );
    const message = await vi.waitFor(
      () => {
        const found = app?.messages.slice(before).find((each) => each.type === 'answer');
        if (found === undefined) throw new Error('not answered');
        return found;
      },
      { timeout: 15_000 },
    );
    // It tells nothing else: nothing is kept and nobody is asked.
    expect(app.messages.slice(before)).toEqual([message]);
    if (!message.answer.ok) throw new Error(JSON.stringify(message.answer.error));
    return message.answer.value as SignInCheck;
  };
  const trust = (key = sshd?.hostPublicKey('ed25519') ?? ''): void => {
    if (app !== null) writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd?.port ?? 0} ${key}\n`);
  };

  test('a server whose key is not known is asked for its ways alone, and is not trusted by it', async () => {
    await started();
    expect(await check()).toMatchObject({
      hostKey: {
        kind: 'unknown',
        keyType: 'ssh-ed25519',
        fingerprint: expect.stringMatching(/^SHA256:/) as string,
      },
      methods: ['publickey', 'password'],
      keysOffered: 0,
      opened: null,
    });
    expect(sshd?.log()).not.toContain('method publickey');
    expect(sshd?.log()).not.toContain('method password');
    expect(() => readFileSync(app?.knownHostsPath ?? '')).toThrow('ENOENT');
    expect(await check({ method: 'auto' }, true)).toMatchObject({ hostKey: { kind: 'expected' } });
  });

  test('a key that the server knows opens it', async () => {
    const { keyPath } = await started();
    writeFileSync(join(sshd?.folder ?? '', 'authorized_keys'), `${publicKeyOf(keyPath)}\n`);
    trust();
    const found = await check();
    expect(found).toMatchObject({ hostKey: { kind: 'trusted' }, keysOffered: 1, asked: null, end: null });
    expect(found.opened?.keyFingerprint).toMatch(/^SHA256:/);
    // No shell was opened.
    expect(sshd?.log()).not.toContain('Starting session');
  });

  test('where no key is known it ends before a password', async () => {
    await started();
    trust();
    expect(await check()).toMatchObject({
      hostKey: { kind: 'trusted' },
      methods: ['publickey', 'password'],
      keysOffered: 1,
      asked: { kind: 'password' },
      opened: null,
    });
    expect(sshd?.log()).not.toContain('Failed password');
  });

  test('a key with a passphrase that the server knows is named', async () => {
    const { keyPath } = await started({}, 'a passphrase');
    writeFileSync(join(sshd?.folder ?? '', 'authorized_keys'), `${publicKeyOf(keyPath)}\n`);
    trust();
    expect(await check({ method: 'key-file', path: keyPath })).toMatchObject({
      asked: { kind: 'passphrase', path: keyPath },
      opened: null,
    });
  });

  test('a server that lets nobody in says so in its own words', async () => {
    await started({ config: ['PasswordAuthentication no'] });
    trust();
    const found = await check();
    expect(found).toMatchObject({ methods: ['publickey'], keysOffered: 1, asked: null, opened: null });
    expect(found.end?.reason).toBe('authentication-failed');
    expect(found.end?.sentence).not.toContain('Press Enter');
  });

  test('a changed key ends it before anything is offered', async () => {
    const { app: process } = await started();
    trust(
      publicKeyOf(makeKey(process.folder, 'ed25519', '', 'stranger'))
        .split(' ')
        .slice(0, 2)
        .join(' '),
    );
    const before = readFileSync(process.knownHostsPath, 'utf8');
    expect(await check()).toMatchObject({
      hostKey: null,
      methods: null,
      keysOffered: 0,
      end: { reason: 'host-key-changed' },
    });
    expect(readFileSync(process.knownHostsPath, 'utf8')).toBe(before);
  });

  test('a server that is gone ends it', async () => {
    await started();
    trust();
    await sshd?.kill();
    expect(await check()).toMatchObject({ hostKey: null, end: { reason: 'refused' } });
  });
});
