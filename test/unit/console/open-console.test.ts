import { describe, expect, it } from 'vitest';
import { keyEventMs } from '../../../main/console/keystroke-sender.ts';
import { ok } from '../../../preload/contract/result.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { fakeSockets, Page, rig, type FakeSocket, type RigOptions } from './console-rig.ts';

const mebibyte = 1024 * 1024;

/** Lets the client in without a proof. */
function letIn(socket: FakeSocket | undefined): void {
  socket?.events.onOpen();
  for (const said of [Buffer.from('RFB 003.008\n'), [1, 1], [0, 0, 0, 0]]) socket?.says(said);
}

/** A console that a page looks at, open unless said otherwise; what was sent to let it in is not counted. */
async function looking({ isOpen = true, ...more }: Partial<RigOptions> & { readonly isOpen?: boolean } = {}) {
  const time = new FakeTime();
  const { sockets, openSocket } = fakeSockets();
  const answers = [ok({ url: 'wss://vnc.example/', password: null })];
  const made = rig({ answers, clock: time, openSocket, ...more });
  made.consoles.attach(made.sessionId, made.page);
  await settle();
  if (isOpen) {
    letIn(sockets[0]);
    made.page.begin();
    await settle();
    for (const socket of sockets) socket.sent.length = 0;
  }
  const typed = (): string => keysOf(sockets.flatMap(({ sent }) => sent));
  return { ...made, time, sockets, typed };
}

/** The characters whose keys were pressed. */
function keysOf(sent: readonly Buffer[]): string {
  // Key events have eight bytes, of which the first is 4; all else is part of being let in.
  const events = Buffer.concat(sent.filter((bytes) => bytes[0] === 4 && bytes.length % 8 === 0));
  let text = '';
  for (let at = 0; at < events.length; at += 8) {
    const keysym = events.readUInt32BE(at + 4);
    if (events[at + 1] === 1 && keysym < 0x80) text += String.fromCharCode(keysym);
  }
  return text;
}

describe('an open console', () => {
  it('carries what the page does to the server, and says how much of it was taken', async () => {
    const { page, sockets } = await looking();
    const before = page.told.length;
    const pointer = [5, 1, 0, 1, 0, 2];
    page.sendBytes(...pointer);
    await settle();
    expect(sockets[0]?.sent).toEqual([Buffer.from(pointer)]);
    expect(page.told.slice(before)).toEqual([{ type: 'ack', bytes: 6 }]);
  });

  it('lets the server wait while the page has too much to take', async () => {
    const { page, sockets } = await looking();
    for (let part = 0; part < 5; part += 1) sockets[0]?.says(Buffer.alloc(mebibyte));
    expect(sockets[0]?.asked).toEqual(['pause']);
    page.say({ type: 'ack', bytes: 5 * mebibyte });
    expect(sockets[0]?.asked).toEqual(['pause', 'resume']);
  });

  it('types text, and stops when told', async () => {
    const { page, time, typed } = await looking();
    page.say({ type: 'type', text: 'abc' });
    expect(page.told.at(-1)).toEqual({ type: 'typing', progress: { typed: 0, total: 3 } });
    await time.pass(2 * keyEventMs);
    expect(typed()).toBe('ab');
    page.say({ type: 'stop-typing' });
    expect(page.told.at(-1)).toEqual({ type: 'typing', progress: null });
    await time.pass(60_000);
    expect(typed()).toBe('ab');
  });

  it('types the root password where there is one, and says nothing of it', async () => {
    const { page, time, typed } = await looking({ password: 'fresh-4711' });
    page.say({ type: 'type-password' });
    await time.pass(60_000);
    expect(typed()).toBe('fresh-4711');
    expect(JSON.stringify(page.told)).not.toContain('fresh');

    const none = await looking();
    const before = none.page.told.length;
    none.page.say({ type: 'type-password' });
    await none.time.pass(60_000);
    expect([none.typed(), none.page.told.length]).toEqual(['', before]);
  });

  it('sends a key of the page behind the text that is being typed', async () => {
    const { page, time, sockets, typed } = await looking();
    page.say({ type: 'type', text: 'ab' });
    page.sendBytes(4, 1, 0, 0, 0, 0, 0, 0x79);
    expect(typed()).toBe('a');
    await time.pass(60_000);
    expect(typed()).toBe('aby');
    expect(sockets[0]?.sent).not.toEqual([]);
  });

  it('ends with a page that breaks the rules', async () => {
    const { page, sockets, state } = await looking();
    page.sendBytes(99);
    expect(state()).toEqual({
      phase: 'ended',
      reason: 'protocol-error',
      sentence: 'The console sent something that cannot be read. Press Enter to connect again.',
    });
    expect(sockets[0]?.asked).toEqual(['close']);
  });

  it('ends where the page cannot read what came', async () => {
    const { page, sockets, state } = await looking();
    page.say({ type: 'cancel' });
    expect(state()).toMatchObject({ phase: 'ended', reason: 'protocol-error' });
    expect(sockets[0]?.asked).toEqual(['close']);
  });

  it('is connected again when the page asks for it, with nothing of what was being typed', async () => {
    const { page, time, sockets, state, typed } = await looking();
    page.say({ type: 'type', text: 'abc' });
    page.say({ type: 'connect' });
    expect(page.told).toContainEqual({ type: 'typing', progress: null });
    await settle();
    expect(sockets[0]?.asked).toEqual(['close']);
    expect([sockets.length, state()]).toEqual([2, { phase: 'connecting' }]);
    letIn(sockets[1]);
    await time.pass(60_000);
    expect(typed()).toBe('a');
    // A greeting for each stream.
    expect(page.bytes.toString('latin1').split('RFB 003.008\n')).toHaveLength(3);
  });

  it('says since when it is how it is', async () => {
    const { consoles, time, sockets } = await looking();
    const openSinceMs = time.now();
    await time.pass(5_000);
    expect(consoles.sessions()[0]?.sinceMs).toBe(openSinceMs);
    sockets[0]?.ends('Closed.');
    expect(consoles.sessions()[0]?.sinceMs).toBe(openSinceMs + 5_000);
  });
});

