import type { Terminal } from '@xterm/xterm';

/** What sets colours: of the palette, of text, background and cursor; the last three set those behind them too (`OSC 10;a;b`). */
const palette = 4;
const dynamic = [10, 11, 12];
/** A colour is set back by the number that sets it and this (xterm's ctlseqs, "Operating System Commands"). */
const reset = 100;

/**
 * Has a terminal leave out that colours are set back which nobody has set. For each such command xterm's DOM renderer (6.0) writes its
 * style sheet anew, and all of the page is styled again: four times for each state that a session gives, and once for every
 * vim that is left.
 */
export function skipNeedlessColourResets({ parser }: Pick<Terminal, 'parser'>): void {
  const own = new Set<number>();
  const onSet = (command: number, sets: readonly number[]): void => {
    parser.registerOscHandler(command, () => {
      for (const each of sets) own.add(each);
      return false;
    });
  };
  onSet(palette, [palette]);
  for (const [index, command] of dynamic.entries()) onSet(command, dynamic.slice(index));
  for (const command of [palette, ...dynamic])
    parser.registerOscHandler(command + reset, (which) => {
      if (!own.has(command)) return true;
      // Of the palette single colours can be meant.
      if (which === '') own.delete(command);
      return false;
    });
}
