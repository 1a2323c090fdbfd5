import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import ssh2, { type Connection, type PasswordAuthContext, type ServerChannel } from 'ssh2';
import { describe, expect, test, vi } from 'vitest';
import type { ConnectionLimits } from '../../../main/terminal/process/connection-parts.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';
import { blobOf, fingerprints, madeKey } from './auth/made-keys.ts';
import { FakeClock } from './fake-clock.ts';
import { cleanUps, impostor } from './faulty-peers.ts';

interface Size {
  readonly cols: number;
  readonly rows: number;
}

interface ServerOptions {
  readonly onPassword?: (attempt: PasswordAuthContext, connection: Connection) => void;
  /** Resolves when the shell may open; false: it is refused. */
  readonly shell?: Promise<boolean>;
}

/** A server whose host key is known; what it was asked for is in `sizes`, `typed` and `terminal`. */
async function server(options: ServerOptions = {}) {
  const seen = { connections: 0, sizes: [] as string[], typed: '', terminal: '' };
  const channels: ServerChannel[] = [];
  const sockets: Socket[] = [];
  const size = ({ cols, rows }: Size): number => seen.sizes.push(`${cols}x${rows}`);
  const listening = new ssh2.Server({ hostKeys: [madeKey('openssh ed25519')] }, (connection) => {
    seen.connections += 1;
    sockets.push((connection as unknown as { readonly _sock: Socket })._sock);
    connection.on('error', () => undefined);
    connection.on('authentication', (attempt) => {
      if (attempt.method !== 'password') attempt.reject(['password']);
      else if (options.onPassword === undefined) attempt.accept();
      else options.onPassword(attempt, connection);
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty, _reject, info) => {
        size(info);
        seen.terminal = (info as unknown as { readonly term: string }).term;
        acceptPty();
      });
      session.on('window-change', (_accept, _reject, info) => size(info));
      session.on('shell', (acceptShell, reject) => {
        void Promise.resolve(options.shell ?? true).then((opens) => {
          if (!opens) {
            reject();
            return;
          }
          const channel = acceptShell();
          channel.on('data', (data: Buffer) => (seen.typed += data.toString('latin1')));
          channels.push(channel);
        });
      });
    });
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    listening.close();
  });
  const { port } = listening.address() as { readonly port: number };
  /** The server's end of the shell, once it is open there. */
  const channel = (): Promise<ServerChannel> => vi.waitUntil(() => channels.at(-1));
  return { port, seen, sockets, channel };
}

interface OpenOptions {
  readonly limits?: Partial<ConnectionLimits>;
  readonly clock?: FakeClock;
  readonly isKnown?: boolean;
}

