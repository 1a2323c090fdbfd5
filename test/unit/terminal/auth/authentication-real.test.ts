import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { SshSettings } from '../../../../preload/contract/terminal.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd } from '../../../support/sshd.ts';
import { describeWithSshd } from '../../../support/with-sshd.ts';
import { TestProcess, type TestProcessOptions, type View } from '../../../support/ssh-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
const apps: TestProcess[] = [];
let sshd: Sshd;

afterEach(() => {
  for (const app of apps.splice(0)) app.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a session on a server whose host key is known already. */
function open(
  auth: SshSettings['auth'],
  options: TestProcessOptions & { readonly preferredKey?: string } = {},
): { readonly app: TestProcess; readonly view: View } {
  const app = new TestProcess(options);
  apps.push(app);
  writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
  const { host, port, user } = sshd;
  const view = app.open({ host, port, user, auth, preferredKey: options.preferredKey ?? null });
  return { app, view };
}

/** Where the secrets of these sessions are given. */
const place = () => ({ host: sshd.host, port: sshd.port, user: sshd.user, isJumpHost: false });

const fingerprint = (path: string): string =>
  execFileSync('ssh-keygen', ['-lf', `${path}.pub`])
    .toString()
    .split(' ')[1] ?? '';
const offersIn = (log: string): number => log.match(/Failed publickey/g)?.length ?? 0;

describeWithSshd('passwords at a real sshd', () => {
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  test('a password that is to be kept is kept only once it has worked', async () => {
    const { app, view } = open({ method: 'password' });
    await view.answer('password', ['wrong'], true);
    await view.prompted('password');
    expect(app.messages.map(({ type }) => type)).not.toContain('remember-secret');
    await view.answer('password', [sshd.password], true);
    await view.untilPhase('open');
    expect(app.messages).toContainEqual({
      type: 'remember-secret',
      place: place(),
      sessionId: 's1',
      kind: 'password',
      secret: sshd.password,
    });
  });

  test('three wrong passwords end it once, and nothing is kept', async () => {
    const { app, view } = open({ method: 'password' });
    for (const wrong of ['a', 'b', 'c']) await view.answer('password', [wrong], true);
    expect(await view.ended()).toMatchObject({
      reason: 'authentication-failed',
      sentence: `The password for ${sshd.user} was refused. Press Enter to connect again.`,
      retryable: true,
    });
    expect(app.phases(view.sessionId).filter((phase) => phase === 'ended')).toHaveLength(1);
    expect(app.messages.map(({ type }) => type)).not.toContain('remember-secret');
  });

  test('the kept password signs in without a question', async () => {
    const { app, view } = open({ method: 'auto' }, { secrets: { password: sshd.password } });
    await view.untilPhase('open');
    expect(app.phases(view.sessionId)).not.toContain('prompting');
  });

  test('a kept password that is refused is reported, then the person is asked', async () => {
    const { app, view } = open({ method: 'password' }, { secrets: { password: 'stale' } });
    await view.answer('password', [sshd.password]);
    await view.untilPhase('open');
    expect(app.messages).toContainEqual({
      type: 'secret-refused',
      sessionId: 's1',
      kind: 'password',
      place: place(),
    });
  });

  test('a cancelled question ends it', async () => {
    const { view } = open({ method: 'password' });
    await view.answer('password', null);
    expect(await view.ended()).toMatchObject({ reason: 'cancelled' });
  });

  test('a cancel while a question stands ends it as cancelled, and Enter connects again', async () => {
    const { view } = open({ method: 'password' });
    await view.prompted('password');
    view.send({ type: 'cancel' });
    expect(await view.ended()).toMatchObject({ reason: 'cancelled', retryable: true });
    await view.reconnect();
    await view.answer('password', [sshd.password]);
    await view.untilPhase('open');
  });
});

describeWithSshd('keys at a real sshd', () => {
  let plain: string;
  let rsa: string;
  let encrypted: string;
  let pem: string;

  beforeAll(async () => {
    plain = makeKey(folder, 'ed25519');
    rsa = makeKey(folder, 'rsa');
    encrypted = makeKey(folder, 'ecdsa', 'open sesame');
    pem = join(folder, 'pem');
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', 'old words', '-f', pem]);
    sshd = await startSshd({ authorizedKeys: [plain, rsa, encrypted, pem].map(publicKeyOf) });
  });
  afterAll(() => sshd.stop());

  test.each(['plain', 'rsa'] as const)('a key file opens the door (%s)', async (which) => {
    const path = which === 'plain' ? plain : rsa;
    const { app, view } = open({ method: 'key-file', path });
    await view.untilPhase('open');
    expect(app.messages).toContainEqual({
      type: 'authenticated',
      sessionId: 's1',
      keyFingerprint: fingerprint(path),
    });
  });

  test.each([
    ['OpenSSH', (): string => encrypted, 'open sesame'],
    ['PEM', (): string => pem, 'old words'],
  ])(
    'an encrypted key (%s) asks for its passphrase until it is right, and keeps the right one',
    async (_name, path, words) => {
      const { app, view } = open({ method: 'key-file', path: path() });
      expect(await view.answer('passphrase', ['wrong'], true)).toMatchObject({
        path: path(),
        wrongBefore: false,
      });
      expect(await view.answer('passphrase', [words], true)).toMatchObject({ wrongBefore: true });
      await view.untilPhase('open');
      expect(app.messages.filter(({ type }) => type === 'remember-secret')).toEqual([
        { type: 'remember-secret', sessionId: 's1', kind: 'passphrase', place: place(), secret: words },
      ]);
    },
  );

  test('a kept passphrase is used; a wrong one is reported', async () => {
    const kept = open({ method: 'key-file', path: encrypted }, { secrets: { passphrase: 'open sesame' } });
    await kept.view.untilPhase('open');
    expect(kept.app.phases(kept.view.sessionId)).not.toContain('prompting');
    const stale = open({ method: 'key-file', path: encrypted }, { secrets: { passphrase: 'stale' } });
    await stale.view.prompted('passphrase');
    expect(stale.app.messages).toContainEqual({
      type: 'secret-refused',
      sessionId: 's1',
      kind: 'passphrase',
      place: place(),
    });
  });

  test('the passphrase of a key that the server does not know is never asked for', async () => {
    const path = makeKey(folder, 'ed25519', 'secret', 'stranger');
    rmSync(`${path}.pub`);
    const { view } = open({ method: 'key-file', path });
    const end = await view.ended();
    expect(end).toMatchObject({ reason: 'authentication-failed' });
    expect(end.sentence).toContain('knows none of the keys');
    expect(view.states.map(({ phase }) => phase)).not.toContain('prompting');
  });

  test('a usual key whose passphrase is passed over gives way to the password', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.ssh'));
    execFileSync('cp', [encrypted, join(home, '.ssh', 'id_ecdsa')]);
    const { view } = open({ method: 'auto' }, { home });
    await view.answer('passphrase', null);
    await view.answer('password', [sshd.password]);
    await view.untilPhase('open');
  });

  test('a missing and a broken key file are named', async () => {
    const absent = open({ method: 'key-file', path: '/nowhere/id' });
    expect((await absent.view.ended()).sentence).toContain('The key file /nowhere/id does not exist.');
    const path = join(folder, 'broken');
    writeFileSync(path, 'no key');
    const broken = open({ method: 'key-file', path });
    expect((await broken.view.ended()).sentence).toContain('contains no key that this app can read');
  });

  test('"auto" finds the usual key files', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.ssh'));
    execFileSync('cp', [plain, join(home, '.ssh', 'id_ed25519')]);
    const { view } = open({ method: 'auto' }, { home });
    await view.untilPhase('open');
  });
});

