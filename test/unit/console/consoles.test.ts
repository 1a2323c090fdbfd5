import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createConsoles } from '../../../main/console/consoles.ts';
import type { ConsoleAccess } from '../../../main/console/connect.ts';
import type { ConsolePort } from '../../../main/console/console-session.ts';
import { openSecureSocket, type OpenSocket } from '../../../main/console/secure-socket.ts';
import { redact, registerSecret } from '../../../main/log/index.ts';
import { systemClock } from '../../../main/clock/index.ts';
import type { AccountId, SessionId } from '../../../preload/contract/brands.ts';
import type { ConsolePhase, PortFromConsole, PortToConsole } from '../../../preload/contract/console.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { startTestSandbox } from '../sandbox/harness.ts';

const account = 'jane' as AccountId;
const web = instanceId('web');

/** A page's end of a console. */
class Page implements ConsolePort {
  readonly told: PortFromConsole[] = [];
  readonly #onMessage: ((event: { readonly data: unknown }) => void)[] = [];
  readonly #onClose: (() => void)[] = [];

  postMessage(message: PortFromConsole): void {
    this.told.push(message);
  }
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  on(event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void): void {
    if (event === 'message') this.#onMessage.push(listener);
    else this.#onClose.push(() => listener({ data: undefined }));
  }
  start(): void {
    // Messages of the test come after it.
  }
  close(): void {
    for (const listener of this.#onClose) listener();
  }
  say(message: PortToConsole | { readonly type: string }): void {
    for (const listener of this.#onMessage) listener({ data: message });
  }
  get phases(): readonly ConsolePhase['phase'][] {
    return this.told.flatMap((message) => (message.type === 'state' ? [message.state.phase] : []));
  }
  get bytes(): Buffer {
    return Buffer.concat(this.told.flatMap((message) => (message.type === 'data' ? [message.bytes] : [])));
  }
  /** Goes through the greeting and asks for a shared desktop, as noVNC does. */
  begin(): void {
    for (const bytes of [Buffer.from('RFB 003.008\n'), Buffer.from([1]), Buffer.from([1])]) {
      this.say({ type: 'data', bytes: new Uint8Array(bytes) });
    }
  }
}

interface Rig {
  readonly answers: Result<ConsoleAccess, ApiError>[];
  readonly openSocket?: OpenSocket;
  readonly password?: string;
  readonly roots?: string[];
}

function rig({ answers, openSocket = openSecureSocket, password, roots = [] }: Rig) {
  const asked: AbortSignal[] = [];
  const consoles = createConsoles({
    clock: systemClock,
    openSocket,
    mask: registerSecret,
    newSessionId: () => 'one' as SessionId,
    find: (id) => (id === web ? { accountId: account, title: 'web-1' } : null),
    ask: (_account, _instance, signal) => {
      asked.push(signal);
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      if (answer === undefined) throw new Error('The test has no answer.');
      return Promise.resolve(answer);
    },
    roots: () => roots,
    password: () => password ?? null,
    onChanged: () => undefined,
  });
  onTestFinished(() => consoles.stop());
  const page = new Page();
  const sessionId = consoles.open(web);
  if (sessionId === null) throw new Error('The console did not open.');
  const state = (): ConsolePhase | undefined => consoles.sessions()[0]?.state;
  const ended = (): Promise<string> =>
    vi.waitFor(() => {
      const now = state();
      if (now?.phase !== 'ended') throw new Error('It has not ended.');
      return now.sentence;
    });
  return { consoles, page, sessionId, asked, state, ended };
}

describe('a console on a real connection', () => {
  async function onSandbox(password?: string) {
    const { sandbox, control, ask, idOf } = await startTestSandbox();
    const id = await idOf('api-prod-1');
    const access = async (): Promise<ConsoleAccess> => {
      const { at } = await ask('GET', `/instances/${id}/vnc`);
      return { url: String(at('url')), password: String(at('password')) };
    };
    const lines = async (): Promise<string> => (await control.consoleLines(id)).join('\n');
    const reset = async (): Promise<string> =>
      String((await ask('POST', `/instances/${id}/reset-password`)).at('password'));
    return {
      access,
      lines,
      reset,
      id,
      control,
      roots: [sandbox.consoleCertificate],
      ...(password && { password }),
    };
  }

  it('proves the password, shows the page none of it, and types', async () => {
    const { access, lines, roots, reset } = await onSandbox();
    const given = await access();
    const password = await reset();
    const { consoles, page, sessionId, state } = rig({ answers: [ok(given)], roots, password });
    expect(state()).toEqual({ phase: 'waiting' });
    consoles.attach(sessionId, page);
    await vi.waitFor(() => expect(state()).toEqual({ phase: 'open' }));
    expect(page.phases).toEqual(['asking', 'connecting', 'authenticating', 'open']);
    page.begin();
    // The greeting without a proof, then the screen's size and name.
    await vi.waitFor(() => expect(page.bytes.toString('latin1')).toContain('api-prod-1'));
    expect(page.bytes.subarray(12, 18)).toEqual(Buffer.from([1, 1, 0, 0, 0, 0]));

    page.say({ type: 'type', text: 'root\n' });
    await vi.waitFor(async () => expect(await lines()).toContain('Password:'), 5_000);
    page.say({ type: 'type-password' });
    await vi.waitFor(() => expect(page.told.at(-1)).toEqual({ type: 'typing', progress: null }), 5_000);
    page.say({ type: 'type', text: '\necho "in"-"side"\n' });
    await vi.waitFor(async () => expect(await lines()).toContain('in-side'), 5_000);

    const said = JSON.stringify(page.told) + JSON.stringify(consoles.sessions());
    for (const secret of [given.url, given.password ?? '', password]) expect(said).not.toContain(secret);
    expect(redact(`${given.url} ${given.password ?? ''}`)).not.toContain(given.password);
  });

  it('asks once for a fresh access where the first has expired, and then says so', async () => {
    const { access, roots } = await onSandbox();
    const old = await access();
    const fresh = await access();
    const good = rig({ answers: [ok(old), ok(fresh)], roots });
    good.consoles.attach(good.sessionId, good.page);
    await vi.waitFor(() => expect(good.state()).toEqual({ phase: 'open' }));
    expect(good.asked).toHaveLength(2);

    const bad = rig({ answers: [ok(old)], roots });
    bad.consoles.attach(bad.sessionId, bad.page);
    expect(await bad.ended()).toBe(
      'The console refused its access, also when it was requested again. Press Enter to connect again.',
    );
    expect(bad.asked).toHaveLength(2);
    bad.page.say({ type: 'connect' });
    await vi.waitFor(() => expect(bad.asked).toHaveLength(4));
  });

  /** Counts the connections, which a server counts as well. */
  function counted() {
    const opened: string[] = [];
    const openSocket: OpenSocket = (url, ...rest) => {
      opened.push(url);
      return openSecureSocket(url, ...rest);
    };
    return { opened, openSocket };
  }

  it('tries a refused password again only where the API gives another', async () => {
    const { access, roots } = await onSandbox();
    const { opened, openSocket } = counted();
    const same = rig({ answers: [ok({ ...(await access()), password: 'wrong' })], roots, openSocket });
    same.consoles.attach(same.sessionId, same.page);
    expect(await same.ended()).toMatch(/refused its password, and the API gave the same one/);
    expect(same.asked).toHaveLength(2);
    expect(opened).toHaveLength(1);

    const stale = { ...(await access()), password: 'wrong' };
    const changed = rig({ answers: [ok(stale), ok(await access())], roots });
    changed.consoles.attach(changed.sessionId, changed.page);
    await vi.waitFor(() => expect(changed.state()).toEqual({ phase: 'open' }));
  });

  it('says that a fresh password was refused as well', async () => {
    const { access, roots } = await onSandbox();
    const { opened, openSocket } = counted();
    const answers = [
      ok({ ...(await access()), password: 'wrong' }),
      ok({ ...(await access()), password: 'other' }),
    ];
    const { consoles, page, sessionId, ended } = rig({ answers, roots, openSocket });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('refused its password, also a fresh one.');
    expect(opened).toHaveLength(2);
  });

  it('trusts no certificate but those it is told of', async () => {
    const { access } = await onSandbox();
    const { consoles, page, sessionId, ended } = rig({ answers: [ok(await access())] });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('certificate was not accepted');
  });

  it('ends with the server, and a page that goes ends it', async () => {
    const { access, roots, id, control } = await onSandbox();
    const first = rig({ answers: [ok(await access())], roots });
    first.consoles.attach(first.sessionId, first.page);
    await vi.waitFor(() => expect(first.state()).toEqual({ phase: 'open' }));
    first.page.close();
    expect(first.state()).toEqual({ phase: 'waiting' });

    const second = rig({ answers: [ok(await access())], roots });
    second.consoles.attach(second.sessionId, second.page);
    await vi.waitFor(() => expect(second.state()).toEqual({ phase: 'open' }));
    await control.patchInstance(id, { status: 'stopped' });
    expect(await second.ended()).toContain('closed by its server');
  });
});

describe('a console that lets nobody in', () => {
  /** `result`: what it answers to the password, with its reason. */
  const refusing = async (result: number, words: string) => {
    let opened = 0;
    const openSocket: OpenSocket = (_url, _options, { onOpen, onData }) => {
      opened += 1;
      const reason = Buffer.from(words);
      const said = Buffer.concat([
        Buffer.from('RFB 003.008\n\x01\x02'),
        Buffer.alloc(16),
        Buffer.from([0, 0, 0, result, 0, 0, 0, reason.length]),
        reason,
      ]);
      queueMicrotask(() => {
        onOpen();
        onData(said);
      });
      return { send: () => Promise.resolve(), close: () => undefined } as unknown as ReturnType<OpenSocket>;
    };
    const answers = [ok({ url: 'wss://vnc.example/1', password: 'secret' })];
    const { consoles, sessionId, page, asked, ended } = rig({ answers, openSocket });
    consoles.attach(sessionId, page);
    return { sentence: await ended(), asked: asked.length, opened };
  };

  it.each([
    [2, 'Wait', ': “Wait”'],
    [2, '', ''],
    [1, 'Too many authentication failures', ': “Too many authentication failures”'],
    [1, 'too many '.repeat(100), ': “too many too many'],
  ])('since too many failed (%i, %j) says so, and is not tried again', async (result, words, said) => {
    const { sentence, asked, opened } = await refusing(result, words);
    expect(sentence).toContain(`takes no sign-in for a while, since too many have failed${said}`);
    expect(sentence).not.toContain('password');
    expect(sentence.length).toBeLessThan(400);
    expect([asked, opened]).toEqual([1, 1]);
  });

  it.each([
    ['No such console', ': “No such console”'],
    ['a\u202eb\u001b[2J', ': “a b [2J”'],
    // Says no more than that it refused.
    ['Authentication failed', ''],
    ['Authentication failure!', ''],
    ['Authentication: no password is set', ': “Authentication: no password is set”'],
  ])('for its password says why: %j', async (words, said) => {
    const { sentence, asked, opened } = await refusing(1, words);
    expect(sentence).toContain(`The console refused its password${said}, and the API gave the same one`);
    expect([asked, opened]).toEqual([2, 1]);
  });
});

describe('a console that cannot be opened', () => {
  it('says what the API says', async () => {
    const error = { kind: 'invalid', message: 'This instance is not running.', fields: {} } as const;
    const { consoles, page, sessionId, ended } = rig({ answers: [fail(error)] });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('This instance is not running.');
  });

  it('opens no address but wss, which the decoder calls drift', async () => {
    const { consoles, page, sessionId, ended } = rig({ answers: [fail({ kind: 'drift', message: 'x' })] });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('no encrypted address (wss)');
  });

  it('is cancelled, and takes nothing that is no message', async () => {
    const opened: string[] = [];
    const never: OpenSocket = (url) => {
      opened.push(url);
      return {
        send: () => Promise.resolve(),
        pause: () => undefined,
        resume: () => undefined,
        close: () => opened.push('closed'),
      };
    };
    const access = { url: 'wss://vnc.example/?token=abcdef', password: null };
    const { consoles, page, sessionId, state, ended } = rig({ answers: [ok(access)], openSocket: never });
    consoles.attach(sessionId, page);
    await vi.waitFor(() => expect(state()).toEqual({ phase: 'connecting' }));
    page.say({ type: 'nonsense' });
    page.say({ type: 'connect' });
    page.say({ type: 'cancel' });
    expect(await ended()).toContain('canceled');
    expect(opened).toEqual([access.url, 'closed']);
  });

  it.each([
    [
      Buffer.from('\0\0\0\0\x1aToo many security failures'),
      'takes no sign-in for a while, since too many have failed: “Too many security failures”.',
    ],
    [Buffer.from('\0\0\0\0\x1aToo many'), 'since too many have failed: “Too many”.'],
    [Buffer.from('\0'), 'refused the connection. Somebody else may have it open.'],
    [Buffer.from([2, 5, 19]), 'no way to sign in that the app knows. It offers RA2, VeNCrypt.'],
  ])('repeats why the server refuses, also where it hangs up in the middle', async (said, sentence) => {
    const refusing: OpenSocket = (_url, _options, { onOpen, onData, onEnd }) => {
      setImmediate(() => {
        onOpen();
        onData(Buffer.from('RFB 003.008\n'));
        onData(said);
        onEnd({ ending: { phase: 'ended', reason: 'closed', sentence: 'Closed.' }, isRefusedAccess: false });
      });
      const nothing = (): void => undefined;
      return { send: () => Promise.resolve(), pause: nothing, resume: nothing, close: nothing };
    };
    const access = { url: 'wss://vnc.example/', password: 'secret' };
    const { consoles, page, sessionId, ended } = rig({ answers: [ok(access)], openSocket: refusing });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain(sentence);
  });

  it('is given up after a while', async () => {
    const clock = new FakeTime();
    const never: OpenSocket = () => ({
      send: () => Promise.resolve(),
      pause: () => undefined,
      resume: () => undefined,
      close: () => undefined,
    });
    const consoles = createConsoles({
      ...{ clock, openSocket: never, mask: registerSecret },
      newSessionId: () => 'one' as SessionId,
      find: () => ({ accountId: account, title: 'web-1' }),
      ask: () => Promise.resolve(ok({ url: 'wss://vnc.example/', password: null })),
      roots: () => [],
      password: () => null,
      onChanged: () => undefined,
    });
    const sessionId = consoles.open(web);
    expect(sessionId !== null && consoles.attach(sessionId, new Page())).toBe(true);
    await clock.pass(15_000);
    expect(consoles.sessions()[0]?.state).toMatchObject({
      phase: 'ended',
      sentence: expect.stringContaining('did not answer within 15 s') as string,
    });
    consoles.closeAccount(account);
    expect(consoles.sessions()).toEqual([]);
    expect(consoles.attach('one' as SessionId, new Page())).toBe(false);
  });
});
