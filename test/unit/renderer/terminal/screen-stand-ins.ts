import { vi } from 'vitest';

type Listener<T> = (value: T) => void;

/** xterm as far as a screen uses it: what it was told is kept, and what it says is said by the test. */
export class StandInTerminal {
  static last: StandInTerminal;
  readonly options: Record<string, unknown>;
  readonly addons: unknown[] = [];
  readonly parser = { registerOscHandler: () => undefined };
  textarea: EventTarget | undefined;
  cursorMoved: () => void = () => undefined;
  readonly unicode = { activeVersion: '6', register: () => undefined };
  readonly written: (Uint8Array | string)[] = [];
  readonly parsed: (() => void)[] = [];
  readonly done: string[] = [];
  element:
    | {
        checkVisibility: () => boolean;
        readonly dataset: Record<string, string>;
        readonly clientHeight: number;
      }
    | undefined;
  isVisible = true;
  selection = '';
  cols = 80;
  rows = 24;
  key: Listener<{ key: string }> = () => undefined;
  data: Listener<string> = () => undefined;
  binary: Listener<string> = () => undefined;
  resized: Listener<{ cols: number; rows: number }> = () => undefined;
  readonly #selectionListeners: (() => void)[] = [];
  scrolled: () => void = () => undefined;
  readonly modes = { mouseTrackingMode: 'none' };
  readonly buffer = { active: { baseY: 0, viewportY: 0 } };
  onKeyEvent: (event: KeyboardEvent) => boolean = () => true;
  userInput: () => void = () => undefined;
  readonly _core = { coreService: { onUserInput: (listener: () => void) => (this.userInput = listener) } };

  constructor(options: Record<string, unknown>) {
    this.options = options;
    StandInTerminal.last = this;
  }
  loadAddon(addon: unknown): void {
    this.addons.push(addon);
  }
  open(): void {
    this.element = { checkVisibility: () => this.isVisible, dataset: {}, clientHeight: 480 };
  }
  onCursorMove(listener: () => void): { readonly dispose: () => void } {
    this.cursorMoved = listener;
    return { dispose: () => this.done.push('no more moves') };
  }
  onKey(listener: Listener<{ key: string }>): void {
    this.key = listener;
  }
  onData(listener: Listener<string>): void {
    this.data = listener;
  }
  onBinary(listener: Listener<string>): void {
    this.binary = listener;
  }
  onResize(listener: Listener<{ cols: number; rows: number }>): void {
    this.resized = listener;
  }
  bell: () => void = () => undefined;
  onBell(listener: () => void): void {
    this.bell = listener;
  }
  onSelectionChange(listener: () => void): void {
    this.#selectionListeners.push(listener);
  }
  selected(): void {
    for (const listener of this.#selectionListeners) listener();
  }
  onScroll(listener: () => void): void {
    this.scrolled = listener;
  }
  attachCustomKeyEventHandler(handler: (event: KeyboardEvent) => boolean): void {
    this.onKeyEvent = handler;
  }
  /** Parsed once the test calls `parse`. */
  write(data: Uint8Array | string, parsed?: () => void): void {
    this.written.push(data);
    if (parsed !== undefined) this.parsed.push(parsed);
  }
  parse(): void {
    for (const each of this.parsed.splice(0)) each();
  }
  /** As xterm does, tells of it where it changes something. */
  resize(cols: number, rows: number): void {
    this.cols = cols;
    this.rows = rows;
    this.resized({ cols, rows });
  }
  focus(): void {
    this.done.push('focus');
  }
  hasSelection(): boolean {
    return this.selection !== '';
  }
  getSelection(): string {
    return this.selection;
  }
  getSelectionPosition(): undefined {
    return undefined;
  }
  scrollToLine(line: number): void {
    this.done.push(`scroll to ${line}`);
  }
  clearSelection(): void {
    this.done.push('clear');
    this.selection = '';
    this.selected();
  }
  input(text: string): void {
    this.userInput();
    this.data(text);
  }
  paste(text: string): void {
    this.userInput();
    this.data(`pasted ${text}`);
  }
  scrollLines(count: number): void {
    this.done.push(`scroll by ${count}`);
  }
  scrollToBottom(): void {
    this.done.push('scroll to bottom');
  }
  dispose(): void {
    this.done.push('dispose');
  }
}

export const fit = vi.fn();
export const clearDecorations = vi.fn();
type Results = { readonly resultIndex: number; readonly resultCount: number };
let told: Listener<Results> = () => undefined;
/** Tells what the search add-on has come to. */
export const tell = (results: Results): void => told(results);
/** What a search found is selected, as the search add-on does it. */
export const find = vi.fn<(direction: 'next' | 'previous', text: string, options?: object) => boolean>(
  (direction, text) => {
    StandInTerminal.last.selection = text;
    StandInTerminal.last.selected();
    return direction === 'next';
  },
);

export class StandInSearch {
  static last: StandInSearch;
  readonly clearDecorations = clearDecorations;
  constructor() {
    StandInSearch.last = this;
  }
  onDidChangeResults(listener: Listener<Results>): void {
    told = listener;
  }
  findNext(text: string, options?: object): boolean {
    return find('next', text, options);
  }
  findPrevious(text: string, options?: object): boolean {
    return find('previous', text, options);
  }
}