describeWithSshd('an agent at a real sshd', () => {
  let agent: ChildProcess;
  let socket: string;
  const strangers: string[] = [];
  let right: string;

  beforeAll(async () => {
    socket = join(folder, 'agent.sock');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await vi.waitUntil(() => existsSync(socket), { timeout: 15_000, interval: 10 });
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      strangers.push(makeKey(folder, 'ed25519', '', `stranger-${name}`));
    }
    right = makeKey(folder, 'rsa', '', 'right');
    for (const key of [...strangers, right]) execFileSync('ssh-add', ['-q', key], { env });
    sshd = await startSshd({ authorizedKeys: [publicKeyOf(right)], config: ['LogLevel VERBOSE'] });
  });
  afterAll(async () => {
    agent.kill();
    await sshd.stop();
  });

  test('the remembered key is offered first, past seven others', async () => {
    const before = offersIn(sshd.log());
    const { app, view } = open(
      { method: 'agent' },
      { env: { SSH_AUTH_SOCK: socket }, preferredKey: fingerprint(right) },
    );
    await view.untilPhase('open');
    expect(offersIn(sshd.log()) - before).toBe(0);
    expect(app.messages).toContainEqual({
      type: 'authenticated',
      sessionId: 's1',
      keyFingerprint: fingerprint(right),
    });
  });

  test.each(['agent', 'auto'] as const)(
    'the eighth key of the agent opens the door too (%s)',
    async (method) => {
      const { app, view } = open({ method }, { env: { SSH_AUTH_SOCK: socket } });
      await view.untilPhase('open');
      expect(app.messages).toContainEqual({
        type: 'authenticated',
        sessionId: 's1',
        keyFingerprint: fingerprint(right),
      });
    },
  );

  test('keys of the agent leave a person three passwords', async () => {
    const strange = await startSshd();
    const former = sshd;
    sshd = strange;
    try {
      const { view } = open({ method: 'auto' }, { env: { SSH_AUTH_SOCK: socket } });
      for (const wrong of ['a', 'b']) await view.answer('password', [wrong]);
      await view.answer('password', [strange.password]);
      await view.untilPhase('open');
    } finally {
      for (const app of apps.splice(0)) app.stop();
      sshd = former;
      await strange.stop();
    }
  });

  test('a server that bears two tries is asked in two connections', async () => {
    const strict = await startSshd({
      authorizedKeys: [publicKeyOf(strangers[1] ?? '')],
      config: ['MaxAuthTries 2'],
    });
    const former = sshd;
    sshd = strict;
    try {
      const { view } = open({ method: 'agent' }, { env: { SSH_AUTH_SOCK: socket } });
      await view.untilPhase('open');
    } finally {
      for (const app of apps.splice(0)) app.stop();
      sshd = former;
      await strict.stop();
    }
  });

  test('a public key as key file is signed for by the agent, past all others', async () => {
    const before = offersIn(sshd.log());
    const { view } = open({ method: 'key-file', path: `${right}.pub` }, { env: { SSH_AUTH_SOCK: socket } });
    await view.untilPhase('open');
    expect(offersIn(sshd.log()) - before).toBe(0);
  });

  test('a public key that no agent has says so', async () => {
    const { view } = open({ method: 'key-file', path: `${right}.pub` });
    expect((await view.ended()).sentence).toContain('is a public key, and no SSH agent has its private half');
  });

  test('a usual key file is not crowded out by the agent', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.ssh'));
    const own = makeKey(folder, 'ed25519', '', `own-${home.slice(-6)}`);
    execFileSync('cp', [own, join(home, '.ssh', 'id_ed25519')]);
    writeFileSync(join(sshd.folder, 'authorized_keys'), `${publicKeyOf(own)}\n${publicKeyOf(right)}\n`);
    const { app, view } = open({ method: 'auto' }, { home, env: { SSH_AUTH_SOCK: socket } });
    await view.untilPhase('open');
    expect(app.messages).toContainEqual({
      type: 'authenticated',
      sessionId: 's1',
      keyFingerprint: fingerprint(own),
    });
  });

  test('with IdentitiesOnly the files that ~/.ssh/config names are all that is offered', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.ssh'));
    const own = makeKey(folder, 'ed25519', '', `named-${home.slice(-6)}`);
    execFileSync('cp', [strangers[0] ?? '', join(home, '.ssh', 'id_ed25519')]);
    execFileSync('cp', [own, join(home, '.ssh', 'named')]);
    writeFileSync(join(home, '.ssh', 'config'), 'IdentitiesOnly yes\nIdentityFile ~/.ssh/named\n');
    const before = offersIn(sshd.log());
    const { view } = open(
      { method: 'auto' },
      { home, env: { SSH_AUTH_SOCK: socket }, preferredKey: fingerprint(strangers[1] ?? '') },
    );
    await view.prompted('password');
    expect(offersIn(sshd.log()) - before).toBe(1);
  });

  test.each(['in the agent', 'beside the key file'])('a certificate (%s) opens the door', async (where) => {
    const authority = makeKey(folder, 'ed25519', '', `authority-${where.length}`);
    for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
      const key = makeKey(folder, type, '', `certified-${type}-${where.length}`);
      const trusting = await startSshd({ config: [`TrustedUserCAKeys ${authority}.pub`] });
      execFileSync('chmod', ['755', folder]);
      execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'test', '-n', trusting.user, `${key}.pub`]);
      const former = sshd;
      sshd = trusting;
      try {
        const env = { ...process.env, SSH_AUTH_SOCK: socket };
        if (where === 'in the agent') execFileSync('ssh-add', ['-q', key], { env });
        const auth = {
          method: 'key-file',
          path: where === 'in the agent' ? `${key}-cert.pub` : key,
        } as const;
        const { app, view } = open(auth, where === 'in the agent' ? { env: { SSH_AUTH_SOCK: socket } } : {});
        await view.untilPhase('open');
        expect(app.messages).toContainEqual({
          type: 'authenticated',
          sessionId: 's1',
          keyFingerprint: fingerprint(key),
        });
      } finally {
        for (const app of apps.splice(0)) app.stop();
        if (where === 'in the agent')
          execFileSync('ssh-add', ['-q', '-d', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
        sshd = former;
        await trusting.stop();
      }
    }
  });

  test('IdentityAgent of ~/.ssh/config is found without any environment', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.ssh'));
    writeFileSync(join(home, '.ssh', 'config'), `Host 127.0.0.*\n  IdentityAgent ${socket}\n`);
    const { view } = open({ method: 'agent' }, { home, preferredKey: fingerprint(right) });
    await view.untilPhase('open');
  });

  test('no agent at all says so', async () => {
    const { view } = open({ method: 'agent' });
    expect((await view.ended()).sentence).toBe(
      'No SSH agent with a key was found. Press Enter to connect again.',
    );
  });

  test('a key and then a password are asked for, where the server wants both', async () => {
    const strict = await startSshd({
      authorizedKeys: [publicKeyOf(right)],
      config: ['AuthenticationMethods publickey,password'],
    });
    const former = sshd;
    sshd = strict;
    try {
      const { view } = open(
        { method: 'agent' },
        { env: { SSH_AUTH_SOCK: socket }, preferredKey: fingerprint(right) },
      );
      await view.answer('password', [strict.password]);
      await view.untilPhase('open');
    } finally {
      for (const app of apps.splice(0)) app.stop();
      sshd = former;
      await strict.stop();
    }
  });
});

describeWithSshd('keyboard-interactive at a real sshd with PAM', () => {
  beforeAll(async () => {
    sshd = await startSshd({
      config: ['UsePAM yes', 'KbdInteractiveAuthentication yes', 'PasswordAuthentication no'],
    });
  });
  afterAll(() => sshd.stop());

  test("the server's own question is shown, and what is typed is hidden", async () => {
    const { app, view } = open({ method: 'auto' });
    const prompt = await view.answer('keyboard-interactive', [sshd.password], true);
    expect(prompt.fields).toEqual([{ label: 'Password:', echo: false }]);
    await view.untilPhase('open');
    expect(app.messages.map(({ type }) => type)).toContain('remember-secret');
  });

  test('the kept password answers it once', async () => {
    const { app, view } = open({ method: 'password' }, { secrets: { password: sshd.password } });
    await view.untilPhase('open');
    expect(app.phases(view.sessionId)).not.toContain('prompting');
  });
});
