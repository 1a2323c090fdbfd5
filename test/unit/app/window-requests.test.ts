import { describe, expect, test, vi } from 'vitest';
import { WindowRequests } from '../../../main/app/window-requests.ts';
import type { WindowRequest } from '../../../preload/contract/app.ts';

const wallet: WindowRequest = { route: { page: 'wallet' }, power: null };

function setUp(isOpen: boolean, first: WindowRequest | null = null) {
  const tell = vi.fn<(request: WindowRequest) => void>();
  const show = vi.fn(() => Promise.resolve());
  return {
    tell,
    show,
    windowRequests: new WindowRequests({ contents: () => (isOpen ? {} : null), show }, tell, first),
  };
}

describe('a request', () => {
  test('goes to a window that is there, which comes to the front', async () => {
    const { tell, show, windowRequests } = setUp(true);
    await windowRequests.ask(wallet);
    expect(tell).toHaveBeenCalledExactlyOnceWith(wallet);
    expect(show).toHaveBeenCalledTimes(1);
    expect(windowRequests.take()).toBeNull();
  });

  test('waits for a window that is not, and is given to it once', async () => {
    const { tell, show, windowRequests } = setUp(false);
    await windowRequests.ask(wallet);
    expect(tell).not.toHaveBeenCalled();
    expect(show).toHaveBeenCalledTimes(1);
    expect(windowRequests.take()).toEqual(wallet);
    expect(windowRequests.take()).toBeNull();
  });

  test('of the start itself waits as well', () => {
    expect(setUp(false, wallet).windowRequests.take()).toEqual(wallet);
  });
});
