import type { IpcMainInvokeEvent, WebContents } from 'electron';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { safeParse } from 'zod/mini';
import { bindContract, createPublishers, type Handlers } from '../../../main/ipc/bind.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';
import { formatEntry } from '../../../main/log/index.ts';
import { emptyDraft } from '../../../preload/contract/create.ts';
import { mapContract, type Call } from '../../../preload/contract/define.ts';
import { contract } from '../../../preload/contract/index.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';

type Answer = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Result<unknown>>;

const answers = vi.hoisted(() => new Map<string, unknown>()) as Map<string, Answer>;
vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, answer: Answer) => {
      if (answers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      answers.set(channel, answer);
    },
  },
  protocol: {},
}));

const calls: (readonly [channel: string, entry: Call])[] = [];
mapContract(contract, (channel, entry) => entry.kind === 'call' && calls.push([channel, entry]));
const channels = calls.map(([channel]) => channel);

/** Handlers for the whole contract that do what `handle` does. */
const handlersThat = (handle: (channel: string, input: unknown) => Result<unknown>): Handlers =>
  mapContract(contract, (channel) => (input: unknown) => handle(channel, input)) as unknown as Handlers;

const pageUrl = 'app://evorxa/index.html';
const mainFrame = { url: pageUrl };
const trusted = { senderFrame: mainFrame, sender: { mainFrame } } as unknown as IpcMainInvokeEvent;
const gone = {
  get url(): string {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};

const handle = vi.fn<(channel: string, input: unknown) => Result<unknown>>();
const onSurprise = vi.fn<(channel: string, what: string, cause: unknown) => void>();
const ask = (channel: string, event: unknown, ...args: unknown[]): Promise<Result<unknown>> => {
  const answer = answers.get(channel);
  if (answer === undefined) throw new Error(`Nothing answers ${channel}.`);
  return answer(event as IpcMainInvokeEvent, ...args);
};

beforeEach(() => {
  answers.clear();
  handle.mockReset().mockReturnValue(ok(undefined));
  onSurprise.mockReset();
  bindContract({ handlers: Promise.resolve(handlersThat(handle)), isTrusted: isTrustedSender, onSurprise });
});

/** An argument that each channel takes, made from its guard's own idea of it. */
const examples: Readonly<Record<string, unknown>> = {
  'app.openExternal': { url: 'https://evorxa.com' },
  'app.openConfirmed': { url: 'https://203.0.113.42:8443/' },
  'accounts.signIn': { token: '8|x', apiUrl: null },
  'accounts.switchTo': { accountId: 'a' },
  'accounts.signOut': { accountId: 'a' },
  'accounts.addWriteToken': { accountId: 'a', token: '9|x' },
  'accounts.removeWriteToken': { accountId: 'a' },
  'accounts.retryKeychain': { accountId: 'a' },
  'app.networkChanged': { online: true },
  'app.saveFile': { name: 'ledger.csv', content: { encoding: 'text', text: 'a,b' } },
  'app.setFullScreen': { on: true },
  'app.setStartsAtLogin': { on: true },
  'app.reportError': { where: 'drawing', message: 'Error: x', stack: null },
  'console.open': { instanceId: 'i' },
  'console.attach': { sessionId: 's' },
  'console.close': { sessionId: 's' },
  'sshKeys.describe': { publicKey: 'ssh-ed25519 AAAA' },
  'sshKeys.add': { name: 'laptop', publicKey: 'ssh-ed25519 AAAA' },
  'sshKeys.generate': { name: 'laptop', passphrase: null },
  'sshKeys.remove': { keyId: '3' },
  'apiTokens.mint': { name: 'CI', abilities: ['instances:read'] },
  'apiTokens.revoke': { tokenId: '8', ownToo: false },
  'apiTokens.copySecret': { secret: '8|a' },
  'annotations.update': { instanceId: 'i', patch: { isFavourite: true } },
  'alerts.save': {
    ruleId: null,
    input: {
      metric: 'cpu',
      above: 90,
      forMinutes: 10,
      scope: { kind: 'server', instanceId: 'i' },
      isOn: true,
      tellsEnd: true,
    },
  },
  'alerts.remove': { ruleId: 'r' },
  'watch.start': { kind: 'metrics', instanceId: 'i', period: '1h' },
  'watch.stop': { kind: 'shield-ips' },
  'watch.refresh': { kind: 'ledger', filter: 'all', limit: '50' },
  'instances.power': { instanceId: 'i', action: 'boot' },
  'catalog.browse': { apiUrl: null },
  'create.saveDraft': emptyDraft,
  'create.send': {
    name: 'web-1',
    hostname: 'web-1.server.evorxa.net',
    projectId: 'p',
    packageId: '2',
    category: 'standard',
    osTemplateId: '112',
    osName: 'Debian 12',
    cycle: 'monthly',
    sshKeyIds: ['3'],
    planSlug: 'scout-2',
    priceCents: 1000,
  },
  'create.tellWhenFunded': { neededCents: 1000 },
  'create.tryShell': { instanceId: 'i' },
  'instances.bulkPower': { instanceIds: ['i', 'j'], action: 'shutdown' },
  'instances.upgrade': { instanceId: 'i', packageId: '3', reboot: false },
  'instances.noteRebooted': { instanceId: 'i' },
  'instances.reinstall': { instanceId: 'i', osTemplateId: '112', osName: 'Debian 12' },
  'instances.delete': { instanceId: 'i', mode: 'immediate' },
  'instances.cancelDeletion': { instanceId: 'i' },
  'instances.reactivate': { instanceId: 'i' },
  'instances.resetPassword': { instanceId: 'i' },
  'instances.copyPassword': { instanceId: 'i' },
  'instances.forgetPassword': { instanceId: 'i' },
  'instances.keepPassword': { instanceId: 'i' },
  'pendingActions.undo': { pendingActionId: 'h' },
  'pendingActions.dismiss': { pendingActionId: 'h' },
  'agent.send': { instanceId: 'i', conversationId: null, message: 'hi' },
  'agent.stopWaiting': { instanceId: 'i' },
  'terminal.open': { instanceId: 'i' },
  'terminal.attach': { sessionId: 's' },
  'terminal.close': { sessionId: 's' },
  'terminal.settings': { instanceId: 'i' },
  'terminal.saveSettings': {
    instanceId: 'i',
    settings: { host: null, port: 22, user: 'root', auth: { method: 'auto' } },
  },
  'terminal.forgetHostKey': { instanceId: 'i' },
  'settings.update': { theme: 'dark' },
};

/** Where a channel has no example here it takes nothing, or the example has yet to be written: the test says which. */
const exampleOf = (channel: string, entry: Call): unknown => {
  const example = examples[channel];
  expect(safeParse(entry.input, example).success, `${channel} needs an example`).toBe(true);
  return example;
};

it('answers every call of the contract and no other channel', () => {
  expect([...answers.keys()].sort()).toEqual([...channels].sort());
});

it('hands on what the guard made of an argument, without what the contract does not name', async () => {
  await ask('app.networkChanged', trusted, { online: true, extra: 1 });
  expect(handle).toHaveBeenCalledExactlyOnceWith('app.networkChanged', { online: true });
});

it('turns a handler that rejects into an error value', async () => {
  handle.mockReturnValue(Promise.reject(new Error('the disk is gone')) as unknown as Result<unknown>);
  expect(await ask('app.networkChanged', trusted, { online: true })).toMatchObject({
    ok: false,
    error: { kind: 'internal' },
  });
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith(
    'app.networkChanged',
    'threw',
    new Error('the disk is gone'),
  );
});

/** Whether a guard lets an argument through; one that throws does not. */
const passesGuard = (entry: Call, argument: unknown): boolean => {
  try {
    return safeParse(entry.input, argument).success;
  } catch {
    return false;
  }
};

describe.each(calls)('%s', (channel, entry) => {
  it('hands a trusted caller’s argument to its handler, and the answer back', async () => {
    const example = exampleOf(channel, entry);
    handle.mockReturnValue(ok('the answer'));
    expect(await ask(channel, trusted, example, 'a second argument')).toEqual(ok('the answer'));
    expect(handle).toHaveBeenCalledExactlyOnceWith(channel, example);
    expect(onSurprise).not.toHaveBeenCalled();
  });

  it.each([
    ['a foreign page', { senderFrame: { url: 'https://evil.example/' }, sender: {} }],
    ['a subframe of our own', { senderFrame: { url: pageUrl }, sender: { mainFrame } }],
    ['a frame that is gone', { senderFrame: null, sender: { mainFrame } }],
    ['a frame that goes while it is asked', { senderFrame: gone, sender: { mainFrame: gone } }],
  ])('refuses %s', async (_who, event) => {
    expect(await ask(channel, event, exampleOf(channel, entry))).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(handle).not.toHaveBeenCalled();
    expect(onSurprise).toHaveBeenCalledTimes(1);
  });

  it('survives 1,000 odd arguments, and lets none through that its guard does not', async () => {
    const example = examples[channel];
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    });
    // Nearly right is the more dangerous: the example with one field changed, or one more.
    const nearly = fc
      .tuple(fc.constantFrom(...Object.keys(example ?? {}), '__proto__', 'extra'), anything)
      .map(([name, value]): unknown => ({ ...(example as object), [name]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, nearly), async (argument) => {
        handle.mockClear();
        const passes = passesGuard(entry, argument);
        const answer = await ask(channel, trusted, argument);
        expect(handle).toHaveBeenCalledTimes(passes ? 1 : 0);
        if (!passes) expect(answer).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
      }),
      { numRuns: 1000 },
    );
  });

  it('turns a throw into an error value that says nothing of its cause, and tells the log', async () => {
    const cause = new Error('GET /me with 8|aB9xKp2QrLm7Zt4WvYc1Ue8Hd3Ng6Js5Fo0Ri2Pq failed');
    handle.mockImplementation(() => {
      throw cause;
    });
    const answer = await ask(channel, trusted, exampleOf(channel, entry));
    expect(answer).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('aB9x');
    expect(onSurprise).toHaveBeenCalledExactlyOnceWith(channel, 'threw', cause);
    expect(formatEntry('threw', onSurprise.mock.lastCall?.[2])).not.toContain('aB9x');
  });
});

