import { chordOf, type KeyPress } from '../../components/chord.ts';

/** Names that the system has for keys that a page calls otherwise. */
const systemNames: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};
const modifiers: ReadonlySet<string> = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph']);

/** What came of a press while keys are recorded: keys, or that more of them are needed. */
export type RecordedKeys =
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'too-few' }
  /** Only modifiers so far. */
  | { readonly kind: 'incomplete' };

/**
 * The keys of a press as the system takes them for a shortcut: a letter, a digit or a named key, with Ctrl, Alt or Meta,
 * since anything less would be taken from what is typed in every program.
 */
export function recordedKeys(press: KeyPress): RecordedKeys {
  if (modifiers.has(press.key)) return { kind: 'incomplete' };
  const parts = chordOf(press).split('+');
  const key = parts.at(-1) ?? '';
  if (!/^(?:[A-Z0-9]|F\d{1,2}|Space|Enter|Tab|Home|End|PageUp|PageDown|Insert|Arrow\w+)$/.test(key))
    return { kind: 'too-few' };
  if (!press.ctrlKey && !press.altKey && !press.metaKey) return { kind: 'too-few' };
  return { kind: 'keys', keys: [...parts.slice(0, -1), systemNames[key] ?? key].join('+') };
}

/** Keys as they are read on this system: "Ctrl+Alt+K", "⌃⌥K". */
export function keysInWords(keys: string, isMac: boolean): string {
  const names: Readonly<Record<string, string>> = isMac
    ? { Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' }
    : { Control: 'Ctrl', Meta: 'Super' };
  return keys
    .split('+')
    .map((part) => names[part] ?? part)
    .join(isMac ? '' : '+');
}
