import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Routing } from '../../../main/terminal/protocol.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd } from '../../support/sshd.ts';
import { setRouting, TestProcess, type View } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

const folder = mkdtempSync(join(tmpdir(), 'forward-'));
const socket = join(folder, 'agent.sock');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithSshd('what a shell of a real sshd gets', () => {
  let key: string;
  let agent: ChildProcess;
  let sshd: Sshd;
  let app: TestProcess;

  beforeAll(async () => {
    key = makeKey(folder, 'ed25519');
    sshd = await startSshd({ authorizedKeys: [publicKeyOf(key)], config: ['AcceptEnv LC_* ALLOWED'] });
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await vi.waitUntil(() => existsSync(socket));
    execFileSync('ssh-add', [key], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
  });
  afterAll(async () => {
    agent.kill();
    await sshd.stop();
  });
  beforeEach(() => {
    app = new TestProcess({ env: { SSH_AUTH_SOCK: socket, LC_HERE: 'here', SECRET: 'no' } });
    mkdirSync(join(app.folder, '.ssh'));
  });
  afterEach(() => app.stop());

  const open = (to: Sshd, config: string, routing: Partial<Routing> = {}): View => {
    writeFileSync(join(app.folder, '.ssh', 'config'), config);
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${to.port} ${to.hostPublicKey('ed25519')}\n`);
    const { host, port, user } = to;
    return app.open({ host, port, user, auth: { method: 'auto' }, routing: { ...setRouting, ...routing } });
  };
  const answerTo = async (view: View, command: string, answer: string): Promise<void> => {
    await view.untilPhase('open');
    view.type(`${command}; echo "the"-"end"\r`);
    await view.untilText('the-end');
    expect(view.text).toContain(answer);
  };
  const isForwarded = (): unknown =>
    app.messages
      .flatMap((message) => (message.type === 'routed' ? [message.route.forwardsAgent] : []))
      .at(-1);
  const fingerprint = (): string =>
    execFileSync('ssh-keygen', ['-lf', `${key}.pub`])
      .toString()
      .split(' ')[1] ?? '';

  test('no SSH agent, unless somebody asks for it', async () => {
    await answerTo(open(sshd, ''), 'echo "agent [$SSH_AUTH_SOCK]"', 'agent []');
    expect(isForwarded()).toBe(false);
  });

  test.each([
    ['the instance’s settings', '', { forwardsAgent: true }],
    ['~/.ssh/config', 'ForwardAgent yes', {}],
    ['~/.ssh/config, by a path', `ForwardAgent ${socket}`, {}],
  ])('the SSH agent by %s: it signs there', async (_by, config, routing) => {
    await answerTo(open(sshd, config, routing), 'ssh-add -l', fingerprint());
    expect(isForwarded()).toBe(true);
  });

  test('the settings win over ~/.ssh/config', async () => {
    const view = open(sshd, 'ForwardAgent yes', { forwardsAgent: false });
    await answerTo(view, 'echo "agent [$SSH_AUTH_SOCK]"', 'agent []');
  });

  test('a server that forwards none opens its shell all the same, and that is said', async () => {
    const strict = await startSshd({
      authorizedKeys: [publicKeyOf(key)],
      config: ['AllowAgentForwarding no'],
    });
    try {
      const view = open(strict, '', { forwardsAgent: true });
      await answerTo(view, 'echo "agent [$SSH_AUTH_SOCK]"', 'agent []');
      expect(view.text).toContain('The server does not forward the SSH agent (AllowAgentForwarding).');
      expect(isForwarded()).toBe(false);
    } finally {
      await strict.stop();
    }
  });

  test('where no agent answers none is forwarded, and that is said', async () => {
    const view = open(sshd, `IdentityFile ${key}\nForwardAgent ${folder}/nobody.sock`);
    await answerTo(view, 'echo "agent [$SSH_AUTH_SOCK]"', 'agent []');
    expect(view.text).toContain('No SSH agent answers on this computer, so none is forwarded.');
    expect(isForwarded()).toBe(false);
  });

  test('variables of SetEnv and SendEnv; those that the server refuses are not there', async () => {
    const view = open(sshd, 'SetEnv LC_SET=set ALLOWED="a b" REFUSED=x\nSendEnv LC_HERE SECRET');
    await answerTo(
      view,
      'echo "[$LC_SET] [$ALLOWED] [$REFUSED] [$LC_HERE] [$SECRET]"',
      '[set] [a b] [] [here] []',
    );
  });

  test('a certificate that ~/.ssh/config names for a key elsewhere (CertificateFile)', async () => {
    const authority = makeKey(folder, 'ed25519', '', 'authority');
    const own = makeKey(folder, 'ed25519', '', 'own');
    const trusting = await startSshd({ config: [`TrustedUserCAKeys ${authority}.pub`] });
    try {
      const sign = ['-q', '-s', authority, '-I', 'me', '-n', trusting.user, `${own}.pub`];
      execFileSync('ssh-keygen', sign);
      execFileSync('mv', [`${own}-cert.pub`, join(folder, 'elsewhere-cert.pub')]);
      const config = `IdentityFile ${own}\nIdentitiesOnly yes`;
      expect(await open(trusting, config).prompted('password')).toMatchObject({ user: trusting.user });
      const view = open(trusting, `${config}\nCertificateFile ${folder}/elsewhere-cert.pub`);
      await answerTo(view, 'echo $USER', trusting.user);
      expect(trusting.log()).toContain('ED25519-CERT');
    } finally {
      await trusting.stop();
    }
  });

  test('a certificate authority in known_hosts is said not to be checked', async () => {
    const view = open(sshd, '');
    app.receive({ type: 'close', sessionId: view.sessionId }, null);
    writeFileSync(app.knownHostsPath, `@cert-authority *.example,[127.0.0.1]:* ${publicKeyOf(key)}\n`);
    const { host, port, user } = sshd;
    const again = app.open({ host, port, user, auth: { method: 'auto' } });
    expect(await again.prompted('host-key')).toMatchObject({ hasCertAuthority: true });
  });
});
