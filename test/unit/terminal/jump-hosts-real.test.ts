import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { JumpHost, Routing } from '../../../main/terminal/protocol.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd, type SshdOptions } from '../../support/sshd.ts';
import { setRouting, TestProcess, type View } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

const folder = mkdtempSync(join(tmpdir(), 'jump-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const known = ({ port, hostPublicKey }: Sshd): string => `[127.0.0.1]:${port} ${hostPublicKey('ed25519')}\n`;
const jumpTo = ({ host, port, user }: Sshd, changes: Partial<JumpHost> = {}): JumpHost => ({
  host,
  port,
  user,
  otherwiseUser: null,
  auth: { method: 'auto' },
  usesConfig: true,
  followsOwnJump: true,
  ...changes,
});
const through = (...hosts: readonly JumpHost[]): Routing => ({
  ...setRouting,
  jump: { kind: 'hosts', hosts },
});

describeWithSshd('a way through jump hosts, each a real sshd', () => {
  let key: string;
  let first: Sshd;
  let second: Sshd;
  let instance: Sshd;
  let app: TestProcess;

  const server = (options: SshdOptions = {}): Promise<Sshd> =>
    startSshd({ authorizedKeys: [publicKeyOf(key)], ...options });
  beforeAll(async () => {
    key = makeKey(folder, 'ed25519');
    [first, second, instance] = [await server(), await server(), await server()];
  });
  afterAll(() => Promise.all([first, second, instance].map((each) => each.stop())));
  beforeEach(() => {
    app = new TestProcess();
    mkdirSync(join(app.folder, '.ssh'));
    configure('');
  });
  afterEach(() => app.stop());

  /** Every host is signed in to with the key. */
  const configure = (config: string): void =>
    writeFileSync(join(app.folder, '.ssh', 'config'), `${config}\nHost *\nIdentityFile ${key}\n`);
  const know = (...all: readonly Sshd[]): void => writeFileSync(app.knownHostsPath, all.map(known).join(''));
  const open = (to: Sshd, routing: Routing, auth: 'auto' | 'password' = 'auto'): View =>
    app.open({ host: to.host, port: to.port, user: to.user, auth: { method: auth }, routing });
  const says = async (view: View, command: string, answer: string): Promise<void> => {
    await view.untilPhase('open');
    view.type(`${command}\r`);
    await view.untilText(answer);
  };
  const whoAmI = async (view: View, at: Sshd): Promise<void> =>
    says(view, 'echo "it is $USER"', `it is ${at.user}`);
  const targets = (): string[] =>
    app.messages.flatMap((message) => (message.type === 'routed' ? [message.route.target] : []));

  test('one jump host: the instance sees a connection of it, and the phases say where it stands', async () => {
    know(first, instance);
    const view = open(instance, through(jumpTo(first)));
    await whoAmI(view, instance);
    const jumpHost = `${first.user}@127.0.0.1:${first.port}`;
    expect(targets()).toEqual([`${instance.user}@127.0.0.1:${instance.port} through ${jumpHost}`]);
    expect(view.states).toContainEqual({ phase: 'authenticating', jumpHost });
    expect(view.states).toContainEqual({ phase: 'authenticating' });
    expect(app.messages.filter(({ type }) => type === 'authenticated')).toHaveLength(1);
    expect(first.log()).toContain(`Accepted publickey for ${first.user}`);
  });

  test('three in a chain', async () => {
    know(first, second, instance);
    await whoAmI(open(instance, through(jumpTo(first), jumpTo(second))), instance);
  });

  test('each shows its own host key, and asks for its own password', async () => {
    rmSync(join(app.folder, '.ssh', 'config'));
    const view = open(instance, through(jumpTo(first)), 'password');
    const jumpKey = await view.answer('host-key', ['yes']);
    expect(jumpKey).toMatchObject({ host: '127.0.0.1', port: first.port, isJumpHost: true });
    expect(await view.answer('password', [first.password], true)).toMatchObject({ user: first.user });
    expect(await view.answer('host-key', ['yes'])).toMatchObject({ port: instance.port, isJumpHost: false });
    expect(await view.answer('password', [instance.password], true)).toMatchObject({ user: instance.user });
    await whoAmI(view, instance);
    const kept = app.messages.flatMap((each) =>
      each.type === 'remember-secret' ? [[each.place, each.secret]] : [],
    );
    const place = (at: Sshd, isJumpHost: boolean) => ({
      host: at.host,
      port: at.port,
      user: at.user,
      isJumpHost,
    });
    expect(kept).toEqual([
      [place(first, true), first.password],
      [place(instance, false), instance.password],
    ]);
    expect(readFileSync(app.knownHostsPath, 'utf8').split('\n').sort()).toEqual(
      `${known(first)}${known(instance)}`.split('\n').sort(),
    );
  });

  test('~/.ssh/config: an alias with its host name, port, user and jump hosts, which it knows too', async () => {
    know(first, second, instance);
    configure(
      [
        `Host web\nHostName 127.0.0.1\nPort ${instance.port}\nUser ${instance.user}\nProxyJump door2`,
        `Host door2\nHostName 127.0.0.1\nPort ${second.port}\nUser ${second.user}\nProxyJump ${first.user}@127.0.0.1:${first.port}`,
      ].join('\n'),
    );
    const routing = { ...setRouting, isPortSet: false, isUserSet: false };
    const view = app.open({ host: 'web', port: 22, user: 'root', auth: { method: 'auto' }, routing });
    await whoAmI(view, instance);
    expect(targets()[0]).toMatch(new RegExp(`through ${first.user}@.*, ${second.user}@`));
    // What is set in the app wins.
    const direct = app.open({
      host: 'web',
      port: 22,
      user: 'root',
      auth: { method: 'auto' },
      routing: { ...routing, jump: { kind: 'hosts', hosts: [] } },
    });
    await whoAmI(direct, instance);
    expect(targets()[1]).toBe(`${instance.user}@127.0.0.1:${instance.port}`);
  });

  test('a jump host that refuses the connection on (PermitOpen) is named, with what it refuses', async () => {
    const strict = await server({ config: [`PermitOpen 127.0.0.1:${second.port}`] });
    try {
      know(strict, instance, second);
      await whoAmI(open(second, through(jumpTo(strict))), second);
      expect(await open(instance, through(jumpTo(strict))).ended()).toMatchObject({
        reason: 'refused',
        sentence: `At the jump host ${strict.user}@127.0.0.1:${strict.port}: It does not allow connections to 127.0.0.1:${instance.port}. Its administrator can (AllowTcpForwarding, PermitOpen). Press Enter to connect again.`,
        retryable: true,
      });
    } finally {
      await strict.stop();
    }
  });

  test('an instance that does not answer the jump host', async () => {
    know(first);
    const nobody = { ...instance, port: 1 };
    const end = await open(nobody, through(jumpTo(first))).ended();
    expect(end).toMatchObject({ reason: 'unreachable', retryable: true });
    expect(end.sentence).toMatch(/^At the jump host .*: It could not connect to 127\.0\.0\.1:1 \(“/);
  });

  test('a jump host that refuses the sign-in', async () => {
    know(first, instance);
    const end = await open(
      instance,
      through(jumpTo(first, { user: 'nobody-here', auth: { method: 'key-file', path: key } })),
    ).ended();
    expect(end).toMatchObject({ reason: 'authentication-failed' });
    expect(end.sentence).toContain('At the jump host nobody-here@127.0.0.1');
  });

  test('a jump host with a changed key stops it before the instance is asked for; that key alone is forgotten', async () => {
    const old = publicKeyOf(makeKey(folder, 'ed25519', '', 'old'))
      .split(' ')
      .slice(0, 2)
      .join(' ');
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${first.port} ${old}\n${known(instance)}`);
    const view = open(instance, through(jumpTo(first)));
    const end = await view.ended();
    expect(end).toMatchObject({ reason: 'host-key-changed', retryable: false });
    expect(end.sentence).toContain(`At the jump host ${first.user}@`);
    const { host, port } = instance;
    app.receive({ type: 'request', requestId: 1, request: { kind: 'forget-host-key', host, port } }, null);
    await view.until(() => view.states.at(-1) !== end);
    expect(readFileSync(app.knownHostsPath, 'utf8')).toBe(known(instance));
    await view.reconnect();
    expect(await view.prompted('host-key')).toMatchObject({ port: first.port, isJumpHost: true });
  });

  test('a jump host that dies ends the session and is named; Enter goes the whole way again', async () => {
    const mortal = await server();
    know(mortal, instance);
    const view = open(instance, through(jumpTo(mortal)));
    await whoAmI(view, instance);
    await mortal.kill();
    const end = await view.ended();
    expect(end).toMatchObject({ reason: 'lost', retryable: true });
    expect(end.sentence).toContain(
      `At the jump host ${mortal.user}@127.0.0.1:${mortal.port}: The connection was lost`,
    );
    const again = await server({ port: mortal.port });
    try {
      // Another machine by now: its key is refused.
      await view.reconnect();
      expect((await view.ended()).reason).toBe('host-key-changed');
    } finally {
      await again.stop();
      await mortal.stop();
    }
  });

  test('a jump host that no longer answers is noticed by itself', async () => {
    const frozen = await server();
    const keepalive = {
      intervalMs: 200,
      maxUnanswered: 2,
      lastAnswerMs: 200,
      wakeTimeoutMs: 500,
      wakeNoticeMs: 10,
    };
    const quick = new TestProcess({ limits: { keepalive }, home: app.folder });
    try {
      writeFileSync(quick.knownHostsPath, known(frozen) + known(instance));
      const { host, port, user } = instance;
      const view = quick.open({
        host,
        port,
        user,
        auth: { method: 'auto' },
        routing: through(jumpTo(frozen)),
      });
      await whoAmI(view, instance);
      frozen.freeze();
      const end = await view.ended();
      expect(end.sentence).toContain(`At the jump host ${frozen.user}@`);
      expect(end.sentence).toContain('no answer');
    } finally {
      frozen.thaw();
      quick.stop();
      await frozen.stop();
    }
  });

  test('a shell that ends closes the jump host’s connection too', async () => {
    know(first, instance);
    const view = open(instance, through(jumpTo(first)));
    await whoAmI(view, instance);
    // OpenSSH 9.8 has a program of its own for sessions: sshd-session.
    const ofUser = new RegExp(`sshd(-session)?: ${first.user}\\b`);
    const sessions = (): number =>
      execFileSync('ps', ['-eo', 'args'])
        .toString()
        .split('\n')
        .filter((line) => ofUser.test(line)).length;
    expect(sessions()).toBeGreaterThan(0);
    view.type('exit\r');
    expect(await view.ended()).toMatchObject({ reason: 'exited' });
    await vi.waitUntil(() => sessions() === 0, { timeout: 10_000 });
  });

  test('cancel at the jump host’s question ends it all', async () => {
    know();
    const view = open(instance, through(jumpTo(first)));
    await view.prompted('host-key');
    view.send({ type: 'cancel' });
    expect(await view.ended()).toMatchObject({
      reason: 'cancelled',
      sentence: 'Connecting was canceled. Press Enter to connect again.',
    });
  });

  test('much output comes through whole', async () => {
    know(first, second, instance);
    const view = open(instance, through(jumpTo(first), jumpTo(second)));
    await whoAmI(view, instance);
    view.forgetText();
    await says(view, 'seq 1 200000; echo "all"-"of it"', 'all-of it');
    expect(view.text).toContain('\r\n199999\r\n200000\r\n');
  });

  test.each([
    [
      'ProxyCommand ssh -W %h:%p door',
      'reaches 127.0.0.1 by a command (ProxyCommand), which this app never runs',
    ],
    ['ProxyJump a:b:c', 'The ProxyJump “a:b:c” of 127.0.0.1 in ~/.ssh/config cannot be read.'],
    ['Host 127.0.0.1 door\nProxyJump door', 'The jump hosts lead in a circle'],
    ['HostName not/a/host', '“not/a/host” is no host to connect to'],
  ])('%s is said, and nothing connected', async (config, sentence) => {
    configure(config);
    const view = open(instance, setRouting);
    expect((await view.ended()).sentence).toContain(sentence);
    expect(app.phases(view.sessionId)).toEqual(['resolving', 'ended']);
  });

  test('what is not run is said in the terminal, and left out', async () => {
    know(instance);
    configure(
      `Match exec "touch ${app.folder}/ran"\nPort 1\nHost 127.0.0.1\nRemoteCommand touch ${app.folder}/ran`,
    );
    const view = open(instance, setRouting);
    await whoAmI(view, instance);
    expect(view.text).toContain('~/.ssh/config has Match exec and RemoteCommand for this host.');
    expect(() => readFileSync(join(app.folder, 'ran'))).toThrow('ENOENT');
  });

  test('other files of known hosts, and another name in them', async () => {
    const path = join(app.folder, 'elsewhere');
    writeFileSync(path, `web-key ${instance.hostPublicKey('ed25519')}\n`);
    configure(`UserKnownHostsFile ${path}\nHostKeyAlias web-key`);
    const view = open(instance, setRouting);
    await whoAmI(view, instance);
    expect(app.phases(view.sessionId)).not.toContain('prompting');
  });
});