function open(port: number, options: OpenOptions = {}): { readonly app: TestProcess; readonly view: View } {
  const { limits, clock, isKnown = true } = options;
  const app = new TestProcess({
    ...(limits && { limits }),
    ...(clock && { clock }),
    secrets: { password: 'right' },
  });
  cleanUps.push(() => app.stop());
  const key = blobOf(madeKey('openssh ed25519.pub')).toString('base64');
  if (isKnown) writeFileSync(app.knownHostsPath, `[127.0.0.1]:${port} ssh-ed25519 ${key}\n`);
  return { app, view: app.open({ host: '127.0.0.1', port, user: 'jane', auth: { method: 'password' } }) };
}
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('the shell', () => {
  test('has the size of the view from the start and later, each once, and a terminal with 256 colours', async () => {
    let openShell = (): void => undefined;
    const shell = new Promise<boolean>((resolve) => (openShell = () => resolve(true)));
    const { port, seen } = await server({ shell });
    const { view } = open(port);
    view.send({ type: 'resize', columns: 100, rows: 30 });
    await view.untilPhase('opening-shell');
    await vi.waitUntil(() => seen.sizes.length === 1);
    // It grows while the shell is on its way.
    view.send({ type: 'resize', columns: 101, rows: 30 });
    view.type('early');
    await turns();
    openShell();
    await view.untilPhase('open');
    await vi.waitUntil(() => seen.sizes.length === 2);
    view.send({ type: 'resize', columns: 101, rows: 30 });
    view.send({ type: 'resize', columns: 101, rows: 31 });
    view.send({ type: 'resize', columns: 102, rows: 31 });
    await vi.waitUntil(() => seen.sizes.length === 4);
    expect(seen.sizes).toEqual(['100x30', '101x30', '101x31', '102x31']);
    expect(seen.terminal).toBe('xterm-256color');
    view.send({ type: 'binary', latin1: '\u00e9' });
    view.send({ type: 'data', text: '\u00e9' });
    await vi.waitUntil(() => seen.typed.length === 8);
    expect(seen.typed).toBe('early\u00e9\u00c3\u00a9');
  });

  test('that the server refuses is no shell, and may be tried again', async () => {
    const { port } = await server({ shell: Promise.resolve(false) });
    const { view } = open(port);
    expect(await view.ended()).toMatchObject({
      reason: 'protocol-error',
      sentence: expect.stringMatching(/^The server opened no shell: /) as string,
      retryable: true,
    });
  });

  test.each([
    [3, 'The shell ended with status 3.'],
    [0, 'The shell ended.'],
    ['KILL', 'The shell was ended by SIGKILL.'],
  ])('ends with %s: %s', async (how, sentence) => {
    const { port, channel } = await server();
    const { app, view } = open(port);
    await view.untilPhase('open');
    const shell = await channel();
    if (typeof how === 'number') shell.exit(how);
    else shell.exit(how, false, '');
    shell.end();
    expect((await view.ended()).sentence).toContain(sentence);
    await turns();
    expect(app.phases(view.sessionId).filter((phase) => phase === 'ended')).toHaveLength(1);
  });

  test('whose output comes on two ways is read by the one that is shown, and the other holds nothing up', async () => {
    const { port, channel } = await server();
    const { view } = open(port);
    await view.untilPhase('open');
    const shell = await channel();
    shell.stderr.write(Buffer.alloc(1024 * 1024, 'e'));
    shell.write('shown');
    await view.untilText('shown');
    expect(view.text).not.toContain('eee');
  });

  test('that does not open in thirty seconds is given up', async () => {
    const clock = new FakeClock();
    const { port } = await server({ shell: new Promise(() => undefined) });
    const { view } = open(port, { clock });
    await view.untilPhase('opening-shell');
    clock.advance(29_999);
    await turns();
    expect(view.states.at(-1)?.phase).toBe('opening-shell');
    clock.advance(1);
    expect((await view.ended()).sentence).toContain('stopped answering while opening the shell, for 30 s.');
  });

  test('has its latency told, within one phase', async () => {
    const clock = new FakeClock();
    const { port } = await server();
    const { app, view } = open(port, { clock });
    await view.until(() => view.states.some((state) => state.phase === 'open' && state.latencyMs !== null));
    const opened = app.messages.flatMap((message) =>
      message.type === 'state' && message.state.phase === 'open' ? [message] : [],
    );
    expect(opened.map(({ state }) => state)).toEqual([
      { phase: 'open', latencyMs: null },
      { phase: 'open', latencyMs: 0 },
    ]);
    clock.advance(15_000);
    await view.until(() => view.states.filter(({ phase }) => phase === 'open').length === 3);
    const last = app.messages.at(-1);
    expect(last?.type === 'state' && last.sinceMs).toBe(opened[0]?.sinceMs);
  });

  test('is lost when the server falls silent, sooner after a wake', async () => {
    for (const isWake of [false, true]) {
      const clock = new FakeClock();
      const { port, sockets } = await server();
      const { app, view } = open(port, { clock });
      await view.until(() => view.states.some((state) => state.phase === 'open' && state.latencyMs !== null));
      for (const socket of sockets) socket.pause();
      if (isWake) app.receive({ type: 'probe' }, null);
      clock.advance(isWake ? 15_000 : 49_000);
      expect((await view.ended()).sentence).toContain(`no answer for ${isWake ? 15 : 34} s.`);
    }
  });

  test('is not cancelled by a cancel that comes too late', async () => {
    const { port } = await server();
    const { view } = open(port);
    await view.untilPhase('open');
    view.send({ type: 'cancel' });
    view.type('x');
    await turns();
    expect(view.states.at(-1)?.phase).toBe('open');
  });
});

