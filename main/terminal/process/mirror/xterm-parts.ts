import type { IBufferCell, Terminal } from '@xterm/headless';

/**
 * What the terminal's state needs of xterm beyond its public interface: it has no other way to read a scroll region, a
 * saved cursor, a character set or a half-read sequence. The names are those of the version in the lock;
 * `mirror.test.ts` fails where another version has others.
 */
export interface XtermParts {
  readonly _inputHandler: {
    readonly parse: (data: string | Uint8Array) => void;
    readonly _curAttrData: Attributes;
    readonly _parser: { readonly currentState: number; readonly precedingJoinState: number };
    readonly _utf8Decoder: { readonly interim: Uint8Array };
    readonly onColor: (listener: (event: readonly ColourRequest[]) => void) => void;
  };
  readonly _bufferService: {
    readonly buffers: {
      readonly normal: ScreenBuffer;
      readonly alt: ScreenBuffer;
      readonly active: ScreenBuffer;
    };
  };
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly modes: { readonly insertMode: boolean };
    readonly decPrivateModes: {
      readonly applicationCursorKeys: boolean;
      readonly applicationKeypad: boolean;
      readonly bracketedPasteMode: boolean;
      readonly cursorBlink: boolean | undefined;
      readonly cursorStyle: 'block' | 'underline' | 'bar' | undefined;
      readonly origin: boolean;
      readonly reverseWraparound: boolean;
      readonly sendFocus: boolean;
      readonly synchronizedOutput: boolean;
      readonly wraparound: boolean;
    };
  };
  readonly coreMouseService: { readonly activeProtocol: string; readonly activeEncoding: string };
  readonly _charsetService: {
    readonly charset: Charset | undefined;
    readonly glevel: number;
    readonly _charsets: readonly (Charset | undefined)[];
  };
  readonly _oscLinkService: {
    readonly getLinkData: (id: number) => { readonly id?: string; readonly uri: string } | undefined;
  };
}

/** A table of characters that stand for others. */
export type Charset = Readonly<Record<string, string>>;

/** The look of a cell, or of what is written next, in xterm's bits; `extended` is stale where `bg` does not name it. */
export interface Attributes {
  readonly fg: number;
  readonly bg: number;
  readonly extended: { readonly _ext: number; readonly urlId: number };
}

/** A cell that `getCell` gave: xterm's own cells have their look in them. */
export type Cell = IBufferCell & Attributes;

/** One of the two screens. */
export interface ScreenBuffer {
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  readonly savedX: number;
  readonly savedY: number;
  readonly savedCurAttrData: Attributes;
  readonly savedCharset: Charset | undefined;
  readonly scrollTop: number;
  readonly scrollBottom: number;
  readonly tabs: Readonly<Record<number, boolean>>;
  readonly lines: { readonly get: (row: number) => ScreenLine | undefined; readonly length: number };
}

/** A line of a screen. */
export interface ScreenLine {
  readonly isWrapped: boolean;
  readonly length: number;
  readonly loadCell: (column: number, cell: Cell) => Cell;
  readonly getNoBgTrimmedLength: () => number;
}

/** A program sets, resets (1, 2) or asks for (0) a colour: 0 to 255 of the palette, then text, background, cursor. */
export interface ColourRequest {
  readonly type: 0 | 1 | 2;
  readonly index?: number;
  readonly color?: readonly [number, number, number];
}

/** Xterm's own parts of a terminal. */
export function partsOf(terminal: Terminal): XtermParts {
  return (terminal as unknown as { readonly _core: XtermParts })._core;
}
