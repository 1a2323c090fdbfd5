import { chordOf, type KeyPress } from '../components/chord.ts';

/** What a key asks of the terminal's view, which the program in it never sees. */
export type TerminalCommand = 'copy' | 'paste' | 'search' | 'larger' | 'smaller' | 'usual-size' | null;

const commands = {
  mac: { copy: ['Meta+C'], paste: ['Meta+V'], search: ['Meta+F'], zoom: 'Meta' },
  other: {
    copy: ['Control+C', 'Control+Shift+C', 'Control+Insert'],
    paste: ['Control+Shift+V', 'Shift+Insert'],
    search: ['Control+Shift+F'],
    zoom: 'Control',
  },
};

/**
 * What keys mean in a terminal: copy, paste and search, by Ctrl+Shift and a letter, and Cmd on macOS; the size of the text
 * by Ctrl, or Cmd, and `=`, `-` or `0`. Ctrl+C copies only
 * while something is selected; otherwise it interrupts the program, as everywhere.
 */
export function terminalCommand(press: KeyPress, isMac: boolean, hasSelection: boolean): TerminalCommand {
  const chord = chordOf(press);
  const { copy, paste, search, zoom } = isMac ? commands.mac : commands.other;
  if (copy.includes(chord)) return hasSelection ? 'copy' : null;
  if (paste.includes(chord)) return 'paste';
  if (search.includes(chord)) return 'search';
  if (chord === `${zoom}+=` || chord === `${zoom}++`) return 'larger';
  if (chord === `${zoom}+-`) return 'smaller';
  return chord === `${zoom}+0` ? 'usual-size' : null;
}
