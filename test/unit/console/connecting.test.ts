import { describe, expect, it } from 'vitest';
import type { ConsoleAccess } from '../../../main/console/connect.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { fakeSockets, rig, type FakeSocket, type RigOptions } from './console-rig.ts';

const access: ConsoleAccess = {
  url: 'wss://vnc.example/vnc?token=token-1&path=path-1',
  password: 'secret',
};
const version = Buffer.from('RFB 003.008\n');
const vncAuthentication = [1, 2];
const noSecurity = [1, 1];
const done = [0, 0, 0, 0];
const wrong = [0, 0, 0, 1, 0, 0, 0, 0];
const challenge = Buffer.alloc(16);

/** A console that a page looks at, and whose first connection is being made. */
async function connecting(options: Partial<RigOptions> = {}) {
  const time = new FakeTime();
  const { sockets, openSocket } = fakeSockets();
  const masked: string[] = [];
  const made = rig({
    ...{ answers: [ok(access)], clock: time, openSocket },
    mask: (secret) => {
      masked.push(secret);
      return () => void masked.splice(masked.indexOf(secret), 1);
    },
    ...options,
  });
  made.consoles.attach(made.sessionId, made.page);
  await settle();
  const socket = (index = 0): FakeSocket => {
    const found = sockets[index];
    if (found === undefined) throw new Error(`No connection ${index} was opened.`);
    return found;
  };
  return { ...made, time, sockets, socket, masked };
}

/** Lets the client in without a proof. */
function letIn(socket: FakeSocket): void {
  socket.events.onOpen();
  socket.says(version);
  socket.says(noSecurity);
  socket.says(done);
}
/** Asks for the password, and refuses it. */
function refusePassword(socket: FakeSocket): void {
  socket.events.onOpen();
  for (const said of [version, vncAuthentication, challenge, wrong]) socket.says(said);
}

describe('a console that is being connected', () => {
  it('answers step by step, and is open with what comes after the last one', async () => {
    const { page, socket, state, time } = await connecting({ roots: ['the certificate'] });
    expect(socket().url).toBe(access.url);
    expect(socket().options).toEqual({ clock: time, roots: ['the certificate'] });
    expect(page.phases).toEqual(['asking', 'connecting']);
    socket().events.onOpen();
    expect(state()).toEqual({ phase: 'authenticating' });
    socket().says(version.subarray(0, 5));
    socket().says(version.subarray(5));
    socket().says(noSecurity);
    expect(Buffer.concat(socket().sent)).toEqual(Buffer.concat([version, Buffer.of(1)]));
    expect(page.bytes).toHaveLength(0);
    socket().says([...done, 7, 7]);
    expect(page.phases).toEqual(['asking', 'connecting', 'authenticating', 'open']);
    // The page's stream begins with a greeting of its own, then with what the server said.
    expect(page.bytes).toEqual(Buffer.concat([version, Buffer.of(7, 7)]));
    socket().says([8]);
    expect(page.bytes.at(-1)).toBe(8);
  });

  it('has 15 s to let us in, and as long as it likes after that', async () => {
    const late = await connecting();
    late.socket().events.onOpen();
    await late.time.pass(14_999);
    expect(late.state()).toEqual({ phase: 'authenticating' });
    await late.time.pass(1);
    expect(late.state()).toEqual({
      phase: 'ended',
      reason: 'timeout',
      sentence: 'The console did not answer within 15 s. Press Enter to connect again.',
    });
    expect(late.socket().asked).toEqual(['close']);

    const open = await connecting();
    letIn(open.socket());
    expect(open.time.pendingTimers).toBe(0);
    await open.time.pass(3_600_000);
    expect(open.state()).toEqual({ phase: 'open' });
    expect(open.socket().asked).toEqual([]);
  });

  it('that is slow to say why it refuses has refused', async () => {
    const { socket, time, state } = await connecting();
    socket().says(version);
    socket().says(Buffer.from('\0\0\0\0\x20No console'));
    await time.pass(15_000);
    expect(state()).toMatchObject({
      reason: 'refused',
      sentence: 'The console refused the connection: “No console”. Press Enter to connect again.',
    });
  });

  it('ends once, whatever its connection says after that', async () => {
    const { socket, state, page, asked, time } = await connecting();
    socket().ends('It is full.');
    const told = page.told.length;
    expect(state()).toMatchObject({ phase: 'ended', sentence: 'It is full.' });
    socket().ends('It is gone.', true);
    socket().says(version);
    socket().says([1, 99]);
    await time.pass(60_000);
    expect(state()).toMatchObject({ sentence: 'It is full.' });
    expect([page.told.length, asked.length]).toEqual([told, 1]);
    expect(socket().asked).toEqual(['close']);
  });

  it('has its secrets masked in the log as long as it lasts', async () => {
    const { socket, masked } = await connecting();
    expect(masked).toEqual([access.url, 'token-1', 'path-1', 'secret']);
    letIn(socket());
    expect(masked).toHaveLength(4);
    socket().ends('Closed.');
    expect(masked).toEqual([]);

    const odd = await connecting({ answers: [ok({ url: 'no address', password: null })] });
    expect(odd.masked).toEqual(['no address']);
    odd.page.close();
    expect(odd.masked).toEqual([]);
    expect(odd.socket().asked).toEqual(['close']);
  });
});

