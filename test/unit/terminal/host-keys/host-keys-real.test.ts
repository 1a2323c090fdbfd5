import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeKey, publicKeyOf, startSshd, type Sshd } from '../../../support/sshd.ts';
import { describeWithSshd } from '../../../support/with-sshd.ts';
import { TestProcess, type View } from '../../../support/ssh-process.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';

describeWithSshd('host keys of a real sshd', () => {
  let sshd: Sshd;
  let app: TestProcess;

  beforeAll(async () => {
    sshd = await startSshd({ hostKeys: ['ed25519', 'rsa', 'ecdsa'] });
  });
  afterAll(() => sshd.stop());
  beforeEach(() => {
    app = new TestProcess();
  });
  afterEach(() => app.stop());

  const open = (): View =>
    app.open({ host: sshd.host, port: sshd.port, user: sshd.user, auth: { method: 'password' } });
  const forgetIn = (process: TestProcess): void => {
    const request = { kind: 'forget-host-key', host: sshd.host, port: sshd.port } as const;
    process.receive({ type: 'request', requestId: 1, request }, null);
  };
  const token = (): string => `[127.0.0.1]:${sshd.port}`;
  const sha256 = (path: string): string =>
    execFileSync('ssh-keygen', ['-lf', path]).toString().split(' ')[1] ?? '';

  test('an unknown key is shown as OpenSSH prints it, and what is trusted is a file that OpenSSH reads', async () => {
    const view = open();
    const prompt = await view.answer('host-key', ['yes']);
    expect(prompt.fingerprint).toBe(sha256(join(sshd.folder, 'host_ed25519.pub')));
    await view.prompted('password');
    const found = execFileSync('ssh-keygen', ['-F', token(), '-f', app.knownHostsPath]).toString();
    expect(found).toContain(sshd.hostPublicKey('ed25519'));
    expect(statSync(app.knownHostsPath).mode & 0o777).toBe(0o600);
  });

  test('a refused key ends the session, and nothing is kept', async () => {
    const view = open();
    await view.answer('host-key', null);
    expect(await view.ended()).toMatchObject({ reason: 'host-key-rejected', retryable: true });
    expect(app.phases(view.sessionId)).not.toContain('authenticating');
    expect(() => readFileSync(app.knownHostsPath)).toThrow('ENOENT');
  });

  test('a key that is known, also under a hashed name, is not asked about', async () => {
    writeFileSync(app.knownHostsPath, `${token()} ${sshd.hostPublicKey('ed25519')}\n`);
    execFileSync('ssh-keygen', ['-H', '-f', app.knownHostsPath], { stdio: 'ignore' });
    expect(readFileSync(app.knownHostsPath, 'utf8')).toMatch(/^\|1\|/);
    await open().prompted('password');
  });

  test('a host known by its RSA key alone is asked for that one, not for its newer types', async () => {
    writeFileSync(app.knownHostsPath, `${token()} ${sshd.hostPublicKey('rsa')}\n`);
    await open().prompted('password');
  });

  test('a host whose known type is gone is stopped, whatever other type it shows', async () => {
    const other = publicKeyOf(makeKey(app.folder, 'ecdsa')).split(' ').slice(0, 2).join(' ');
    writeFileSync(app.knownHostsPath, `${token()} ${other}\n`);
    expect(await open().ended()).toMatchObject({ reason: 'host-key-changed' });
  });

  test('a revoked key is stopped, also when a trusting line stands beside it', async () => {
    const key = sshd.hostPublicKey('ed25519');
    writeFileSync(app.knownHostsPath, `${token()} ${key}\n@revoked * ${key}\n`);
    const end = await open().ended();
    expect(end).toMatchObject({ reason: 'host-key-revoked', retryable: false });
    expect(end.sentence).toContain(sha256(join(sshd.folder, 'host_ed25519.pub')));
  });

  test('a changed key is stopped with both fingerprints; once the old one is forgotten, the new one is asked about', async () => {
    const old = makeKey(app.folder, 'ed25519');
    const kept = `example.com ${sshd.hostPublicKey('rsa')}`;
    writeFileSync(app.knownHostsPath, `${kept}\n${token()} ${publicKeyOf(old)}\n`);
    const view = open();
    const end = await view.ended();
    expect(end).toMatchObject({ reason: 'host-key-changed', retryable: false });
    expect(end.sentence).toContain(sha256(`${old}.pub`));
    expect(end.sentence).toContain(sha256(join(sshd.folder, 'host_ed25519.pub')));
    expect(end.sentence).toContain(`${app.knownHostsPath}, line 2`);
    const states = view.states.length;
    view.send({ type: 'reconnect' });
    forgetIn(app);
    await view.until(() => view.states.length > states);
    expect(view.states.slice(states)).toMatchObject([{ phase: 'ended', retryable: true }]);
    expect(readFileSync(app.knownHostsPath, 'utf8')).toBe(`${kept}\n`);
    await view.reconnect();
    await view.prompted('host-key');
  });

  describe('of a server that was reinstalled from here', () => {
    const dayMs = 86_400_000;
    const accountId = 'a1' as AccountId;
    const expectNewKey = (untilMs = Date.now() + dayMs): void =>
      app.receive({ type: 'expect-new-key', accountId, host: sshd.host, port: sshd.port, untilMs }, null);
    const taken = (): number => app.messages.filter(({ type }) => type === 'new-key-taken').length;

    test('one new key is asked about with the former one, and takes its place', async () => {
      const old = makeKey(app.folder, 'ed25519', '', 'former');
      writeFileSync(app.knownHostsPath, `${token()} ${publicKeyOf(old)}\n`);
      expectNewKey();
      const view = open();
      const prompt = await view.answer('host-key', ['yes']);
      expect(prompt.reinstalled).toEqual({ formerFingerprint: sha256(`${old}.pub`) });
      await view.prompted('password');
      expect(taken()).toBe(1);
      expect(readFileSync(app.knownHostsPath, 'utf8').trim()).toBe(
        `${token()} ${sshd.hostPublicKey('ed25519')}`,
      );
      // It was one key: the next stranger is stopped as ever.
      writeFileSync(app.knownHostsPath, `${token()} ${publicKeyOf(old)}\n`);
      expect(await open().ended()).toMatchObject({ reason: 'host-key-changed', retryable: false });
    });

    test('a key is a stranger’s once the day is over, or the account is signed out', async () => {
      const line = `${token()} ${publicKeyOf(makeKey(app.folder, 'ed25519', '', 'late'))}\n`;
      writeFileSync(app.knownHostsPath, line);
      expectNewKey(Date.now() - 1);
      expect(await open().ended()).toMatchObject({ reason: 'host-key-changed', retryable: false });
      expectNewKey();
      app.receive({ type: 'account-gone', accountId }, null);
      expect(await open().ended()).toMatchObject({ reason: 'host-key-changed', retryable: false });
      expect(readFileSync(app.knownHostsPath, 'utf8')).toBe(line);
      expect(taken()).toBe(0);
    });

    test('a new key that is not accepted changes nothing, and is asked about again', async () => {
      const line = `${token()} ${publicKeyOf(makeKey(app.folder, 'ed25519', '', 'refused'))}\n`;
      writeFileSync(app.knownHostsPath, line);
      expectNewKey();
      const view = open();
      await view.answer('host-key', null);
      expect(await view.ended()).toMatchObject({ reason: 'host-key-rejected' });
      expect(readFileSync(app.knownHostsPath, 'utf8')).toBe(line);
      expect(taken()).toBe(0);
      await open().prompted('host-key');
    });

    test('the key that was known is no news, and a revoked one stays revoked', async () => {
      const key = sshd.hostPublicKey('ed25519');
      writeFileSync(app.knownHostsPath, `${token()} ${key}\n`);
      expectNewKey();
      await open().prompted('password');
      expect(taken()).toBe(0);
      writeFileSync(app.knownHostsPath, `@revoked * ${key}\n`);
      expect(await open().ended()).toMatchObject({ reason: 'host-key-revoked' });
    });

    test('is said to a session that the changed key had stopped', async () => {
      writeFileSync(
        app.knownHostsPath,
        `${token()} ${publicKeyOf(makeKey(app.folder, 'ed25519', '', 'before'))}\n`,
      );
      const view = open();
      expect(await view.ended()).toMatchObject({ reason: 'host-key-changed' });
      const states = view.states.length;
      expectNewKey();
      await view.until(() => view.states.length > states);
      expect(view.states.at(-1)).toMatchObject({ phase: 'ended', retryable: true });
      await view.reconnect();
      await view.prompted('host-key');
    });
  });

  test("the person's own known_hosts counts, and is never written", async () => {
    const path = join(sshd.folder, 'own_known_hosts');
    writeFileSync(path, `${token()} ${sshd.hostPublicKey('ecdsa')}\n`, { mode: 0o400 });
    const other = new TestProcess({ userKnownHostsPaths: [path, '/nowhere/known_hosts'] });
    const view = other.open({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' },
    });
    await view.prompted('password');
    forgetIn(other);
    other.stop();
    expect(readFileSync(path, 'utf8')).toContain(sshd.hostPublicKey('ecdsa'));
    rmSync(path);
    writeFileSync(path, `${token()} ${publicKeyOf(makeKey(app.folder, 'ecdsa'))}\n`);
    const wary = new TestProcess({ userKnownHostsPaths: [path] });
    const stopped = wary.open({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' },
    });
    expect((await stopped.ended()).sentence).toContain(
      `(${path}, line 1). Nothing was sent. If you know why it changed, remove that line first.`,
    );
    wary.stop();
  });
});

describe('a honeypot with another key', () => {
  let app: TestProcess;
  let server: InstanceType<typeof ssh2.Server>;
  let port: number;
  const seen: string[] = [];

  beforeEach(async () => {
    app = new TestProcess({ secrets: { password: 'kept-secret' } });
    const hostKey = readFileSync(makeKey(app.folder, 'ed25519', '', 'honeypot'));
    server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
      client.on('authentication', (attempt) => {
        seen.push(attempt.method);
        attempt.reject(['password', 'publickey']);
      });
      client.on('error', () => undefined);
    });
    port = await listen(server);
  });
  afterEach(async () => {
    app.stop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  test('sees no password, no key, not even a name', async () => {
    const old = publicKeyOf(makeKey(app.folder, 'ed25519', '', 'old'));
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${port} ${old}\n`);
    const view = app.open({ host: '127.0.0.1', port, user: 'root', auth: { method: 'auto' } });
    expect(await view.ended()).toMatchObject({ reason: 'host-key-changed' });
    expect(seen).toEqual([]);
    expect(app.messages.map((message) => message.type)).not.toContain('secret-wanted');
  });
});

async function listen(server: InstanceType<typeof ssh2.Server>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
