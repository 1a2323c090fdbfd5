import type { AccountId } from '../../preload/contract/brands.ts';
import { quietAt } from '../../preload/contract/quiet-hours.ts';
import type { QuietNow, QuietSpan } from '../../preload/contract/quiet.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { WallClock } from '../clock/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import { accountOfNotice } from './notice-log.ts';

/** The end is looked for so often at least, since the clock can be set and the system can nap. */
const maxWaitMs = 60_000;

export interface QuietTimesOptions {
  readonly clock: WallClock;
  readonly settings: Pick<SettingsStore, 'get' | 'update' | 'onChange'>;
  /** Notifications went off or on again, or until another time. */
  readonly onChange: () => void;
  /** They are on again; what was held back meanwhile. */
  readonly onEnd: (heldBack: readonly Notice[]) => void;
}

/** Follows Do Not Disturb and the quiet hours, and keeps what came while they held. */
export class QuietTimes {
  readonly #options: QuietTimesOptions;
  #heldBack: readonly Notice[] = [];
  #cancel = (): void => undefined;
  readonly #unfollow: () => void;

  constructor(options: QuietTimesOptions) {
    this.#options = options;
    this.#unfollow = options.settings.onChange(() => this.check());
  }

  /** Whether notifications are off now. */
  now(): QuietNow {
    return quietAt(this.#options.settings.get().quiet, this.#options.clock.now());
  }

  /** Turns Do Not Disturb on for a span, or off (null); quiet hours that hold stay. */
  setDoNotDisturb(until: QuietSpan): void {
    const { settings } = this.#options;
    settings.update({ quiet: { ...settings.get().quiet, until } });
  }

  /** Keeps what is to be told once notifications are on again. */
  holdBack(notice: Notice): void {
    this.#heldBack = [...this.#heldBack, notice];
    this.#follow();
  }

  /** Looks whether it is over: to be called at the start and when the machine woke up. */
  check(): void {
    const { settings, clock, onChange, onEnd } = this.#options;
    const { until } = settings.get().quiet;
    if (typeof until === 'number' && until <= clock.now()) {
      // The change calls back here.
      this.setDoNotDisturb(null);
      return;
    }
    onChange();
    if (this.now() === null && this.#heldBack.length > 0) {
      const heldBack = this.#heldBack;
      this.#heldBack = [];
      onEnd(heldBack);
    }
    this.#follow();
  }

  /** Drops what was held back of an account that signs out. */
  forgetAccount(id: AccountId): void {
    this.#heldBack = this.#heldBack.filter((notice) => accountOfNotice(notice) !== id);
  }

  stop(): void {
    this.#cancel();
    this.#unfollow();
  }

  #follow(): void {
    this.#cancel();
    this.#cancel = (): void => undefined;
    const { clock } = this.#options;
    const quiet = this.now();
    // Turned off by hand alone: the change is told.
    if (quiet === null || typeof quiet.until !== 'number') return;
    const waitMs = Math.min(Math.max(quiet.until - clock.now(), 0), maxWaitMs);
    this.#cancel = clock.setTimeout(() => this.check(), waitMs);
  }
}