describe('a page that goes while its console is being connected', () => {
  it('gives up the request to the API, and opens nothing when it is answered', async () => {
    let answer: (access: Result<ConsoleAccess, ApiError>) => void = () => undefined;
    const { page, asked, state, sockets } = await connecting({
      answers: [new Promise((resolve) => (answer = resolve))],
    });
    expect(state()).toEqual({ phase: 'asking' });
    page.close();
    expect([asked[0]?.aborted, state()]).toEqual([true, { phase: 'waiting' }]);
    answer(ok(access));
    await settle();
    expect([sockets, state()]).toEqual([[], { phase: 'waiting' }]);
  });

  it('is told nothing of what the API says too late', async () => {
    let answer: (access: Result<ConsoleAccess, ApiError>) => void = () => undefined;
    const { page, state } = await connecting({ answers: [new Promise((resolve) => (answer = resolve))] });
    page.close();
    answer(fail({ kind: 'offline', message: 'No network' }));
    await settle();
    expect(state()).toEqual({ phase: 'waiting' });
  });

  it('takes the connection along', async () => {
    const { page, socket, state, time } = await connecting();
    page.close();
    expect(socket().asked).toEqual(['close']);
    socket().ends('Closed.', true);
    await time.pass(60_000);
    expect(state()).toEqual({ phase: 'waiting' });
  });
});

describe('access that is refused', () => {
  it('is asked for again, once: then it has expired', async () => {
    const { page, sockets, socket, asked, state } = await connecting();
    socket().ends('Status 401.', true);
    await settle();
    // The same address and password: the token alone may have been refused.
    expect([sockets.length, asked.length]).toEqual([2, 2]);
    expect(socket().asked).toEqual(['close']);
    socket(1).ends('Status 401.', true);
    await settle();
    expect(state()).toEqual({
      phase: 'ended',
      reason: 'expired',
      sentence:
        'The console refused its access, also when it was requested again. Press Enter to connect again.',
    });
    expect(page.phases).toEqual(['asking', 'connecting', 'asking', 'connecting', 'ended']);
    expect(asked).toHaveLength(2);
  });

  it('and fails for another reason the second time says that reason', async () => {
    const { sockets, socket, state } = await connecting();
    socket().ends('Status 401.', true);
    await settle();
    socket(1).ends('Status 502.');
    expect(state()).toMatchObject({ sentence: 'Status 502.' });
    expect(sockets).toHaveLength(2);
  });

  it('says what the API says, where that gives none the second time', async () => {
    const { socket, state } = await connecting({
      answers: [ok(access), fail({ kind: 'invalid', message: 'It is not running.', fields: {} })],
    });
    socket().ends('Status 401.', true);
    await settle();
    expect(state()).toMatchObject({
      reason: 'refused',
      sentence: 'It is not running. Press Enter to connect again.',
    });
  });

  it('by its password is not tried with the same one again', async () => {
    const { sockets, socket, state, asked } = await connecting();
    refusePassword(socket());
    await settle();
    expect(state()).toEqual({
      phase: 'ended',
      reason: 'authentication-failed',
      sentence:
        'The console refused its password, and the API gave the same one when it was asked again. Press Enter to connect again.',
    });
    expect([sockets.length, asked.length]).toEqual([1, 2]);
  });

  it('by its password is tried with another one, and goes in or says so', async () => {
    const answers = [ok(access), ok({ ...access, password: 'another' })];
    const good = await connecting({ answers });
    refusePassword(good.socket());
    await settle();
    letIn(good.socket(1));
    expect(good.state()).toEqual({ phase: 'open' });

    const bad = await connecting({ answers });
    refusePassword(bad.socket());
    await settle();
    refusePassword(bad.socket(1));
    await settle();
    expect(bad.state()).toMatchObject({
      reason: 'authentication-failed',
      sentence: 'The console refused its password, also a fresh one. Press Enter to connect again.',
    });
    expect(bad.asked).toHaveLength(2);
  });

  it('once it was open is no such thing: it ends, and nothing is asked for again', async () => {
    const { sockets, socket, state, asked } = await connecting();
    letIn(socket());
    socket().ends('The line is cut.', true);
    await settle();
    expect(state()).toMatchObject({ phase: 'ended', sentence: 'The line is cut.' });
    expect([sockets.length, asked.length]).toEqual([1, 1]);
  });
});
