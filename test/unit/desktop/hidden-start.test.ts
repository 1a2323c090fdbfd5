import { expect, it, vi } from 'vitest';
import { showWhereNoTray } from '../../../main/desktop/hidden-start.ts';

function started(isInTray: boolean) {
  const show = vi.fn<() => void>();
  const waits: { run: () => void; delayMs: number }[] = [];
  const cancelled = vi.fn<() => void>();
  const clock = {
    now: () => 0,
    setTimeout: (run: () => void, delayMs: number) => {
      waits.push({ run, delayMs });
      return cancelled;
    },
  };
  const tray = { isInTray };
  const cancel = showWhereNoTray({ clock, isInTray: () => tray.isInTray, show });
  return { show, waits, cancel, cancelled, tray };
}

it('shows the window where no tray came within a minute', () => {
  const { show, waits } = started(false);
  expect(waits.map(({ delayMs }) => delayMs)).toEqual([60_000]);
  expect(show).not.toHaveBeenCalled();
  waits[0]?.run();
  expect(show).toHaveBeenCalledOnce();
});

it('stays without a window where a tray came in time', () => {
  const { show, waits, tray } = started(false);
  tray.isInTray = true;
  waits[0]?.run();
  expect(show).not.toHaveBeenCalled();
});

it('does nothing more once the app ends', () => {
  const { cancel, cancelled } = started(false);
  cancel();
  expect(cancelled).toHaveBeenCalledOnce();
});
