import { chordOf, type KeyPress } from '../components/chord.ts';

/** What a key asks of the terminal's view, which the program in it never sees. */
export type TerminalCommand = 'copy' | 'paste' | 'search' | null;

const commands = {
  mac: { copy: ['Meta+C'], paste: ['Meta+V'], search: ['Meta+F'] },
  other: {
    copy: ['Control+C', 'Control+Shift+C', 'Control+Insert'],
    paste: ['Control+Shift+V', 'Shift+Insert'],
    search: ['Control+Shift+F'],
  },
};

/**
 * What keys mean in a terminal: copy, paste and search, by Ctrl+Shift and a letter, and Cmd on macOS. Ctrl+C copies only
 * while something is selected; otherwise it interrupts the program, as everywhere.
 */
export function terminalCommand(press: KeyPress, isMac: boolean, hasSelection: boolean): TerminalCommand {
  const chord = chordOf(press);
  const { copy, paste, search } = isMac ? commands.mac : commands.other;
  if (copy.includes(chord)) return hasSelection ? 'copy' : null;
  if (paste.includes(chord)) return 'paste';
  return search.includes(chord) ? 'search' : null;
}
