/** What a typed text asks for, besides changes of the line itself. */
export interface EditorEvents {
  /** Draws on the terminal. */
  readonly draw: (text: string) => void;
  readonly line: (line: string) => void;
  readonly interrupt: () => void;
  /** Ctrl+D on an empty line. */
  readonly end: () => void;
}

/** Escape sequences of keys, as xterm sends them. */
// eslint-disable-next-line no-control-regex -- the escape character is what begins such a sequence
const escapeSequence = /^\u001b(\[[0-9;]*[A-Za-z~]|O[A-Za-z])/;

/** The line that is being typed, with history, as readline's basics have it. Holds no terminal. */
export class LineEditor {
  readonly #events: EditorEvents;
  readonly #history: readonly string[];
  #prompt = '';
  #line = '';
  #cursor = 0;
  /** Counted from the newest entry of the history; 0 is the line that is being typed. */
  #historyOffset = 0;
  #draft = '';

  /** `history` is read only; its owner adds to it. */
  constructor(history: readonly string[], events: EditorEvents) {
    this.#history = history;
    this.#events = events;
  }

  /** Shows the prompt of a new line. */
  begin(prompt: string): void {
    this.#prompt = prompt;
    this.#set('', 0);
    this.#historyOffset = 0;
    this.#events.draw(prompt);
  }

  /**
   * Takes what was typed, until a line is complete; returns the rest, which belongs to what that line starts.
   */
  type(text: string): string {
    let rest = text;
    while (rest !== '') {
      const escape = escapeSequence.exec(rest);
      const key = escape ? escape[0] : String.fromCodePoint(rest.codePointAt(0) ?? 0);
      rest = rest.slice(key.length);
      if (this.#press(key)) return rest;
    }
    return '';
  }

  /** True when the line is over. */
  #press(key: string): boolean {
    switch (key) {
      case '\r':
      case '\n': {
        const line = this.#line;
        this.#events.draw('\r\n');
        this.#set('', 0);
        this.#events.line(line);
        return true;
      }
      case '\u0003':
        this.#events.draw('^C\r\n');
        this.#events.interrupt();
        return false;
      case '\u0004':
        if (this.#line === '') this.#events.end();
        return this.#line === '';
      case '\u007f':
      case '\b':
        if (this.#cursor > 0) this.#replace(this.#cursor - 1, this.#cursor, '');
        return false;
      case '\u000c':
        this.#events.draw('\u001b[H\u001b[2J');
        this.#redraw();
        return false;
      case '\u0001':
      case '\u001b[H':
      case '\u001bOH':
        this.#moveTo(0);
        return false;
      case '\u0005':
      case '\u001b[F':
      case '\u001bOF':
        this.#moveTo(this.#line.length);
        return false;
      case '\u0015':
        this.#replace(0, this.#cursor, '');
        return false;
      case '\u001b[3~':
        this.#replace(this.#cursor, this.#cursor + 1, '');
        return false;
      case '\u001b[D':
      case '\u001bOD':
        this.#moveTo(this.#cursor - 1);
        return false;
      case '\u001b[C':
      case '\u001bOC':
        this.#moveTo(this.#cursor + 1);
        return false;
      case '\u001b[A':
      case '\u001bOA':
        this.#recall(this.#historyOffset + 1);
        return false;
      case '\u001b[B':
      case '\u001bOB':
        this.#recall(this.#historyOffset - 1);
        return false;
      default:
        if (key >= ' ' && !key.startsWith('\u001b')) this.#insert(key);
        return false;
    }
  }

  #insert(text: string): void {
    if (this.#cursor < this.#line.length) {
      this.#replace(this.#cursor, this.#cursor, text);
      return;
    }
    this.#set(this.#line + text, this.#cursor + text.length);
    this.#events.draw(text);
  }

  #replace(from: number, to: number, text: string): void {
    this.#set(this.#line.slice(0, from) + text + this.#line.slice(to), from + text.length);
    this.#redraw();
  }

  #moveTo(position: number): void {
    this.#cursor = Math.min(Math.max(position, 0), this.#line.length);
    this.#redraw();
  }

  #recall(offset: number): void {
    if (offset < 0 || offset > this.#history.length) return;
    if (this.#historyOffset === 0) this.#draft = this.#line;
    this.#historyOffset = offset;
    const line = offset === 0 ? this.#draft : (this.#history.at(-offset) ?? '');
    this.#set(line, line.length);
    this.#redraw();
  }

  #set(line: string, cursor: number): void {
    this.#line = line;
    this.#cursor = cursor;
  }

  #redraw(): void {
    const back = this.#line.length - this.#cursor;
    this.#events.draw(`\r${this.#prompt}${this.#line}\u001b[K${back > 0 ? `\u001b[${back}D` : ''}`);
  }
}
