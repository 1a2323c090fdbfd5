/* eslint-disable no-control-regex -- Control sequences are what this is about. */

/** A line longer than this is written in parts. */
const longestLine = 16_384;

/** A control sequence that counts within a line; others go. Its numbers, and the letter that says what it does. */
const csi = /^\u001b\[([0-9;?<=>!]*)[ -/]*([@-~])/;
/** A text for the terminal alone, such as a title, up to its end. */
const text = /^\u001b[\]PX^_](?:[^\u0007\u001b]|\u001b(?!\\))*?(?:\u0007|\u001b\\)/;
const short = /^\u001b(?:[ -/]+[0-~]|[0-OQ-WYZ\\`-~])/;
/** The beginning of one of them, whose rest is still to come. */
const begun = /^\u001b(?:\[[0-?]*[ -/]*|[\]PX^_][\s\S]*|[ -/]*)?$/;
/** So much of a sequence may wait for its end; a longer one is none. */
const longestSequence = 4_096;

/**
 * The output of a shell as lines of text: without control sequences, and each line as it stood in the end where the shell went
 * back in it, as at a prompt. What a program draws on the other screen (an editor) is left out.
 */
export class PlainText {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #line: string[] = [];
  #column = 0;
  #isOtherScreen = false;

  /** Takes output; gives the lines that are whole by it. */
  take(bytes: Uint8Array): string {
    let input = this.#rest + this.#decoder.decode(bytes, { stream: true });
    this.#rest = '';
    let out = '';
    while (input !== '') {
      const sequence = input.startsWith('\u001b') ? this.#sequence(input) : 1;
      if (sequence === null) {
        this.#rest = input;
        break;
      }
      if (!input.startsWith('\u001b')) {
        const plain = /^[^\u0000-\u001f\u007f-\u009f]+/.exec(input)?.[0];
        if (plain === undefined) out += this.#control(input.charAt(0));
        else out += this.#put(plain);
        input = input.slice(plain?.length ?? 1);
      } else input = input.slice(sequence);
    }
    return out;
  }

  /** What is left when the log ends. */
  end(): string {
    return this.#line.length === 0 ? '' : this.#endLine();
  }

  /** How long the sequence is that begins here, once it was followed; null where its end is not there yet. */
  #sequence(input: string): number | null {
    const control = csi.exec(input);
    if (control !== null) {
      this.#act(control[2] ?? '', control[1] ?? '');
      return control[0].length;
    }
    const other = text.exec(input) ?? short.exec(input);
    if (other !== null) return other[0].length;
    return begun.test(input) && input.length <= longestSequence ? null : 1;
  }

  #act(letter: string, parameters: string): void {
    if (parameters.startsWith('?')) {
      const isScreen = parameters
        .slice(1)
        .split(';')
        .some((mode) => ['47', '1047', '1049'].includes(mode));
      if (isScreen && letter === 'h') this.#isOtherScreen = true;
      if (isScreen && letter === 'l') this.#isOtherScreen = false;
      return;
    }
    if (this.#isOtherScreen) return;
    const count = Math.min(Number.parseInt(parameters, 10) || 0, longestLine);
    const steps = Math.max(1, count);
    if (letter === 'C') this.#column = Math.min(this.#column + steps, longestLine);
    else if (letter === 'D') this.#column = Math.max(0, this.#column - steps);
    else if (letter === 'G') this.#column = steps - 1;
    else if (letter === 'P') this.#line.splice(this.#column, steps);
    else if (letter === '@') this.#line.splice(this.#column, 0, ...Array<string>(steps).fill(' '));
    else if (letter === 'K') this.#erase(count);
  }

  #erase(what: number): void {
    if (what === 0) this.#line.length = Math.min(this.#line.length, this.#column);
    else if (what === 2) this.#line.fill(' ');
    else this.#line.fill(' ', 0, this.#column + 1);
  }

  #control(character: string): string {
    if (this.#isOtherScreen) return '';
    if (character === '\n') return this.#endLine();
    if (character === '\r') this.#column = 0;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character === '\t') return this.#put('\t');
    return '';
  }

  #put(plain: string): string {
    if (this.#isOtherScreen) return '';
    let out = '';
    for (const character of plain) {
      while (this.#line.length < this.#column) this.#line.push(' ');
      this.#line[this.#column] = character;
      this.#column += 1;
      if (this.#column >= longestLine) out += this.#endLine('');
    }
    return out;
  }

  #endLine(end = '\n'): string {
    const line = this.#line.join('').trimEnd() + end;
    this.#line = [];
    this.#column = 0;
    return line;
  }
}
