import { describe, expect, it } from 'vitest';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import { createSnapshotHandlers } from '../../../../main/ipc/handlers/snapshot.ts';
import { createWalletHandlers } from '../../../../main/ipc/handlers/wallet.ts';
import { createWatchHandlers } from '../../../../main/ipc/handlers/watch.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { instanceId } from '../../monitor/builders.ts';
import { rig } from '../../monitor/rig.ts';

const noAccount = { ok: false, error: { kind: 'no-account' } };

/** An action that is over only once the test says so. */
function slow() {
  let isOver = false;
  return {
    isOver: () => isOver,
    run: async (): Promise<void> => {
      await Promise.resolve();
      isOver = true;
    },
  };
}

describe('the snapshot', () => {
  it('is what a new window has to be told', async () => {
    const handlers = createSnapshotHandlers({ current: () => null, currentUpdate: () => ({ kind: 'none' }) });
    expect(await handlers.current(undefined)).toEqual(ok({ kind: 'none' }));
  });

  it('is read again for the account that is shown, and the answer waits for that', async () => {
    const reading = slow();
    const runtime = { monitor: { refresh: reading.run } } as unknown as AccountRuntime;
    const handlers = createSnapshotHandlers({
      current: () => runtime,
      currentUpdate: () => ({ kind: 'none' }),
    });
    expect(await handlers.refresh(undefined)).toEqual(ok(undefined));
    expect(reading.isOver()).toBe(true);
  });

  it('is not read again where no account can be used', async () => {
    const handlers = createSnapshotHandlers({ current: () => null, currentUpdate: () => ({ kind: 'none' }) });
    expect(await handlers.refresh(undefined)).toEqual(noAccount);
  });
});

describe('the forecast of the wallet', () => {
  it('is the one of the account that is shown; null while its wallet is not known', async () => {
    const { monitor } = rig();
    expect(await createWalletHandlers(() => ({ monitor })).forecast(undefined)).toEqual(ok(null));
    const forecast = { runsOutAtMs: 7 };
    const known = { forecast: () => forecast } as unknown as AccountRuntime['monitor'];
    expect(await createWalletHandlers(() => ({ monitor: known })).forecast(undefined)).toEqual(ok(forecast));
  });

  it('is none where no account can be used', async () => {
    expect(await createWalletHandlers(() => null).forecast(undefined)).toEqual(noAccount);
  });
});

describe('what a page watches', () => {
  const key = { kind: 'instance', instanceId: instanceId('web') } as const;

  it('is begun, read again and ended on the account that is shown', async () => {
    const asked: unknown[] = [];
    const reading = slow();
    const started = fail({ kind: 'offline', message: 'No network' } as const);
    const watches = {
      start: (begun: unknown) => {
        asked.push(['start', begun]);
        return started;
      },
      stop: (ended: unknown) => asked.push(['stop', ended]),
      refresh: async (read: unknown) => {
        await reading.run();
        asked.push(['refresh', read]);
      },
    } as unknown as AccountRuntime['watches'];
    const handlers = createWatchHandlers(() => ({ watches }));
    expect(await handlers.start(key)).toBe(started);
    expect(await handlers.refresh(key)).toEqual(ok(undefined));
    expect(reading.isOver()).toBe(true);
    expect(await handlers.stop(key)).toEqual(ok(undefined));
    expect(asked).toEqual([
      ['start', { kind: 'instance', instanceId: 'web' }],
      ['refresh', { kind: 'instance', instanceId: 'web' }],
      ['stop', { kind: 'instance', instanceId: 'web' }],
    ]);
  });

  it('is nothing where no account can be used, and ending it is no fault then', async () => {
    const handlers = createWatchHandlers(() => null);
    expect(await handlers.start(key)).toEqual(noAccount);
    expect(await handlers.refresh(key)).toEqual(noAccount);
    expect(await handlers.stop(key)).toEqual(ok(undefined));
  });
});
