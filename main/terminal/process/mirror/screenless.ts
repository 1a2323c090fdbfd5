import headless, { type Terminal } from '@xterm/headless';
import { keepAlternateScreenBare } from '../../../../preload/contract/terminal-screens.ts';
import { useServerWidths } from '../../../../preload/contract/terminal-widths.ts';
import { partsOf, type XtermParts } from './xterm-parts.ts';

/** A terminal without a screen, and what of it xterm keeps to itself. */
export interface Screenless {
  readonly terminal: Terminal;
  readonly parts: XtermParts;
}

/** Makes an empty one. */
export function newScreenless(columns: number, rows: number, scrollbackLines: number): Screenless {
  const terminal = new headless.Terminal({
    cols: columns,
    rows,
    scrollback: scrollbackLines,
    allowProposedApi: true,
    logLevel: 'off',
  });
  keepAlternateScreenBare(terminal);
  useServerWidths(terminal);
  return { terminal, parts: partsOf(terminal) };
}

const hasExtended = 0x1000_0000;

/**
 * Whether the state as text loses nothing of it: as at a prompt. Of a full-screen program, an open link, and a cursor
 * behind a last column that is empty, text can say nearly all, which a view has to do with.
 */
export function isSaidWhole({ terminal, parts }: Screenless): boolean {
  const { normal, active } = parts._bufferService.buffers;
  const { bg, extended } = parts._inputHandler._curAttrData;
  const isPlain = (bg & hasExtended) === 0 && extended.urlId === 0 && extended._ext === 0;
  return active === normal && normal.x < terminal.cols && isPlain;
}
