import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from 'ssh2';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SandboxConnection } from '../../../../main/sandbox/index.ts';
import { connectionEnds } from '../../../../main/terminal/process/connection-ends.ts';
import { systemClock } from '../../../../main/clock/index.ts';
import { newKeyPair } from '../../../../main/terminal/process/auth/key-pair.ts';
import { eventually, startTestSandbox, type TestSandbox } from '../harness.ts';

interface Session {
  readonly client: Client;
  readonly hostKey: string;
}

/** Logs in; rejects with the error of the connection. */
function connect(target: SandboxConnection, auth: Partial<ConnectConfig> = {}): Promise<Session> {
  const client = new ssh2.Client();
  onTestFinished(() => {
    client.end();
  });
  return new Promise((resolve, reject) => {
    let hostKey = '';
    client.once('ready', () => resolve({ client, hostKey }));
    client.on('error', reject);
    client.connect({
      host: target.host,
      port: target.port,
      username: target.user,
      password: target.password,
      hostVerifier: (key: Buffer) => {
        hostKey = createHash('sha256').update(key).digest('base64');
        return true;
      },
      ...auth,
    });
  });
}

function exec(
  client: Client,
  command: string,
): Promise<{ readonly out: string; readonly err: string; readonly code: number }> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      let out = '';
      let err = '';
      let code = -1;
      channel.on('data', (data: Buffer) => (out += data.toString()));
      channel.stderr.on('data', (data: Buffer) => (err += data.toString()));
      channel.on('exit', (status: number) => (code = status));
      channel.on('close', () => resolve({ out, err, code }));
    });
  });
}

/** A shell on a terminal; `screen` holds all that it drew. */
function openShell(
  client: Client,
): Promise<{ readonly channel: ClientChannel; readonly screen: () => string }> {
  return new Promise((resolve, reject) => {
    client.shell({ term: 'xterm-256color', cols: 100, rows: 30 }, (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      let text = '';
      channel.on('data', (data: Buffer) => (text += data.toString()));
      resolve({ channel, screen: () => text });
    });
  });
}

function targetOf({ sandbox }: TestSandbox, id: string): SandboxConnection {
  const target = sandbox.connections.find(({ instanceId }) => instanceId === id);
  if (!target) throw new Error('No SSH for this server.');
  return target;
}

async function startOn(
  name: string,
): Promise<TestSandbox & { readonly id: string; readonly target: SandboxConnection }> {
  const running = await startTestSandbox({ sshHosts: true });
  const id = await running.idOf(name);
  return { ...running, id, target: targetOf(running, id) };
}

test('every new key pair can be read', () => {
  // Of 400 that ssh2 makes, two or three cannot.
  for (let count = 0; count < 400; count += 1) {
    const pair = newKeyPair();
    expect(ssh2.utils.parseKey(pair.private)).not.toBeInstanceOf(Error);
    expect(ssh2.utils.parseKey(pair.public)).not.toBeInstanceOf(Error);
  }
});

describe('logging in', () => {
  test('every server but the Windows one has SSH; only those that run answer', async () => {
    const { sandbox, idOf } = await startTestSandbox({ sshHosts: true });
    expect(sandbox.connections).toHaveLength(15);
    expect(sandbox.connections.map(({ instanceId }) => instanceId)).not.toContain(await idOf('win-rdp'));
    const id = await idOf('staging');
    const off = sandbox.connections.find(({ instanceId }) => instanceId === id);
    if (!off) throw new Error('staging has no port.');
    await expect(connect(off)).rejects.toThrow('ECONNREFUSED');
  });

  test('no echo waits for the last to be acknowledged', async () => {
    const { target } = await startOn('api-prod-1');
    const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    onTestFinished(() => setNoDelay.mockRestore());
    // The client of this test leaves its own socket as it is.
    await connect(target);
    expect(setNoDelay.mock.calls).toEqual([[true]]);
  });

  test('a wrong password and a wrong user are refused', async () => {
    const { target } = await startOn('api-prod-1');
    await expect(connect(target, { password: 'wrong' })).rejects.toThrow('authentication methods failed');
    await expect(connect(target, { username: 'admin' })).rejects.toThrow('authentication methods failed');
  });

  test('the password that a reset gave out works, the old one no longer', async () => {
    const { ask, target, id } = await startOn('api-prod-1');
    const password = String((await ask('POST', `/instances/${id}/reset-password`)).at('password'));
    const { client } = await connect(target, { password });
    expect((await exec(client, 'whoami')).out).toBe('root\n');
    await expect(connect(target)).rejects.toThrow('authentication methods failed');
  });

  test("a key of the account works, and no other's", async () => {
    const { ask, target } = await startOn('api-prod-1');
    const keys = newKeyPair();
    const withKey = { password: undefined, privateKey: keys.private } as unknown as Partial<ConnectConfig>;
    await expect(connect(target, withKey)).rejects.toThrow('authentication methods failed');
    expect((await ask('POST', '/ssh-keys', { name: 'test', public_key: keys.public })).status).toBe(201);
    const { client } = await connect(target, withKey);
    expect((await exec(client, 'hostname')).out).toBe('api-prod-1\n');
  });
});

