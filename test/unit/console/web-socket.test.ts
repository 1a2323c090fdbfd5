import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openSecureSocket, type SocketEnd } from '../../../main/console/secure-socket.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

/** The WebSocket as ws has it, of which the test is the other side. */
class FakeWebSocket extends EventEmitter {
  readonly asked: string[] = [];
  readonly sent: Uint8Array[] = [];
  readonly taken: (() => void)[] = [];
  isPaused = false;
  readonly url: string;
  readonly protocols: readonly string[];
  readonly options: object;
  constructor(url: string, protocols: readonly string[], options: object) {
    super();
    this.url = url;
    this.protocols = protocols;
    this.options = options;
    made.push(this);
  }
  send(bytes: Uint8Array, taken: () => void): void {
    this.sent.push(bytes);
    this.taken.push(taken);
  }
  ping(): void {
    this.asked.push('ping');
  }
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  terminate(): void {
    this.asked.push('terminate');
  }
}
const made: FakeWebSocket[] = [];
vi.mock('ws', () => ({
  get WebSocket() {
    return FakeWebSocket;
  },
}));
beforeEach(() => {
  made.length = 0;
});

const roots = ['the root'];

function opening() {
  const clock = new FakeTime();
  const ends: SocketEnd[] = [];
  const data: string[] = [];
  let opened = 0;
  const socket = openSecureSocket(
    'wss://vnc.example/vnc?token=t',
    { clock, roots },
    {
      onOpen: () => (opened += 1),
      onData: (bytes) => data.push(Buffer.from(bytes).toString()),
      onEnd: (end) => ends.push(end),
    },
  );
  const server = made[0];
  if (server === undefined) throw new Error('No WebSocket was made.');
  return { socket, server, clock, ends, data, opened: () => opened };
}
type Opening = ReturnType<typeof opening>;
const reasons = ({ ends }: Opening) => ends.map(({ ending }) => ending.reason);
const failure = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code !== undefined && { code });

describe('the WebSocket of a console', () => {
  it('verifies its certificate by what it is to trust, follows nothing, and takes no endless frame', () => {
    const { server, ends } = opening();
    expect(server.url).toBe('wss://vnc.example/vnc?token=t');
    expect(server.protocols).toEqual(['binary']);
    expect(server.options).toEqual({
      ca: roots,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      followRedirects: false,
      maxPayload: 33_554_432,
      perMessageDeflate: false,
    });
    expect(ends).toEqual([]);
  });

  it('takes an answer without a subprotocol for the one that it asked for, and leaves another as it is', () => {
    const { server } = opening();
    const without: Record<string, string> = {};
    server.emit('upgrade', { headers: without });
    expect(without).toEqual({ 'sec-websocket-protocol': 'binary' });
    const other = { 'sec-websocket-protocol': 'chat' };
    server.emit('upgrade', { headers: other });
    expect(other).toEqual({ 'sec-websocket-protocol': 'chat' });
  });

  it('hands on what comes, and says when what is sent was taken', async () => {
    const { socket, server, data, opened } = opening();
    server.emit('open');
    expect(opened()).toBe(1);
    server.emit('message', Buffer.from('screen'), true);
    expect(data).toEqual(['screen']);
    let isTaken = false;
    void socket.send(Buffer.from('key')).then(() => (isTaken = true));
    await settle();
    expect([server.sent, isTaken]).toEqual([[Buffer.from('key')], false]);
    server.taken[0]?.();
    await settle();
    expect(isTaken).toBe(true);
  });

  it('reads no more while it is paused', () => {
    const { socket, server } = opening();
    socket.pause();
    expect(server.isPaused).toBe(true);
    socket.resume();
    expect(server.isPaused).toBe(false);
  });

  it('that was closed here says nothing more, and takes what is sent as if it were', async () => {
    const it = opening();
    it.server.emit('open');
    it.socket.close();
    expect(it.server.asked).toEqual(['terminate']);
    it.server.emit('message', Buffer.from('late'), true);
    it.server.emit('error', failure('late'));
    it.server.emit('close', 1006, Buffer.alloc(0));
    await it.socket.send(Buffer.from('late'));
    await it.clock.pass(60_000);
    expect([it.ends, it.data, it.server.sent, it.server.asked]).toEqual([[], [], [], ['terminate']]);
  });

  it('ends once', () => {
    const it = opening();
    it.server.emit('error', failure('connect ECONNREFUSED', 'ECONNREFUSED'));
    it.server.emit('close', 1006, Buffer.alloc(0));
    expect(reasons(it)).toEqual(['unreachable']);
    expect(it.server.asked).toEqual(['terminate']);
  });

  it('ends where text comes, or a message in pieces', () => {
    const text = opening();
    text.server.emit('message', Buffer.from('text'), false);
    expect([reasons(text), text.data]).toEqual([['protocol-error'], []]);
    made.length = 0;
    const pieces = opening();
    pieces.server.emit('message', [Buffer.from('a'), Buffer.from('b')], true);
    expect([reasons(pieces), pieces.data]).toEqual([['protocol-error'], []]);
  });

  it('repeats why it was closed', () => {
    const it = opening();
    it.server.emit('close', 1011, Buffer.from('No console'));
    expect(it.ends[0]).toMatchObject({
      ending: { reason: 'closed', sentence: expect.stringContaining('“No console”') as string },
      isRefusedAccess: false,
    });
  });
});

