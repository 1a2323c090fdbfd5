import type { Icon } from '../icon.ts';

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: Icon;
  /** What follows from it, as a second line. */
  readonly note?: string;
  /** The keys that do the same, as shown: "Ctrl+T". */
  readonly keys?: string;
  /** Why it cannot be done now. It stays reachable by keyboard, so that the reason can be read. */
  readonly disabledReason?: string | null;
  /** Destroys or interrupts something. */
  readonly danger?: boolean;
  /** The one of several that is in force. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

/** Lines that belong together, between separators; a menu is a list of sections. */
export interface MenuSection {
  readonly heading?: string;
  readonly items: readonly MenuItem[];
}
