/** What a key asks of the clipboard in a terminal. */
export type ClipboardWish = 'copy' | 'paste' | null;

/** The part of a keyboard event that decides. */
export type Chord = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey'>;

/**
 * What a chord means: Ctrl+Shift+C and V, Shift+Insert, and Cmd+C and V on macOS. Ctrl+C copies only while
 * something is selected; otherwise it interrupts the program, as everywhere.
 */
export function clipboardWish(chord: Chord, isMac: boolean, hasSelection: boolean): ClipboardWish {
  const key = chord.key.toLowerCase();
  if (chord.altKey) return null;
  if (isMac) {
    if (!chord.metaKey || chord.ctrlKey) return null;
    return key === 'c' && hasSelection ? 'copy' : key === 'v' ? 'paste' : null;
  }
  if (chord.metaKey) return null;
  if (chord.shiftKey && !chord.ctrlKey && key === 'insert') return 'paste';
  if (!chord.ctrlKey) return null;
  if ((key === 'c' || key === 'insert') && hasSelection) return 'copy';
  return chord.shiftKey && key === 'v' ? 'paste' : null;
}
