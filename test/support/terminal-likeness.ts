import type { Terminal } from '@xterm/headless';
import { erasedLook, isSameLook, lookOf, type Look } from '../../main/terminal/process/mirror/look.ts';
import { partsOf, type Cell, type ScreenBuffer } from '../../main/terminal/process/mirror/xterm-parts.ts';

/**
 * All that makes two terminals alike: both screens with looks and links (unless left out), cursors, and every mode. Before a
 * cursor behind the last column a blank is like an empty cell: a state cannot say the difference.
 */
export function likenessOf(terminal: Terminal, { withLinks = true } = {}): unknown {
  const linkOf = (look: Look): unknown => lookWithLink(terminal, look, withLinks);
  const { _bufferService, coreService, coreMouseService, _charsetService, _inputHandler } = partsOf(terminal);
  const { normal, alt, active } = _bufferService.buffers;
  const isAlternate = active === alt;
  const { cursorBlink, cursorStyle, ...modes } = coreService.decPrivateModes;
  return {
    size: [terminal.cols, terminal.rows],
    isAlternate,
    normal: screenOf(terminal, normal, linkOf),
    alternate: isAlternate ? screenOf(terminal, alt, linkOf) : null,
    cursor: [active.x, active.y],
    look: linkOf(lookOf(_inputHandler._curAttrData)),
    modes,
    cursorStyle: cursorStyle ?? null,
    cursorBlink: cursorBlink ?? null,
    isInserting: coreService.modes.insertMode,
    isCursorHidden: coreService.isCursorHidden,
    convertEol: terminal.options.convertEol,
    mouse: [coreMouseService.activeProtocol, coreMouseService.activeEncoding],
    charset: _charsetService.charset ?? null,
    charsets: [0, 1, 2, 3].map((index) => _charsetService._charsets[index] ?? null),
    glevel: _charsetService.glevel,
  };
}

function screenOf(terminal: Terminal, buffer: ScreenBuffer, linkOf: (look: Look) => unknown): unknown {
  const cell = terminal.buffer.active.getNullCell() as Cell;
  const isActive = buffer === partsOf(terminal)._bufferService.buffers.active;
  const lines: unknown[] = [];
  for (let row = 0; row < buffer.lines.length; row += 1) {
    const line = buffer.lines.get(row);
    if (line === undefined) continue;
    const cells: string[] = [];
    const isCursors = isActive && buffer.x >= terminal.cols && row === buffer.ybase + buffer.y;
    // What a wider screen had is not seen any more.
    const length = Math.min(line.length, terminal.cols);
    for (let column = 0; column < length; column += 1) {
      line.loadCell(column, cell);
      if (column + cell.getWidth() > length) {
        cells.push(`1${JSON.stringify({ bg: erasedLook(cell).bg })}`);
        continue;
      }
      // An empty cell shows its background alone.
      const look = lookOf(cell);
      const isBlank = cell.getChars() === ' ' && isSameLook(look, erasedLook(cell));
      const isEmpty = isBlank && isCursors && column === length - 1;
      const chars = isEmpty ? '' : cell.getChars();
      const shown = chars === '' ? { bg: erasedLook(cell).bg } : linkOf(look);
      cells.push(`${chars}${cell.getWidth()}${JSON.stringify(shown)}`);
    }
    lines.push([line.isWrapped, cells.join('|')]);
  }
  return {
    lines,
    base: buffer.ybase,
    region: [buffer.scrollTop, buffer.scrollBottom],
    tabs: Object.keys(buffer.tabs).filter((column) => Number(column) < terminal.cols),
    saved: [
      Math.min(buffer.savedX, terminal.cols - 1),
      Math.min(terminal.rows - 1, Math.max(0, buffer.savedY - buffer.ybase)),
      lookOf(buffer.savedCurAttrData).fg,
      lookOf(buffer.savedCurAttrData).bg,
      buffer.savedCharset ?? null,
    ],
  };
}

function lookWithLink(terminal: Terminal, { urlId, ...rest }: Look, withLinks: boolean): unknown {
  const data = withLinks ? partsOf(terminal)._oscLinkService.getLinkData(urlId) : undefined;
  return { ...rest, url: data?.uri ?? null };
}
