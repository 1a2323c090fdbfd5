import { EventEmitter } from 'node:events';
import type { Client } from 'ssh2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectionEnds } from '../../../main/terminal/process/connection-ends.ts';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { TestProcess } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';
import { FakeClock } from './fake-clock.ts';

/** A channel that prints what a test says. */
class FakeChannel extends EventEmitter {
  readonly stderr = { resume: () => undefined };
  closed = false;
  close(): void {
    this.closed = true;
  }
  end(): void {
    // A program that reads finds nothing.
  }
}

/** A server that answers each command with a channel, or refuses it. */
class FakeServer extends EventEmitter {
  readonly asked: string[] = [];
  readonly channels: FakeChannel[] = [];
  answers: (command: string) => string | null | undefined = () => null;

  exec(command: string, opened: (error: Error | undefined, channel: FakeChannel) => void): void {
    this.asked.push(command);
    const channel = new FakeChannel();
    this.channels.push(channel);
    const text = this.answers(command);
    if (text === undefined) return;
    opened(text === null ? new Error('refused') : undefined, channel);
    if (text === null) return;
    channel.emit('data', Buffer.from(text));
    channel.emit('close');
  }
}

const ask = (server: FakeServer, clock = new FakeClock()) =>
  connectionEnds(server as unknown as Client, clock);
const ends = { clientAddress: '198.51.100.7', serverAddress: '203.0.113.42', serverPort: 22 };
const text = '198.51.100.7 50312 203.0.113.42 22';

describe('both ends of a connection', () => {
  it('are asked of a POSIX shell first', async () => {
    const server = new FakeServer();
    server.answers = () => text;
    expect(await ask(server)).toEqual(ends);
    expect(server.asked).toEqual(['printf %s "$SSH_CONNECTION"']);
    expect(server.channels[0]?.closed).toBe(true);
    expect(server.listenerCount('close')).toBe(0);
  });

  it('are asked of cmd.exe where that says nothing', async () => {
    const server = new FakeServer();
    server.answers = (command) => (command.startsWith('echo') ? `${text}\r\n` : '');
    expect(await ask(server)).toEqual(ends);
  });

  it('are not known where commands are refused, and nothing more is asked then', async () => {
    const server = new FakeServer();
    expect(await ask(server)).toBeNull();
    expect(server.asked).toHaveLength(1);
  });

  it('are not known of a menu, or of a flood, which is cut off', async () => {
    const menu = new FakeServer();
    menu.answers = () => 'Choose: 1) status';
    expect(await ask(menu)).toBeNull();
    const flood = new FakeServer();
    flood.answers = () => 'x'.repeat(513);
    expect(await ask(flood)).toBeNull();
    expect(flood.asked).toHaveLength(1);
    expect(flood.channels[0]?.closed).toBe(true);
  });

  it('are not waited for longer than 4 s, nor over the end of the connection', async () => {
    const clock = new FakeClock();
    const silent = new FakeServer();
    silent.answers = () => undefined;
    const late = ask(silent, clock);
    clock.advance(4_000);
    expect(await late).toBeNull();
    const gone = ask(silent);
    silent.emit('close');
    expect(await gone).toBeNull();
  });
});

describeWithSshd('both ends of a session, by a real sshd', () => {
  let sshd: Sshd | null = null;
  let app: TestProcess | null = null;
  afterEach(async () => {
    app?.stop();
    await sshd?.stop();
  });

  const answered = async (config: readonly string[]) => {
    sshd = await startSshd({ config });
    app = new TestProcess();
    const { host, port, user, password } = sshd;
    const view = app.open({ host, port, user, auth: { method: 'password' } });
    await view.answer('host-key', ['yes']);
    await view.answer('password', [password]);
    await view.untilPhase('open');
    const request = { kind: 'ends', sessionId: view.sessionId } as const;
    app.receive({ type: 'request', requestId: 7, request }, null);
    const { answer: told } = await vi.waitFor(() => {
      const message = app?.messages.find((each) => each.type === 'answer');
      if (message === undefined) throw new Error('It has not answered');
      return message;
    });
    // The shell goes on beside it.
    view.type('echo $((40+2))\r');
    await view.untilText('42');
    return told.ok ? told.value : told.error;
  };

  it('are what it says', async () => {
    expect(await answered([])).toEqual({
      clientAddress: '127.0.0.1',
      serverAddress: '127.0.0.1',
      serverPort: sshd?.port,
    });
  });

  it('are not known where it takes one channel alone', async () => {
    expect(await answered(['MaxSessions 1'])).toBeNull();
  });
});