describe('a console that is silent', () => {
  it('is asked every 15 s whether it is there, and lost after two questions without an answer', async () => {
    const it = opening();
    await it.clock.pass(60_000);
    expect(it.server.asked).toEqual([]);
    it.server.emit('open');
    await it.clock.pass(14_999);
    expect(it.server.asked).toEqual([]);
    await it.clock.pass(1);
    await it.clock.pass(15_000);
    expect(it.server.asked).toEqual(['ping', 'ping']);
    await it.clock.pass(14_999);
    expect(it.ends).toEqual([]);
    await it.clock.pass(1);
    expect(it.ends).toMatchObject([
      { ending: { reason: 'lost', sentence: expect.stringContaining('no answer for 30 s') as string } },
    ]);
    expect(it.server.asked).toEqual(['ping', 'ping', 'terminate']);
    expect(it.clock.pendingTimers).toBe(0);
  });

  it.each([
    ['an answer', (server: FakeWebSocket) => server.emit('pong')],
    ['the screen', (server: FakeWebSocket) => server.emit('message', Buffer.from('screen'), true)],
  ])('is there as long as there is %s in between', async (_what, answers) => {
    const it = opening();
    it.server.emit('open');
    for (let round = 0; round < 5; round += 1) {
      await it.clock.pass(30_000);
      answers(it.server);
    }
    expect(it.ends).toEqual([]);
  });

  it('is not lost while nothing is read: its answers are not either', async () => {
    const it = opening();
    it.server.emit('open');
    it.socket.pause();
    await it.clock.pass(300_000);
    expect(it.ends).toEqual([]);
    it.socket.resume();
    await it.clock.pass(45_000);
    expect(reasons(it)).toEqual(['lost']);
  });
});

describe('a console that does not open', () => {
  it.each([
    [300, 'insecure', false],
    [302, 'insecure', false],
    [399, 'insecure', false],
    [400, 'unreachable', false],
    [401, 'unreachable', true],
    [403, 'unreachable', true],
    [404, 'unreachable', true],
    [410, 'unreachable', true],
    [429, 'unreachable', false],
    [502, 'unreachable', false],
    [299, 'unreachable', false],
  ])('with status %i ends as %s; its access was refused: %j', (statusCode, reason, isRefusedAccess) => {
    const { server, ends } = opening();
    server.emit('unexpected-response', {}, { statusCode });
    expect(ends).toMatchObject([{ ending: { reason }, isRefusedAccess }]);
    if (reason === 'unreachable') expect(ends[0]?.ending.sentence).toContain(`status ${statusCode}`);
  });

  const certificate = 'certificate was not accepted';
  const noTls = 'speaks no TLS';
  const brokenTls = 'broke off the encryption (TLS)';
  const noWebSocket = 'is no WebSocket';
  const unreachable = 'could not be reached';
  it.each([
    ['CERT_HAS_EXPIRED', 'certificate has expired', certificate],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', certificate],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', certificate],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', certificate],
    ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", certificate],
    ['HOSTNAME_MISMATCH', 'hostname mismatch', certificate],
    ['INVALID_CA', 'invalid CA certificate', certificate],
    ['INVALID_PURPOSE', 'unsuitable certificate purpose', certificate],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'SSL routines:ssl3_get_record:wrong version number', noTls],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'SSL routines::packet length too long', noTls],
    ['EPROTO', 'error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER', noTls],
    ['EPROTO', 'error:1000009c:SSL routines:OPENSSL_internal:HTTP_REQUEST', noTls],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'sslv3 alert handshake failure', brokenTls],
    ['EPROTO', 'write EPROTO', brokenTls],
    ['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', noWebSocket],
    [undefined, 'Invalid Sec-WebSocket-Accept header', noWebSocket],
    [undefined, 'Server sent an invalid subprotocol', noWebSocket],
    ['ECONNREFUSED', 'connect ECONNREFUSED 203.0.113.7:443', unreachable],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND vnc.example', unreachable],
    ['XEPROTO', 'no such code', unreachable],
    ['EPROTOTYPE', 'no such code', unreachable],
    [undefined, 'The Server sent nothing', unreachable],
    [undefined, 'Invalidated', unreachable],
    ['WS_ERR_INVALID_OPCODE', 'Invalid WebSocket frame', 'sent something that cannot be read'],
  ])('for %s (%s) says that it %s', (code, message, sentence) => {
    const { server, ends } = opening();
    server.emit('error', failure(message, code));
    expect(ends).toHaveLength(1);
    expect(ends[0]?.ending.sentence).toContain(sentence);
    expect(ends[0]?.isRefusedAccess).toBe(false);
  });

  it('is told from one that opened and broke', () => {
    const lost = opening();
    lost.server.emit('open');
    lost.server.emit('error', failure('read ECONNRESET', 'ECONNRESET'));
    expect(reasons(lost)).toEqual(['lost']);
    made.length = 0;
    const broken = opening();
    broken.server.emit('open');
    broken.server.emit('error', failure('Max payload size exceeded', 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'));
    expect(reasons(broken)).toEqual(['protocol-error']);
  });
});

describe('an address that is not opened', () => {
  it.each(['ws://vnc.example/', 'vnc'])('as %s ends by itself, and until then does nothing', async (url) => {
    const ends: string[] = [];
    const events = { onOpen: vi.fn(), onData: vi.fn() };
    const onEnd = ({ ending, isRefusedAccess }: SocketEnd) =>
      ends.push(`${ending.reason} ${isRefusedAccess}`);
    const options = { clock: new FakeTime(), roots };
    const socket = openSecureSocket(url, options, { ...events, onEnd });
    // After the caller has it.
    expect(ends).toEqual([]);
    socket.pause();
    socket.resume();
    await socket.send(Buffer.from('key'));
    await settle();
    expect([ends, made.length]).toEqual([['insecure false'], 0]);
    const closed = openSecureSocket(url, options, { ...events, onEnd });
    closed.close();
    await settle();
    expect(ends).toHaveLength(1);
    expect(events.onOpen).not.toHaveBeenCalled();
  });
});
