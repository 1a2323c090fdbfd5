/*
 * The packets of SFTP, version 3 (draft-ietf-secsh-filexfer-02), which is what OpenSSH speaks.
 */
import { WireReader, wireString, wireUint32 } from '../auth/wire.ts';

/** Names and paths on a server: bytes. */
export type Bytes = Buffer;

export const request = {
  init: 1,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  symlink: 20,
  extended: 200,
} as const;

export const reply = {
  version: 2,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attributes: 105,
  extended: 201,
} as const;

export const status = {
  ok: 0,
  eof: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
} as const;

export const openFlags = { read: 1, write: 2, create: 8, truncate: 16, exclusive: 32 } as const;

/** What a server says of a file; what it leaves out is null. Times are whole seconds since the epoch. */
export interface Attributes {
  readonly size: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
  /** With the file's type. */
  readonly mode: number | null;
  readonly modifiedS: number | null;
}

/** What is set; times need both, and so do ids. */
export interface NewAttributes {
  readonly size?: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly mode?: number;
  readonly modifiedS?: number;
}

const has = { size: 1, ids: 2, mode: 4, times: 8, extended: 0x8000_0000 } as const;

export function wireUint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

export function wireAttributes({ size, owner, mode, modifiedS }: NewAttributes): Buffer {
  let flags = 0;
  const fields: Buffer[] = [];
  if (size !== undefined) {
    flags |= has.size;
    fields.push(wireUint64(size));
  }
  if (owner !== undefined) {
    flags |= has.ids;
    fields.push(wireUint32(owner.uid), wireUint32(owner.gid));
  }
  if (mode !== undefined) {
    flags |= has.mode;
    fields.push(wireUint32(mode));
  }
  if (modifiedS !== undefined) {
    flags |= has.times;
    // Access time first. It has 32 bits.
    const time = wireUint32(Math.max(0, Math.min(0xffff_ffff, Math.floor(modifiedS))));
    fields.push(time, time);
  }
  return Buffer.concat([wireUint32(flags), ...fields]);
}

export function readUint64(reader: WireReader): number {
  return reader.uint32() * 0x1_0000_0000 + reader.uint32();
}

export function readAttributes(reader: WireReader): Attributes {
  const flags = reader.uint32();
  const size = (flags & has.size) === 0 ? null : readUint64(reader);
  const [uid, gid] = (flags & has.ids) === 0 ? [null, null] : [reader.uint32(), reader.uint32()];
  const mode = (flags & has.mode) === 0 ? null : reader.uint32();
  let modifiedS: number | null = null;
  if ((flags & has.times) !== 0) {
    reader.uint32();
    modifiedS = reader.uint32();
  }
  if ((flags & has.extended) !== 0) {
    for (let left = reader.uint32(); left > 0; left -= 1) {
      reader.string();
      reader.string();
    }
  }
  return { size, uid, gid, mode, modifiedS };
}

/** A packet with its length in front, and room behind it for `trailing` bytes that are sent by themselves. */
export function packet(type: number, fields: readonly Buffer[], trailingBytes = 0): Buffer {
  const length = 1 + fields.reduce((sum, field) => sum + field.length, 0) + trailingBytes;
  return Buffer.concat([wireUint32(length), Buffer.from([type]), ...fields]);
}

export { WireReader, wireString, wireUint32 };

/** Cuts what comes in into packets. What it keeps is a copy: the caller's memory is used again. */
export class PacketCutter {
  readonly #take: (packet: Buffer) => void;
  readonly #maxBytes: number;
  readonly #head = Buffer.alloc(4);
  #headBytes = 0;
  #packet: Buffer | null = null;
  #packetBytes = 0;

  constructor(maxBytes: number, take: (packet: Buffer) => void) {
    this.#maxBytes = maxBytes;
    this.#take = take;
  }

  /** Throws `RangeError` at a packet that is longer than any may be. */
  add(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#packet === null) {
        const taken = Math.min(4 - this.#headBytes, chunk.length - offset);
        chunk.copy(this.#head, this.#headBytes, offset, offset + taken);
        this.#headBytes += taken;
        offset += taken;
        if (this.#headBytes < 4) return;
        const length = this.#head.readUInt32BE(0);
        if (length === 0 || length > this.#maxBytes) throw new RangeError(`A packet of ${length} bytes`);
        this.#headBytes = 0;
        this.#packet = Buffer.allocUnsafeSlow(length);
        this.#packetBytes = 0;
      }
      const taken = Math.min(this.#packet.length - this.#packetBytes, chunk.length - offset);
      chunk.copy(this.#packet, this.#packetBytes, offset, offset + taken);
      this.#packetBytes += taken;
      offset += taken;
      if (this.#packetBytes < this.#packet.length) return;
      const whole = this.#packet;
      this.#packet = null;
      this.#take(whole);
    }
  }
}
