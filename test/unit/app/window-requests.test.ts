import { describe, expect, test, vi } from 'vitest';
import { Wishes } from '../../../main/app/window-requests.ts';
import type { Wish } from '../../../preload/contract/app.ts';

const wallet: Wish = { route: { page: 'wallet' }, power: null };

function setUp(isOpen: boolean, first: Wish | null = null) {
  const tell = vi.fn<(wish: Wish) => void>();
  const show = vi.fn(() => Promise.resolve());
  return { tell, show, wishes: new Wishes({ contents: () => (isOpen ? {} : null), show }, tell, first) };
}

describe('a wish', () => {
  test('goes to a window that is there, which comes to the front', async () => {
    const { tell, show, wishes } = setUp(true);
    await wishes.ask(wallet);
    expect(tell).toHaveBeenCalledExactlyOnceWith(wallet);
    expect(show).toHaveBeenCalledTimes(1);
    expect(wishes.take()).toBeNull();
  });

  test('waits for a window that is not, and is given to it once', async () => {
    const { tell, show, wishes } = setUp(false);
    await wishes.ask(wallet);
    expect(tell).not.toHaveBeenCalled();
    expect(show).toHaveBeenCalledTimes(1);
    expect(wishes.take()).toEqual(wallet);
    expect(wishes.take()).toBeNull();
  });

  test('of the start itself waits as well', () => {
    expect(setUp(false, wallet).wishes.take()).toEqual(wallet);
  });
});