describe('the life of an instance', () => {
  test('a stop ends connections and closes the port; after a boot it answers there again, with its host key', async () => {
    const { ask, control, target, id } = await startOn('api-prod-1');
    const { client, hostKey } = await connect(target);
    const closed = new Promise<void>((resolve) => client.on('close', () => resolve()));
    await ask('POST', `/instances/${id}/power/poweroff`);
    await control.advance(1_000);
    await closed;
    await expect(connect(target)).rejects.toThrow('ECONNREFUSED');

    await ask('POST', `/instances/${id}/power/boot`);
    await control.advance(8_000);
    const again = await eventually(() => connect(target).catch(() => null));
    expect(again.hostKey).toBe(hostKey);
  });

  test('a reinstall changes the host key and the password', async () => {
    const running = await startOn('ns1');
    const { ask, control, target, id } = running;
    const { hostKey } = await connect(target);
    await ask('POST', `/instances/${id}/reinstall`, { os_template_id: 112, os_name: 'Debian 12' });
    await control.advance(20_000);
    const now = targetOf(running, id);
    expect(now.port).toBe(target.port);
    expect(now.password).not.toBe(target.password);
    const again = await eventually(() => connect(now).catch(() => null));
    expect(again.hostKey).not.toBe(hostKey);
  });

  test('a new server answers on a port of its own once it is built', async () => {
    const running = await startTestSandbox({ sshHosts: true });
    const made = await running.ask('POST', '/instances', {
      name: 'fresh',
      hostname: 'fresh.server.evorxa.net',
      project_id: 1,
      package_id: 1,
      category: 'standard',
      os_template_id: 112,
      os_name: 'Debian 12',
      billing_cycle: 'monthly',
    });
    await running.control.advance(20_000);
    await eventually(() => running.sandbox.connections.length === 16);
    const target = targetOf(running, String(made.at('id')));
    const { client } = await eventually(() => connect(target).catch(() => null));
    expect((await exec(client, 'hostname -f')).out).toBe('fresh.server.evorxa.net\n');
  });
});

describe('the shell', () => {
  test('exec: output, errors and status are told apart', async () => {
    const { client } = await connect((await startOn('api-prod-1')).target);
    expect((await exec(client, 'uname -a')).out).toMatch(
      /^Linux api-prod-1 6\.8\.0\S* .*x86_64 GNU\/Linux\n$/,
    );
    expect(await exec(client, 'foo')).toEqual({ out: '', err: '-bash: foo: command not found\n', code: 127 });
    expect((await exec(client, 'top -b -n 2 -d 0')).out.match(/^top - /gm)).toHaveLength(2);
    expect((await exec(client, 'systemctl status nginx --no-pager | head -1')).out).toBe(
      '● nginx.service - A high performance web server\n',
    );
    expect((await exec(client, 'cat /etc/os-release | grep -c ID; exit 4')).code).toBe(4);
    expect((await exec(client, 'yes | head -3')).out).toBe('y\ny\ny\n');
  });

  test('says from where it sees a connection, and at which of its ports', async () => {
    const { target } = await startOn('api-prod-1');
    const { client } = await connect(target);
    expect(await connectionEnds(client, systemClock)).toEqual({
      clientAddress: '127.0.0.1',
      serverAddress: target.host,
      serverPort: target.port,
    });
    const { localPort } = (client as unknown as { readonly _sock: Socket })._sock;
    expect((await exec(client, 'echo $SSH_CONNECTION')).out).toBe(
      `127.0.0.1 ${localPort} ${target.host} ${target.port}\n`,
    );
  });

  test.each([
    [`printf %s "a b"`, 'a b'],
    [String.raw`printf '%s=%d\n' one 1 two 2`, 'one=1\ntwo=2\n'],
    [`printf '100%%' left over`, '100%'],
    [`printf '%s|'`, '|'],
  ])('%s', async (line, out) => {
    const { target } = await startOn('api-prod-1');
    const { client } = await connect(target);
    expect((await exec(client, line)).out).toBe(out);
  });

  test('on a terminal: prompt, echo, editing, history, Ctrl+C and Ctrl+D', async () => {
    const { client } = await connect((await startOn('api-prod-1')).target);
    const { channel, screen } = await openShell(client);
    const shows = (text: string): Promise<unknown> => eventually(() => screen().includes(text));
    await shows('root@api-prod-1');
    expect(screen()).toContain('Last login:');

    channel.write('ecko\u007f\u007fho one\r');
    await shows('\r\none\r\n');
    channel.write('\u001b[A two\r');
    await shows('\r\none two\r\n');
    channel.write('cd /etc\r');
    await shows('/etc\u001b[00m# ');
    channel.write('top -b\r');
    await shows('%Cpu(s)');
    channel.write('\u0003');
    await shows('^C\r\n');
    channel.write('echo $?\r');
    await shows('\r\n130\r\n');
    const closed = new Promise((resolve) => channel.once('close', resolve));
    channel.write('\u0004');
    await closed;
    expect(screen()).toContain('logout');
  });

  test('a flood waits for its reader', async () => {
    const { client } = await connect((await startOn('api-prod-1')).target);
    const { channel } = await openShell(client);
    let bytes = 0;
    channel.on('data', (data: Buffer) => (bytes += data.length));
    channel.write('yes\r');
    await eventually(() => bytes > 4 * 1024 * 1024);
    channel.pause();
    // Others on the same connection are answered while it waits.
    expect((await exec(client, 'uname')).out).toBe('Linux\n');
    const held = bytes;
    expect((await exec(client, 'uname')).out).toBe('Linux\n');
    expect(bytes).toBe(held);
    channel.resume();
    const resumedAt = bytes;
    await eventually(() => bytes > resumedAt + 1024 * 1024);
    channel.write('\u0003exit\r');
    await new Promise((resolve) => channel.once('close', resolve));
  });
});
