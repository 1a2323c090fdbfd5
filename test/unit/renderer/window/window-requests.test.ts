import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WindowRequest } from '../../../../preload/contract/app.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { followNetwork, followWindowRequests } from '../../../../renderer/window/window-requests.ts';
import { instance } from '../../domain/samples.ts';
import { instanceId } from '../../monitor/builders.ts';

const main = vi.hoisted(() => ({
  take: vi.fn(),
  listeners: new Set<(request: unknown) => void>(),
  networkChanged: vi.fn(),
}));
const asked = vi.hoisted(() => ({ go: vi.fn(), power: vi.fn(), instance: vi.fn() }));
vi.mock('../../../../renderer/client.ts', () => ({
  client: {
    app: {
      takeWindowRequest: main.take,
      windowRequested: (listener: (request: unknown) => void) => {
        main.listeners.add(listener);
        return () => main.listeners.delete(listener);
      },
      networkChanged: main.networkChanged,
    },
  },
}));
vi.mock('../../../../renderer/state/router.svelte.ts', () => ({ router: { go: asked.go } }));
vi.mock('../../../../renderer/state/snapshot.svelte.ts', () => ({ snapshot: { instance: asked.instance } }));
vi.mock('../../../../renderer/views/instances/power-question.svelte.ts', () => ({ askPower: asked.power }));

const web = instance('web');
const wallet: WindowRequest = { route: { page: 'wallet' }, power: null };
const shutdown: WindowRequest = { route: null, power: { instanceId: instanceId('web'), action: 'shutdown' } };

beforeEach(() => {
  vi.resetAllMocks();
  main.listeners.clear();
  main.take.mockResolvedValue(ok(null));
  asked.instance.mockImplementation((id: string) => (id === 'web' ? web : null));
});
afterEach(() => vi.unstubAllGlobals());

const clicked = (request: WindowRequest): void => {
  for (const listener of main.listeners) listener(request);
};

describe('a click outside of the window', () => {
  it('leads to a place, or to a question about an instance, or to both', () => {
    followWindowRequests();
    clicked(wallet);
    expect(asked.go).toHaveBeenCalledExactlyOnceWith({ page: 'wallet' });
    expect(asked.power).not.toHaveBeenCalled();
    clicked(shutdown);
    expect(asked.power).toHaveBeenCalledExactlyOnceWith(web, 'shutdown');
    expect(asked.go).toHaveBeenCalledTimes(1);
    clicked({ ...shutdown, route: { page: 'instances' } });
    expect(asked.go).toHaveBeenLastCalledWith({ page: 'instances' });
    expect(asked.power).toHaveBeenCalledTimes(2);
  });

  it('asks nothing about an instance that is gone, and shows its place all the same', () => {
    followWindowRequests();
    const power = { instanceId: instanceId('gone'), action: 'restart' } as const;
    clicked({ route: { page: 'instances' }, power });
    expect(asked.go).toHaveBeenCalledExactlyOnceWith({ page: 'instances' });
    expect(asked.power).not.toHaveBeenCalled();
  });

  it('is done also where it came before the window was there', async () => {
    main.take.mockResolvedValue(ok(wallet));
    followWindowRequests();
    await vi.waitFor(() => expect(asked.go).toHaveBeenCalledExactlyOnceWith({ page: 'wallet' }));
  });

  it('is nothing where none came, and where that is not known', async () => {
    followWindowRequests();
    main.take.mockResolvedValue(fail({ kind: 'internal', message: 'down' }));
    followWindowRequests();
    await new Promise((resolve) => setImmediate(resolve));
    expect(main.take).toHaveBeenCalledTimes(2);
    expect(asked.go).not.toHaveBeenCalled();
  });

  it('is no longer followed once that is ended', () => {
    followWindowRequests()();
    clicked(wallet);
    expect(asked.go).not.toHaveBeenCalled();
  });
});

it('main is told when the network goes and comes, until that is ended', () => {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const navigator = { onLine: false };
  vi.stubGlobal('navigator', navigator);
  const stop = followNetwork();
  expect(main.networkChanged).not.toHaveBeenCalled();
  page.dispatchEvent(new Event('offline'));
  expect(main.networkChanged).toHaveBeenLastCalledWith({ online: false });
  navigator.onLine = true;
  page.dispatchEvent(new Event('online'));
  expect(main.networkChanged).toHaveBeenLastCalledWith({ online: true });
  stop();
  for (const type of ['offline', 'online']) page.dispatchEvent(new Event(type));
  expect(main.networkChanged).toHaveBeenCalledTimes(2);
});
