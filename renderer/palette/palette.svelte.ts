import { chordOf } from '../components/chord.ts';

/** Whether the command palette is open. */
class Palette {
  isOpen = $state(false);

  /** Opens it by Ctrl-K, or Cmd-K; a second time closes it. In a terminal Ctrl-K is the shell's, Cmd-K is ours. */
  takeKey(event: KeyboardEvent): void {
    if (!['Control+K', 'Meta+K'].includes(chordOf(event))) return;
    const isInTerminal = event.target instanceof Element && event.target.closest('.xterm') !== null;
    if (isInTerminal && event.ctrlKey) return;
    event.preventDefault();
    this.isOpen = !this.isOpen;
  }
}

export const palette = new Palette();
