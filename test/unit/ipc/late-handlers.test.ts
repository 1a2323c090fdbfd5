import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bindContract, type Handlers } from '../../../main/ipc/bind.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';
import { ok } from '../../../preload/contract/result.ts';
import { answers, ask, handle, handlersThat, onSurprise, trusted } from './bind-rig.ts';

vi.mock('electron', async () => (await import('./bind-rig.ts')).electron);

beforeEach(() => {
  answers.clear();
  handle.mockReset().mockReturnValue(ok(undefined));
  onSurprise.mockReset();
});

it('a call without a handler is an error value, and the log is told which', async () => {
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
  const broken = Promise.reject<Handlers>(new Error('no backend'));
  bindContract({ handlers: broken, isTrusted: isTrustedSender, onSurprise });
  expect(await ask('app.info', trusted, undefined)).toMatchObject({ error: { kind: 'internal' } });
});

describe('before the handlers are there', () => {
  it('early ones answer what they can, and the rest waits', async () => {
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

  it('early ones answer no call that has an argument: it is guarded, once there is who answers it', async () => {
    let ready: (handlers: Handlers) => void = () => undefined;
    bindContract({
      handlers: new Promise((resolve) => (ready = resolve)),
      early: Promise.resolve({
        accounts: { state: () => ok({ phase: 'loading', accounts: [], currentId: null } as const) },
      }),
      isTrusted: isTrustedSender,
      onSurprise,
    });
    const waiting = ask('accounts.state', trusted, 'all of them');
    ready(handlersThat(handle));
    expect(await waiting).toMatchObject({ error: { kind: 'bad-request' } });
    expect(handle).not.toHaveBeenCalled();
  });

  it('a call that comes before the handlers waits for them also where nobody wants to know that', async () => {
    let ready: (handlers: Handlers) => void = () => undefined;
    const handlers = new Promise<Handlers>((resolve) => (ready = resolve));
    bindContract({ handlers, isTrusted: isTrustedSender, onSurprise });
    const waiting = ask('app.info', trusted, undefined);
    ready(handlersThat(handle));
    expect(await waiting).toEqual(ok(undefined));
    expect(onSurprise).not.toHaveBeenCalled();
  });
});
