/** Reads SSH's wire format (RFC 4251, section 5) field by field. Throws `RangeError` where the bytes end too early. */
export class WireReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes.readUInt8(this.#offset);
    this.#offset += 1;
    return value;
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.#offset);
    this.#offset += 4;
    return value;
  }

  string(): Buffer {
    const length = this.uint32();
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new RangeError('The field ends beyond the data');
    const value = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return value;
  }

  rest(): Buffer {
    const value = this.#bytes.subarray(this.#offset);
    this.#offset = this.#bytes.length;
    return value;
  }
}

/** A field with its length in front. */
export function wireString(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([wireUint32(bytes.length), bytes]);
}

/** A number of 32 bits, the highest first. */
export function wireUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
