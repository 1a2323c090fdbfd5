import { LineEditor } from '../ssh/line-editor.ts';
import type { Machine } from '../ssh/machine.ts';

/** What a login is given and asked for. */
export interface LoginOptions {
  readonly machine: Machine;
  readonly write: (text: string) => void;
  /** Whether this opens the machine. */
  readonly isRight: (user: string, password: string) => boolean;
  readonly onOpened: () => void;
}

/** The login prompt of a text console: a name, and a password that is not shown. */
export class Login {
  readonly #options: LoginOptions;
  readonly #editor: LineEditor;
  /** Null while the name is asked for. */
  #user: string | null = null;

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#editor = new LineEditor([], {
      draw: (text) => this.#draw(text),
      line: (line) => this.#line(line),
      interrupt: () => this.#ask(),
      end: () => this.#ask(),
    });
    options.write(`\r\n${options.machine.osName} ${options.machine.name} tty1\r\n\r\n`);
    this.#ask();
  }

  /** Takes what was typed; gives back what belongs to the shell that it opened. */
  type(text: string): string {
    let rest = text;
    while (rest !== '') {
      const line = this.#editor.type(rest);
      if (line === rest) return rest;
      rest = line;
    }
    return '';
  }

  #ask(): void {
    this.#user = null;
    this.#editor.begin(`${this.#options.machine.name} login: `);
  }

  #line(line: string): void {
    const { write, isRight, onOpened } = this.#options;
    if (this.#user === null) {
      if (line.trim() === '') {
        this.#ask();
      } else {
        this.#user = line.trim();
        write('Password: ');
      }
    } else if (isRight(this.#user, line)) {
      onOpened();
    } else {
      write('\r\nLogin incorrect\r\n');
      this.#ask();
    }
  }

  /** The password is drawn by nothing, not even by its length; only the line's end is. */
  #draw(text: string): void {
    if (this.#user === null || text === '\r\n' || text === '^C\r\n') this.#options.write(text);
  }
}
