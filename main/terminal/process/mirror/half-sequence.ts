const ground = 0;
const escape = 0x1b;
/** Strings: operating system, device control and privacy messages; only in them are control characters content. */
const stringStates: ReadonlySet<number> = new Set([7, 8, 9, 10, 11, 12, 13]);
const keptBytes = 64 * 1024;

/**
 * Keeps the beginning of a sequence or of a character that the next bytes complete, so that another terminal can be
 * brought to the same place in it.
 */
export class HalfSequence {
  #bytes: Buffer = Buffer.alloc(0);
  #state = ground;

  /** After bytes were parsed: those bytes, the parser's state, and whether a character is half read. */
  parsed(bytes: Buffer, state: number, isHalfCharacter: boolean): void {
    this.#state = state;
    if (state === ground && !isHalfCharacter) this.#bytes = Buffer.alloc(0);
    else this.#bytes = Buffer.concat([this.#bytes, bytes]).subarray(-keptBytes);
  }

  /** What is begun: empty where nothing is. */
  begun(): Buffer {
    const bytes = this.#bytes;
    if (bytes.length === 0) return bytes;
    if (this.#state === ground) return bytes.subarray(lastLeadByte(bytes));
    const start = lastIntroducer(bytes);
    if (start < 0) return Buffer.from(standIn(this.#state));
    const sequence = bytes.subarray(start);
    // Elsewhere control characters within a sequence have been carried out.
    return stringStates.has(this.#state)
      ? sequence
      : (sequence.filter((byte) => byte >= 0x20 || byte === escape) as Buffer);
  }
}

/**
 * What stands for a sequence whose beginning is so long ago that it is not kept: one that is passed over, and ends where that one
 * does. An operating system command ends with BEL too, a control sequence with a letter; all other strings with ST alone.
 */
function standIn(state: number): string {
  if (state === 2) return '\u001b  ';
  if (state >= 3 && state <= 6) return '\u001b[0<';
  return state === 8 ? '\u001b]!' : '\u001bX';
}

/** Escape, or one of the controls of ISO 6429 as UTF-8: device control, string, sequence, command, messages. */
function lastIntroducer(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    if (bytes[at] === escape) return at;
    const next = bytes[at + 1];
    if (
      bytes[at] === 0xc2 &&
      (next === 0x90 ||
        next === 0x98 ||
        (next !== undefined && next >= 0x9b && next <= 0x9f && next !== 0x9c))
    )
      return at;
  }
  return -1;
}

function lastLeadByte(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3); at -= 1) {
    if ((bytes[at] ?? 0) >= 0xc0) return at;
  }
  return bytes.length;
}
