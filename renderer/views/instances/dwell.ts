/** Timers as an argument, so that tests own the time. */
export interface Timers {
  set(run: () => void, delayMs: number): number;
  clear(timer: number): void;
}

/** Tells of what stays in view rather than of what is scrolled past. */
export interface Dwell {
  /** It came into view. */
  enter(): void;
  /** It went out of view, or away. */
  leave(): void;
}

/** Calls `onChange(true)` once something has been in view for `delayMs`, and `onChange(false)` when it leaves after that. */
export function createDwell(onChange: (stays: boolean) => void, delayMs: number, timers: Timers): Dwell {
  let timer: number | null = null;
  let stays = false;
  return {
    enter: () => {
      if (stays || timer !== null) return;
      timer = timers.set(() => {
        timer = null;
        stays = true;
        onChange(true);
      }, delayMs);
    },
    leave: () => {
      if (timer !== null) timers.clear(timer);
      timer = null;
      if (stays) onChange(false);
      stays = false;
    },
  };
}
