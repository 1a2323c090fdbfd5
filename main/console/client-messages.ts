/** A message of a client: a key, the list of the encodings that it reads, or another. */
export interface ClientMessage {
  readonly kind: 'key' | 'encodings' | 'other';
  readonly bytes: Buffer;
}

/** LED states (rfbproto, "QEMU LED State Pseudo-encoding"). */
const ledState = -261;
/** Text for the clipboard is the one message that may be long. */
const longestBytes = 4 * 1024 * 1024;

/** The length of a message as far as its bytes tell; not a number for one that is not known. */
type LengthOf = (bytes: Buffer) => number;

/** For a length that stands in the message: so many bytes are needed to read it, until then it is that long. */
const after =
  (headBytes: number, read: (bytes: Buffer) => number): LengthOf =>
  (bytes) =>
    bytes.length < headBytes ? headBytes : read(bytes);
const fixed =
  (length: number): LengthOf =>
  () =>
    length;

/** By the type in the first byte (RFC 6143, 7.5; rfbproto, "Client to Server Messages"). */
const lengths: Readonly<Record<number, LengthOf>> = {
  /** SetPixelFormat */
  0: fixed(20),
  /** SetEncodings */
  2: after(4, (bytes) => 4 + 4 * bytes.readUInt16BE(2)),
  /** FramebufferUpdateRequest */
  3: fixed(10),
  /** KeyEvent */
  4: fixed(8),
  /** PointerEvent: the uppermost bit of the buttons stands for one more byte of them. */
  5: after(2, (bytes) => ((bytes[1] ?? 0) & 0x80 ? 7 : 6)),
  /** ClientCutText: a negative length is that of the extended clipboard. */
  6: after(8, (bytes) => 8 + Math.abs(bytes.readInt32BE(4))),
  /** EnableContinuousUpdates */
  150: fixed(10),
  /** ClientFence */
  248: after(9, (bytes) => 9 + (bytes[8] ?? 0)),
  /** xvp */
  250: fixed(4),
  /** SetDesktopSize */
  251: after(8, (bytes) => 8 + 16 * (bytes[6] ?? 0)),
  /** QEMU's own: of these, extended key events alone. */
  255: after(2, (bytes) => (bytes[1] === 0 ? 12 : Number.NaN)),
};

/** Cuts what a client sends after the handshake into messages; the first is ClientInit, a byte. */
export class ClientMessages {
  #buffer = Buffer.alloc(0);
  #isBegun = false;

  /** The messages that are whole now; null for a client that sends something else. */
  take(bytes: Uint8Array): readonly ClientMessage[] | null {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const messages: ClientMessage[] = [];
    for (let type = this.#buffer[0]; type !== undefined; type = this.#buffer[0]) {
      const length = this.#isBegun ? (lengths[type]?.(this.#buffer) ?? Number.NaN) : 1;
      if (!(length <= longestBytes)) return null;
      if (this.#buffer.length < length) break;
      messages.push({
        kind: this.#isBegun ? kindOf(type) : 'other',
        bytes: this.#buffer.subarray(0, length),
      });
      this.#buffer = this.#buffer.subarray(length);
      this.#isBegun = true;
    }
    return messages;
  }
}

function kindOf(type: number): ClientMessage['kind'] {
  if (type === 2) return 'encodings';
  return type === 4 || type === 255 ? 'key' : 'other';
}

/**
 * SetEncodings without LED states. A server that is asked for them leaves it to the client to press Caps Lock where the
 * guest's differs; one that is not (QEMU, TigerVNC) presses it by itself where a letter and Shift do not fit together: for
 * what the user types and for what the app types.
 */
export function withoutLedState(setEncodings: Buffer): Buffer {
  const encodings = Array.from({ length: setEncodings.readUInt16BE(2) }, (_, index) =>
    setEncodings.readInt32BE(4 + 4 * index),
  ).filter((encoding) => encoding !== ledState);
  const message = Buffer.alloc(4 + 4 * encodings.length);
  message[0] = 2;
  message.writeUInt16BE(encodings.length, 2);
  encodings.forEach((encoding, index) => message.writeInt32BE(encoding, 4 + 4 * index));
  return message;
}
