import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { sanitisePaste } from '../../preload/contract/paste.ts';
import { keepAlternateScreenBare } from '../../preload/contract/terminal-screens.ts';
import { useServerWidths } from '../../preload/contract/terminal-widths.ts';
import type { PortFromSession, PortToSession, SessionPhase } from '../../preload/contract/terminal.ts';
import { afterFrame } from '../components/after-frame.ts';
import { controlCharacter } from '../components/chord.ts';
import { skipNeedlessColourResets } from './colour-resets.ts';
import { blinkByTimer } from './cursor-blink.ts';
import { lastLinesOf } from './last-lines.ts';
import { themeOf, xtermOptions, type Looks } from './looks.ts';
import { Reading } from './reading.ts';
import { ScreenSearch, type Found } from './screen-search.ts';
import type { SearchQuery } from './search-query.ts';
import { SessionFeed } from './session-feed.ts';
import { addLinks, type LinkHost } from './terminal-links.ts';
import { terminalCommand } from './terminal-keys.ts';
import { TypedInput } from './typed-input.ts';
import { useWebgl } from './webgl.ts';
import { scrollByWheel } from './wheel.ts';

/** In a window that draws nothing a state counts as drawn after that. */
const longestFrameMs = 250;

/** What a screen asks of the view around it. */
export interface ScreenHost extends LinkHost {
  readonly isMac: boolean;
  /** To the session. */
  readonly send: (message: PortToSession) => void;
  /** Several lines are about to be pasted: true lets them through. */
  readonly confirmPaste: (text: string) => Promise<boolean>;
  readonly openSearch: () => void;
  /** What a search has come to; told again when output comes. */
  readonly found: (found: Found) => void;
  /** Text of all terminals becomes larger or smaller by so much; 0: as it is set. */
  readonly zoom: (byPx: number) => void;
  /** A program rang the bell. */
  readonly bell: () => void;
  /** A person typed this here, or pasted it, and it was sent: what the terminal says by itself is not told. */
  readonly typed: (text: string) => void;
  readonly pasted: (text: string) => void;
}

