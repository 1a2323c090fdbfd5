import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { safeParse } from 'zod/mini';
import { bindContract } from '../../../main/ipc/bind.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';
import { formatEntry } from '../../../main/log/index.ts';
import type { Call } from '../../../preload/contract/define.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import { exampleOf, examples } from './bind-examples.ts';
import {
  answers,
  ask,
  calls,
  gone,
  handle,
  handlersThat,
  mainFrame,
  onSurprise,
  pageUrl,
  trusted,
} from './bind-rig.ts';

vi.mock('electron', async () => (await import('./bind-rig.ts')).electron);

beforeEach(() => {
  answers.clear();
  handle.mockReset().mockReturnValue(ok(undefined));
  onSurprise.mockReset();
  bindContract({ handlers: Promise.resolve(handlersThat(handle)), isTrusted: isTrustedSender, onSurprise });
});

it('answers every call of the contract and no other channel', () => {
  expect([...answers.keys()].sort()).toEqual(calls.map(([channel]) => channel).sort());
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
