import type { StateKind } from '../../../preload/contract/instance.ts';
import type { Icon } from '../icon.ts';

/** One tab; its count stands behind its name. */
export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number;
}

/** Something that a session of the dock is marked with besides its state. */
export interface TabMark {
  readonly icon: Icon;
  /** "broadcast". */
  readonly word: string;
}

/** A session of the dock. */
export interface DockTab {
  readonly id: string;
  readonly label: string;
  /** The state of its connection, as a shape. */
  readonly kind: StateKind;
  /** And in words: "connected". */
  readonly word: string;
  /** Tells one kind of session from another. */
  readonly icon?: Icon;
  /** It wants to be looked at: the bell rang in it. */
  readonly hasRung?: boolean;
  readonly marks?: readonly TabMark[];
  /** How many panes it has, where there are several. */
  readonly count?: number;
  /** Its panes, where they are not just the one of its id. */
  readonly panelIds?: readonly string[];
}