/**
 * One xterm on one session. Everything that comes is untrusted: links open by https only and once their target was seen, the
 * clipboard is neither read nor written for the program (no OSC 52), titles and window reports are not answered (xterm's default).
 */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search: ScreenSearch;
  readonly #typedInput: TypedInput;
  readonly #feed: SessionFeed;
  readonly #reading: Reading;
  readonly #host: ScreenHost;
  readonly #observer: ResizeObserver;
  readonly #ownFont: string;
  #looks: Looks;
  #stopWebgl: (() => void) | null = null;
  readonly #stopBlinking: () => void;
  #phase: SessionPhase = { phase: 'connecting' };
  /** What the last key stands for. */
  #keyed = '';
  /** What comes now is of a paste or of a key that this class reads itself. */
  #isByPerson = false;
  /** What comes now is a paste, of which the broadcast hears by itself. */
  #isPaste = false;

  constructor(element: HTMLElement, looks: Looks, host: ScreenHost) {
    this.#host = host;
    this.#looks = looks;
    this.#ownFont = getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace';
    this.#terminal = new Terminal({
      ...xtermOptions(looks, this.#ownFont),
      cursorBlink: looks.settings.cursorBlink,
      allowProposedApi: true,
    });
    this.#terminal.loadAddon(this.#fit);
    this.#search = new ScreenSearch(this.#terminal, host.found);
    addLinks(this.#terminal, host.isMac, host);
    keepAlternateScreenBare(this.#terminal);
    skipNeedlessColourResets(this.#terminal);
    useServerWidths(this.#terminal);
    this.#terminal.open(element);
    this.#stopBlinking = blinkByTimer(this.#terminal);
    this.#typedInput = new TypedInput(this.#terminal);
    this.#feed = new SessionFeed(this.#terminal, {
      send: host.send,
      fit: () => this.fit(),
      selection: () => this.selection(),
      restored: () => this.#search.again(),
      afterFrame: (act) => afterFrame(act, longestFrameMs),
    });
    this.#reading = new Reading(this.#terminal, (isReading) => this.#feed.reading(isReading));
    this.#reading.look();
    this.#terminal.onBell(() => host.bell());
    this.#terminal.onKey(({ key }) => (this.#keyed = key));
    this.#terminal.onData((text) => this.#type(text));
    this.#terminal.onBinary((latin1) => host.send({ type: 'binary', latin1 }));
    this.#terminal.onResize(({ cols, rows }) => {
      if (!this.#feed.isRestoring) host.send({ type: 'resize', columns: cols, rows });
    });
    this.#terminal.attachCustomKeyEventHandler((event) => this.#onKey(event));
    this.#terminal.onSelectionChange(() => {
      // What a search marks, nobody selected.
      const isFound = this.#search.selectionChanged();
      if (this.#looks.settings.copyOnSelect && !isFound) this.#copy();
    });
    // One path for every paste, whichever key, menu or button brought it.
    element.addEventListener('paste', (event) => this.#onPaste(event), { capture: true });
    element.addEventListener('wheel', (event) => scrollByWheel(event, this.#terminal, this.#feed), {
      capture: true,
      passive: false,
    });
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(element);
    this.#drawBy(looks.settings.webgl);
  }

  /** Takes other looks, at once. */
  setLooks(looks: Looks): void {
    this.#looks = looks;
    Object.assign(this.#terminal.options, xtermOptions(looks, this.#ownFont));
    this.#blink();
    this.#drawBy(looks.settings.webgl);
    this.#reading.look();
    this.fit();
  }

  #drawBy(webgl: boolean): void {
    if (webgl) this.#stopWebgl ??= useWebgl(this.#terminal);
    else {
      this.#stopWebgl?.();
      this.#stopWebgl = null;
    }
  }

  /** A session gives from here on what comes, its state first. */
  begin(): void {
    this.#feed.begin();
  }

  /** Draws output; the session hears when it is parsed, and sends more. */
  write(bytes: Uint8Array): void {
    this.#feed.write(bytes);
  }

  /** Takes over the state of a session, and then its size is this screen's. What comes meanwhile waits. */
  restore(state: PortFromSession & { readonly type: 'restore' }): void {
    this.#feed.restore(state);
  }

  /** The session's phase: once it has ended, Enter connects again. */
  setPhase(state: SessionPhase): void {
    this.#phase = state;
    this.#blink();
  }

  #blink(): void {
    this.#terminal.options.cursorBlink = this.#looks.settings.cursorBlink && this.#phase.phase === 'open';
  }

  /** Makes the grid as large as the element. */
  fit(): void {
    // A hidden element has no size: fitting to it would shrink the grid to nothing.
    if (!this.#feed.isRestoring && this.#terminal.element?.checkVisibility() === true) this.#fit.fit();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** What is selected; empty where nothing is, and where it was a search that selected it. */
  selection(): string {
    return this.#search.hasSelected ? '' : this.#terminal.getSelection();
  }

  /** The last lines that have something on them, each as the program wrote it: one that wraps is one. */
  lastLines(count: number): string {
    return lastLinesOf(this.#terminal.buffer.active, count);
  }

  /** Finds the next or the previous match, or the first while it is typed. */
  find(query: SearchQuery, direction: 'next' | 'previous' | 'typed'): void {
    this.#reading.searching(true);
    this.#search.find(query, direction, themeOf(this.#looks));
  }

  /**
   * Takes a search away with its marks and what it found: if that stayed selected, the shell's Ctrl+C would copy it.
   */
  clearSearch(): void {
    this.#search.clear();
    this.#reading.searching(false);
  }

  /** What somebody has selected, where it is of one line. */
  selectedLine(): string {
    const text = this.#terminal.getSelection();
    return text.includes('\n') ? '' : text.trim();
  }

  /** Sends a text that was typed elsewhere, as it is. */
  type(text: string): void {
    if (this.#phase.phase !== 'open') return;
    if (!this.#feed.holdsScroll(Infinity)) this.#terminal.scrollToBottom();
    this.#host.send({ type: 'data', text });
  }

  /** Pastes a text that was pasted and confirmed elsewhere, as this terminal's program takes a paste. */
  paste(text: string): void {
    if (this.#phase.phase === 'open') this.#paste(text);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#stopBlinking();
    this.#terminal.dispose();
  }

  #type(text: string): void {
    const isTyped = this.#typedInput.take(text);
    // A terminal answers what it parses, and says that it has the focus: a restored one has nothing to answer.
    if (this.#feed.isRestoring && !isTyped && text !== this.#keyed && !this.#isByPerson) return;
    this.#keyed = '';
    // What is typed is seen: xterm scrolls to it, and does so in vain while a state is parsed.
    if (isTyped) this.#feed.holdsScroll(Infinity);
    if (this.#phase.phase !== 'ended') {
      this.#host.send({ type: 'data', text });
      if (isTyped && !this.#isPaste) this.#host.typed(text);
    } else if (this.#phase.retryable && text === '\r') this.#host.send({ type: 'reconnect' });
  }

  /** False keeps the key from the terminal. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    const command = terminalCommand(event, this.#host.isMac, this.#terminal.hasSelection());
    // The browser's own paste follows and comes through `#onPaste`.
    if (command === 'paste') return false;
    const control = command === null ? controlCharacter(event) : null;
    if (command === null && control === null) return true;
    event.preventDefault();
    if (command === 'search') this.#host.openSearch();
    if (command === 'larger') this.#host.zoom(1);
    if (command === 'smaller') this.#host.zoom(-1);
    if (command === 'usual-size') this.#host.zoom(0);
    if (command === 'copy') {
      this.#copy();
      this.#terminal.clearSelection();
    }
    if (control !== null) this.#byPerson(() => this.#terminal.input(control));
    return false;
  }

  #copy(): void {
    const text = this.#terminal.getSelection();
    // A window that is not in front may not write to it.
    if (text !== '') navigator.clipboard.writeText(text).catch(() => undefined);
  }

  #onPaste(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.#askPaste(event.clipboardData?.getData('text/plain') ?? '');
  }

  async #askPaste(raw: string): Promise<void> {
    const text = sanitisePaste(raw);
    if (text === '') return;
    const isSeveralLines = text.trimEnd().includes('\n');
    if (isSeveralLines && !(await this.#host.confirmPaste(text))) return;
    this.#paste(text);
    this.#host.pasted(text);
    this.focus();
  }

  #paste(text: string): void {
    this.#isPaste = true;
    this.#byPerson(() => this.#terminal.paste(text));
    this.#isPaste = false;
  }

  #byPerson(act: () => void): void {
    this.#isByPerson = true;
    act();
    this.#isByPerson = false;
  }
}