describe('a console that is not open', () => {
  it('types nothing, and takes nothing that the page sends', async () => {
    const { page, time, sockets, state } = await looking({ isOpen: false, password: 'fresh-4711' });
    const told = page.told.length;
    page.say({ type: 'type', text: 'abc' });
    page.say({ type: 'type-password' });
    page.say({ type: 'ack', bytes: 1 });
    page.sendBytes(99);
    await time.pass(10_000);
    expect([sockets[0]?.sent, page.told.length]).toEqual([[], told]);
    expect(state()).toEqual({ phase: 'connecting' });
  });

  it('begins nothing new while it connects', async () => {
    const { page, sockets, asked } = await looking({ isOpen: false });
    page.say({ type: 'connect' });
    await settle();
    expect([sockets.length, asked.length]).toEqual([1, 1]);
  });

  it('is cancelled, and once it has ended there is nothing to cancel', async () => {
    const { page, sockets, state } = await looking({ isOpen: false });
    page.say({ type: 'cancel' });
    const ended = {
      phase: 'ended',
      reason: 'cancelled',
      sentence: 'Connecting was canceled. Press Enter to connect again.',
    };
    expect([state(), sockets[0]?.asked]).toEqual([ended, ['close']]);
    const told = page.told.length;
    page.say({ type: 'cancel' });
    expect([state(), page.told.length]).toEqual([ended, told]);
    page.say({ type: 'connect' });
    await settle();
    expect([sockets.length, state()]).toEqual([2, { phase: 'connecting' }]);
  });

  it('takes nothing more after it has ended, and can be cancelled while it connects again', async () => {
    const { page, time, sockets, state } = await looking();
    sockets[0]?.ends('Closed.');
    const told = page.told.length;
    page.say({ type: 'type', text: 'abc' });
    page.sendBytes(5, 1, 0, 1, 0, 2);
    sockets[0]?.says([1, 2, 3]);
    await time.pass(60_000);
    expect([sockets[0]?.sent, page.told.length]).toEqual([[], told]);
    page.say({ type: 'connect' });
    await settle();
    page.say({ type: 'cancel' });
    expect(state()).toMatchObject({ phase: 'ended', reason: 'cancelled' });
  });
});

describe('the page of a console', () => {
  it('is one: the next takes its place, with a connection of its own', async () => {
    const { consoles, sessionId, page, sockets, state } = await looking();
    const next = new Page();
    expect(consoles.attach(sessionId, next)).toBe(true);
    await settle();
    expect([page.isClosed, sockets[0]?.asked, sockets.length]).toEqual([true, ['close'], 2]);
    const told = page.told.length;
    letIn(sockets[1]);
    expect(state()).toEqual({ phase: 'open' });
    expect([next.phases.at(-1), page.told.length]).toEqual(['open', told]);
    // What the older one still says is not heard.
    page.say({ type: 'cancel' });
    page.close();
    expect(state()).toEqual({ phase: 'open' });
    expect(sockets[1]?.asked).toEqual([]);
  });

  it('takes the connection along when it goes; the next one connects again', async () => {
    const { consoles, sessionId, page, sockets, state } = await looking();
    page.close();
    expect([state(), sockets[0]?.asked]).toEqual([{ phase: 'waiting' }, ['close']]);
    consoles.attach(sessionId, new Page());
    await settle();
    expect([state(), sockets.length]).toEqual([{ phase: 'connecting' }, 2]);
  });
});