describe('a host key that is asked about', () => {
  const ask = async () => {
    const clock = new FakeClock();
    const { port, seen } = await server();
    const { app, view } = open(port, { clock, isKnown: false });
    const prompt = await view.prompted('host-key');
    return { clock, seen, app, view, prompt };
  };
  const yes = { type: 'answer', answers: ['yes'], remember: false } as const;

  test('for longer than the server waits: the connection is let go, the question stays, its answer makes another', async () => {
    const { clock, seen, app, view, prompt } = await ask();
    expect(prompt).toMatchObject({ fingerprint: fingerprints.ed25519, host: '127.0.0.1' });
    clock.advance(90_000);
    await turns();
    expect(view.states.at(-1)?.phase).toBe('prompting');
    view.send({ ...yes, promptId: prompt.id });
    await view.untilPhase('open');
    expect(seen.connections).toBe(2);
    expect(app.phases(view.sessionId)).not.toContain('ended');
  });

  test('for less: the same connection goes on, and is not let go later', async () => {
    const { clock, seen, view, prompt } = await ask();
    clock.advance(89_999);
    view.send({ ...yes, promptId: prompt.id });
    await view.untilPhase('open');
    clock.advance(1);
    await turns();
    expect([seen.connections, view.states.at(-1)?.phase]).toEqual([1, 'open']);
  });

  test('an answer to another question counts for nothing, nor does another word than yes', async () => {
    const { view, prompt } = await ask();
    view.send({ ...yes, promptId: prompt.id + 1 });
    await turns();
    expect(view.states.at(-1)?.phase).toBe('prompting');
    view.send({ ...yes, promptId: prompt.id, answers: ['no'] });
    expect(await view.ended()).toMatchObject({ reason: 'host-key-rejected' });
  });

  test('of a session that is cancelled meanwhile ends it', async () => {
    const { view, app, prompt } = await ask();
    view.send({ type: 'cancel' });
    expect(await view.ended()).toMatchObject({ reason: 'cancelled' });
    view.send({ ...yes, promptId: prompt.id });
    await turns();
    expect(app.phases(view.sessionId).at(-1)).toBe('ended');
  });
});

describe('the way to a shell', () => {
  test('a password that has to be changed is said to be, with the words of the server', async () => {
    const { port } = await server({
      onPassword: (attempt) => attempt.requestChange('Your password\nhas expired.', () => undefined),
    });
    const { view } = open(port);
    expect((await view.ended()).sentence).toBe(
      'The password of jane has to be changed before signing in (“Your password has expired.”). ' +
        'Change it in the server’s console. Press Enter to connect again.',
    );
  });

  test('a server that says nothing has twenty seconds for the key exchange', async () => {
    const clock = new FakeClock();
    const port = await impostor(() => undefined);
    const { view } = open(port, { clock });
    await view.untilPhase('key-exchange');
    clock.advance(19_999);
    await turns();
    expect(view.states.at(-1)?.phase).toBe('key-exchange');
    clock.advance(1);
    expect((await view.ended()).sentence).toContain('did not finish the key exchange within 20 s.');
  });

  test('a greeting may have so many bytes and no more', async () => {
    const limits = { greetingBytes: 4_000 };
    const lines = `${'x'.repeat(99)}\n`.repeat(40);
    const quiet = open(await impostor((socket) => socket.write(lines)), { limits });
    await quiet.view.untilPhase('key-exchange');
    await turns();
    expect(quiet.view.states.at(-1)?.phase).toBe('key-exchange');
    const loud = open(await impostor((socket) => socket.write(`${lines}x`)), { limits });
    expect((await loud.view.ended()).sentence).toContain('sent more than 4 KB before the key exchange.');
  });

  test('a list of known hosts that cannot be read stops it before anything is sent', async () => {
    let received = '';
    const port = await impostor((socket) => socket.on('data', (data) => (received += data.toString())));
    const { app, view } = open(port, { isKnown: false });
    const { mkdirSync } = await import('node:fs');
    mkdirSync(app.knownHostsPath);
    expect((await view.ended()).sentence).toContain('could not be used (EISDIR)');
    expect(received).toBe('');
  });

  test('after an end the next connection begins again, below what was written', async () => {
    const { port, channel, sockets } = await server();
    const { app, view } = open(port);
    await view.untilPhase('open');
    const shell = await channel();
    shell.write('before');
    await view.untilText('before');
    for (const socket of sockets) socket.destroy();
    expect(await view.ended()).toMatchObject({ reason: 'lost', retryable: true });
    await view.reconnect();
    await view.untilPhase('open');
    expect(app.phases(view.sessionId).filter((phase) => phase === 'key-exchange')).toHaveLength(2);
    const other = app.attach(view.sessionId);
    await other.untilText('before');
  });
});