it('an argument that its guard stumbles over is refused like any other', async () => {
  // Comparing a length that is no primitive throws inside of the guard.
  const message = { length: { __proto__: null } };
  expect(passesGuard(contract.agent.send, { instanceId: 'i', conversationId: null, message })).toBe(false);
  const answer = await ask('agent.send', trusted, { instanceId: 'i', conversationId: null, message });
  expect(answer).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
});

it('a refused sign-in says where the argument was wrong, never what it was', async () => {
  const answer = await ask('accounts.signIn', trusted, { token: `8|${'s3cr3t'.repeat(1000)}`, apiUrl: null });
  expect(answer).toMatchObject({ error: { kind: 'bad-request', message: 'Not a valid request: token.' } });
  expect(JSON.stringify([answer, onSurprise.mock.calls])).not.toContain('s3cr3t');
});

it('a refusal names every field that is wrong by its path, and says nothing else of them', async () => {
  const input = { theme: 'pink', notifications: { instanceChanges: 'loud', lowBalance: true, runway: true } };
  const answer = await ask('settings.update', trusted, input);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith(
    'settings.update',
    'refused an argument',
    'theme, notifications.instanceChanges',
  );
});

it.each([
  ['that is no object', 'watch.stop', 7],
  [
    'that its guard stumbles over',
    'agent.send',
    { instanceId: 'i', conversationId: null, message: { length: { __proto__: null } } },
  ],
])('the log is told of an argument %s as a whole', async (_which, channel, argument) => {
  await ask(channel, trusted, argument);
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith(channel, 'refused an argument', 'argument');
});

