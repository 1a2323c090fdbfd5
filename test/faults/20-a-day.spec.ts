import { once } from 'node:events';
import type { Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@playwright/test';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { TestProcess } from '../support/ssh-process.ts';
import { blobOf, madeKey } from '../unit/terminal/auth/made-keys.ts';
import { FakeClock } from '../unit/terminal/fake-clock.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const intervalMs = 15_000;

const socketOf = (connection: Connection): Socket =>
  (connection as unknown as { readonly _sock: Socket })._sock;

/** A server that notes whatever reaches it. */
async function startServer() {
  const seen = { connections: 0, questions: 0, others: [] as string[], typed: '' };
  const open = new Set<Connection>();
  let channel: ServerChannel | null = null;
  let isAway = false;
  const server = new ssh2.Server({ hostKeys: [madeKey('openssh ed25519')] }, (connection) => {
    connection.on('error', () => undefined);
    if (isAway) {
      socketOf(connection).destroy();
      return;
    }
    seen.connections += 1;
    // A day has 5,760 questions, and each answer would wait 40 ms for an acknowledgement.
    socketOf(connection).setNoDelay(true);
    open.add(connection);
    connection.on('close', () => open.delete(connection));
    connection.on('authentication', (attempt) =>
      attempt.method === 'password' ? attempt.accept() : attempt.reject(['password']),
    );
    connection.on('request', (_accept, reject, name) => {
      if (name === 'cancel-tcpip-forward') seen.questions += 1;
      else seen.others.push(name);
      reject?.();
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty());
      session.on('shell', (acceptShell) => {
        channel = acceptShell();
        channel.on('data', (data: Buffer) => (seen.typed += data.toString('latin1')));
        channel.write('$ ');
      });
      session.on('exec', (_accept, reject, { command }) => {
        seen.others.push(command);
        reject();
      });
      session.on('window-change', () => seen.others.push('window-change'));
      session.on('env', (_accept, _reject, { key, val }) => seen.others.push(`${key}=${val}`));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no server');
  return {
    port: address.port,
    knownAs: `[127.0.0.1]:${address.port} ssh-ed25519 ${blobOf(madeKey('openssh ed25519.pub')).toString('base64')}\n`,
    seen,
    openCount: () => open.size,
    print: (text: string) => channel?.write(text),
    /** Cuts every connection without a word. */
    cut: () => {
      for (const connection of open) socketOf(connection).destroy();
    },
    setAway: (away: boolean) => (isAway = away),
    close: () => server.close(),
  };
}

/** The heap once all garbage is gone, in MB. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

test('a session of 24 hours, with sleeps, other networks, cut links and a clock that is set', async () => {
  test.setTimeout(300_000);
  const server = await startServer();
  const clock = new FakeClock();
  const app = new TestProcess({ clock, reconnects: true, secrets: { password: 'kept' } });
  writeFileSync(app.knownHostsPath, server.knownAs);
  let view = app.open({
    host: '127.0.0.1',
    port: server.port,
    user: 'root',
    auth: { method: 'password' },
  });
  let typed = '';
  let questions = 0;
  /** Waits for what comes of it: of the day nothing but the clock is made up. */
  const isOpen = (): boolean => view.states.at(-1)?.phase === 'open';
  const answered = async (ask: () => void, count = 1): Promise<void> => {
    const wanted = (questions += count);
    const before = view.states.length;
    ask();
    await view.until(() => server.seen.questions >= wanted && view.states.length >= before + count);
    // Playwright keeps a step for each `expect`, which would be what grows.
    const state = view.states.at(-1);
    if (state?.phase !== 'open' || state.latencyMs === null) throw new Error(JSON.stringify(state));
  };
  const opened = async (begin: () => void): Promise<void> => {
    questions += 1;
    const before = view.states.length;
    begin();
    await view.until(() => {
      const state = view.states.at(-1);
      return view.states.length > before && state?.phase === 'open' && state.latencyMs !== null;
    });
  };
  const probe = (): void => app.receive({ type: 'probe' }, null);
  const wake = (sleptMs: number): void => {
    clock.setWallClock(sleptMs);
    probe();
  };
  const lost = (): Promise<void> =>
    view.until(() => {
      const state = view.states.at(-1);
      return state?.phase === 'ended' && state.nextAttempt !== undefined;
    });

  const hours: Record<number, () => Promise<void>> = {
    // Asleep for eight hours: no timer ran, and the time of day went on.
    3: () => answered(() => wake(8 * hourMs)),
    5: () => answered(() => clock.setWallClock(dayMs), 0),
    6: () => answered(() => clock.setWallClock(-2 * dayMs), 0),
    7: async () => {
      for (let change = 0; change < 20; change += 1) await answered(probe);
    },
    // Cut, and back with the first attempt.
    9: async () => {
      server.cut();
      await lost();
      await opened(() => clock.advance(1_500));
    },
    // The server is away for a while: attempts, with growing waits, and none is left behind.
    11: async () => {
      server.setAway(true);
      server.cut();
      await lost();
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const before = view.states.length;
        clock.advance(60_000);
        await view.until(() => view.states.length > before && view.states.at(-1)?.phase === 'ended');
      }
      server.setAway(false);
      await opened(probe);
    },
    // The window closes, programs print and ask, and it opens again.
    13: async () => {
      view.detach();
      server.print(`${'x'.repeat(200_000)}\r\n`);
      view = app.attach(view.sessionId);
      view.keepText = false;
      await view.until(isOpen);
    },
    15: async () => {
      view.type('ls\r');
      typed += 'ls\r';
      await expect.poll(() => server.seen.typed).toBe(typed);
    },
    17: async () => {
      for (let time = 0; time < 10; time += 1) {
        server.cut();
        await lost();
        await opened(() => clock.advance(70_000));
        clock.advance(14_000);
        for (let minute = 0; minute < 6; minute += 1) await answered(() => clock.advance(intervalMs));
      }
    },
    19: () => answered(() => wake(4 * hourMs)),
  };

  try {
    await opened(() => undefined);
    view.keepText = false;
    // The scrollback is full from here on.
    server.print('x\r\n'.repeat(2_000));
    while (view.receivedBytes <= 6_000) {
      clock.advance(16);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const day: { pending: number; sockets: number; heapMb: number; connections: number }[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      await hours[hour]?.();
      for (let passedMs = 0; passedMs < hourMs; passedMs += intervalMs)
        await answered(() => clock.advance(intervalMs));
      // What the test itself keeps.
      app.messages.length = 0;
      view.states.splice(0, view.states.length - 1);
      day.push({
        pending: clock.pending,
        sockets: process.getActiveResourcesInfo().filter((name) => /TCPSocketWrap|TCPWRAP/i.test(name))
          .length,
        heapMb: heapMb(),
        connections: server.openCount(),
      });
    }

    const [first, last] = [day[1], day.at(-1)];
    if (first === undefined || last === undefined) throw new Error('no day');
    console.log(
      `24 hours: ${first.heapMb.toFixed(1)} MB after two of them, ${last.heapMb.toFixed(1)} MB at the end`,
    );
    expect(day.map(({ pending }) => pending)).toEqual(day.map(() => first.pending));
    expect(day.map(({ sockets }) => sockets)).toEqual(day.map(() => first.sockets));
    expect(day.map(({ connections }) => connections)).toEqual(day.map(() => 1));
    expect(last.heapMb).toBeLessThan(first.heapMb + 5);
    // Nothing was sent but what was typed, the questions that keep it alive, and for each shell which colours are drawn.
    const connections = 1 + 1 + 1 + 10;
    expect(server.seen.typed).toBe(typed);
    expect(server.seen.others).toEqual(Array.from({ length: connections }, () => 'COLORTERM=truecolor'));
    expect(server.seen.questions).toBe(questions);
    expect(server.seen.connections).toBe(connections);
  } finally {
    app.stop();
    server.cut();
    server.close();
  }
  expect(clock.pending).toBe(0);
});