it.each([
  ['its address', { senderFrame: { url: 'https://evil.example/' }, sender: {} }, 'https://evil.example/'],
  ['that it is gone', { senderFrame: null, sender: { mainFrame } }, 'a frame that is gone'],
  [
    'the same of one that goes while it is asked',
    { senderFrame: gone, sender: { mainFrame: gone } },
    'a frame that is gone',
  ],
])('the log is told of a foreign sender %s', async (_what, event, where) => {
  await ask('app.info', event, undefined);
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith('app.info', 'refused a foreign sender', where);
});

it('each refusal has words for a person', async () => {
  handle.mockImplementation(() => {
    throw new Error('bug');
  });
  const words = /^[A-Z].+\.$/;
  for (const [event, kind] of [
    [{ senderFrame: null, sender: { mainFrame } }, 'refused'],
    [trusted, 'internal'],
  ] as const) {
    const answer = await ask('app.info', event, undefined);
    expect(answer).toMatchObject({ error: { kind, message: expect.stringMatching(words) as string } });
  }
});

it('a call without a handler is an error value, and the log is told which', async () => {
  answers.clear();
  const others = { ...handlersThat(handle), wallet: {} };
  bindContract({
    handlers: Promise.resolve(others as unknown as Handlers),
    isTrusted: isTrustedSender,
    onSurprise,
  });
  expect(await ask('wallet.forecast', trusted, undefined)).toMatchObject({ error: { kind: 'internal' } });
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith(
    'wallet.forecast',
    'threw',
    expect.objectContaining({ message: expect.stringContaining('wallet.forecast') as string }),
  );
});

it('handlers that never come about are an error value too', async () => {
  answers.clear();
  const broken = Promise.reject<Handlers>(new Error('no backend'));
  bindContract({ handlers: broken, isTrusted: isTrustedSender, onSurprise });
  expect(await ask('app.info', trusted, undefined)).toMatchObject({ error: { kind: 'internal' } });
});

describe('before the handlers are there', () => {
  it('early ones answer what they can, and the rest waits', async () => {
    answers.clear();
    let backendReady: (handlers: Handlers) => void = () => undefined;
    const onAwaited = vi.fn<() => void>();
    const early = {
      accounts: { state: () => ok({ phase: 'loading', accounts: [], currentId: null } as const) },
    };
    bindContract({
      handlers: new Promise((resolve) => {
        backendReady = resolve;
      }),
      early: Promise.resolve(early),
      onAwaited,
      isTrusted: isTrustedSender,
      onSurprise,
    });
    expect(await ask('accounts.state', trusted, undefined)).toMatchObject({ value: { phase: 'loading' } });
    expect(onAwaited).not.toHaveBeenCalled();
    const waiting = ask('app.info', trusted, undefined);
    await vi.waitFor(() => expect(onAwaited).toHaveBeenCalledTimes(1));
    expect(handle).not.toHaveBeenCalled();
    backendReady(handlersThat(handle));
    await waiting;
    expect(handle).toHaveBeenCalledWith('app.info', undefined);
    await ask('accounts.state', trusted, undefined);
    expect(handle).toHaveBeenLastCalledWith('accounts.state', undefined);
    await ask('app.info', trusted, undefined);
    expect(onAwaited).toHaveBeenCalledTimes(1);
  });
});

it('a call that comes before the handlers waits for them also where nobody wants to know that', async () => {
  answers.clear();
  let ready: (handlers: Handlers) => void = () => undefined;
  const handlers = new Promise<Handlers>((resolve) => (ready = resolve));
  bindContract({ handlers, isTrusted: isTrustedSender, onSurprise });
  const waiting = ask('app.info', trusted, undefined);
  ready(handlersThat(handle));
  expect(await waiting).toEqual(ok(undefined));
  expect(onSurprise).not.toHaveBeenCalled();
});

describe('publishing', () => {
  const contents = (
    isDestroyed: boolean,
  ): { send: ReturnType<typeof vi.fn>; isDestroyed: () => boolean } => ({
    send: vi.fn(),
    isDestroyed: () => isDestroyed,
  });

  it('sends each push, and only pushes, on its channel', () => {
    const page = contents(false);
    const publishers: Readonly<Record<string, Readonly<Record<string, (payload: unknown) => void>>>> =
      createPublishers(() => page as unknown as WebContents) as never;
    mapContract(contract, (channel, { kind }) => {
      const [domain = '', name = ''] = channel.split('.');
      const publish = publishers[domain]?.[name];
      expect(publish === undefined).toBe(kind === 'call');
      publish?.({ some: name });
      if (kind === 'push') expect(page.send).toHaveBeenLastCalledWith(channel, { some: name });
    });
  });

  it('drops what nobody is there to get', () => {
    const destroyed = contents(true);
    createPublishers(() => destroyed as unknown as WebContents).notices.changed([]);
    createPublishers(() => null).notices.changed([]);
    expect(destroyed.send).not.toHaveBeenCalled();
  });
});
