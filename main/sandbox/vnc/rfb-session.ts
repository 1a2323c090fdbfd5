import { randomBytes, timingSafeEqual } from 'node:crypto';
import { vncAuthResponse } from '../../console/vnc-auth.ts';
import {
  areaOf,
  drawCells,
  screenHeight,
  screenWidth,
  type CellLook,
  type TextScreen,
} from './text-screen.ts';

/** What a client's connection is given and asked for. */
export interface RfbSessionOptions {
  readonly password: string;
  readonly name: string;
  readonly screen: TextScreen;
  readonly send: (bytes: Uint8Array) => void;
  /** Ends the connection; nothing is taken after it. */
  readonly close: () => void;
  readonly onKey: (keysym: number, isDown: boolean) => void;
}

/** How a client wants its pixels: 32 bits, eight for each colour, at these places. */
interface PixelShifts {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Takes whole messages off the front of the bytes; gives how many bytes they took, 0 while more have to come. */
type Step = (bytes: Buffer) => number;

const version = 'RFB 003.008\n';
const vncAuthentication = 2;
/** Longer texts of the clipboard are nobody's here. */
const longestCutText = 1024 * 1024;
const changedWaitMs = 15;

/** One client of a text screen: RFB 3.8 (RFC 6143) with VNC authentication and raw pixels. */
export class RfbSession {
  readonly #options: RfbSessionOptions;
  readonly #challenge = randomBytes(16);
  readonly #unsubscribe: () => void;
  #buffer = Buffer.alloc(0);
  #step: Step = (bytes) => this.#version(bytes);
  #shifts: PixelShifts = { red: 16, green: 8, blue: 0 };
  /** What the client shows; an empty line is unknown. */
  #shown: (readonly CellLook[])[] = [];
  /** It waits for the next change. */
  #isWaiting = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: RfbSessionOptions) {
    this.#options = options;
    this.#unsubscribe = options.screen.onChange(() => this.#changed());
    this.#send(Buffer.from(version));
  }

  /** Takes what the client sent. */
  take(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (let taken = 1; taken > 0 && this.#buffer.length > 0;) {
      taken = this.#step(this.#buffer);
      this.#buffer = this.#buffer.subarray(taken);
    }
  }

  /** The connection is over. */
  end(): void {
    this.#unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#step = (rest) => rest.length;
  }

  #version(bytes: Buffer): number {
    if (bytes.length < version.length) return 0;
    if (bytes.toString('latin1', 0, version.length) !== version) return this.#refuse(bytes);
    this.#send(Buffer.from([1, vncAuthentication]));
    this.#step = (rest) => this.#security(rest);
    return version.length;
  }

  #security(bytes: Buffer): number {
    if (bytes[0] !== vncAuthentication) return this.#refuse(bytes);
    this.#send(this.#challenge);
    this.#step = (rest) => this.#response(rest);
    return 1;
  }

  #response(bytes: Buffer): number {
    if (bytes.length < 16) return 0;
    const expected = vncAuthResponse(this.#options.password, this.#challenge);
    if (timingSafeEqual(bytes.subarray(0, 16), expected)) {
      this.#send(uint32(0));
      this.#step = (rest) => this.#clientInit(rest);
    } else {
      this.#send(uint32(1), lengthAndText('Authentication failed'));
      this.#options.close();
    }
    return 16;
  }

  #clientInit(bytes: Buffer): number {
    const format = Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);
    this.#send(uint16(screenWidth), uint16(screenHeight), format, lengthAndText(this.#options.name));
    this.#step = (rest) => this.#message(rest);
    return Math.min(1, bytes.length);
  }

  #message(bytes: Buffer): number {
    const size = messageSize(bytes);
    if (size === null) return this.#refuse(bytes);
    if (bytes.length < size) return 0;
    switch (bytes[0]) {
      case 0:
        return this.#setPixelFormat(bytes, size);
      case 3: {
        if (bytes[1] === 0) this.#shown = [];
        this.#isWaiting = true;
        this.#changed();
        return size;
      }
      case 4:
        this.#options.onKey(bytes.readUInt32BE(4), bytes[1] !== 0);
        return size;
      default:
        // Encodings (raw is always understood), the pointer and the clipboard: nothing here asks for them.
        return size;
    }
  }

  #setPixelFormat(bytes: Buffer, size: number): number {
    const [bitsPerPixel, , isBigEndian, isTrueColour] = bytes.subarray(4);
    if (bitsPerPixel !== 32 || isBigEndian !== 0 || isTrueColour === 0) return this.#refuse(bytes);
    this.#shifts = { red: bytes[14] ?? 0, green: bytes[15] ?? 0, blue: bytes[16] ?? 0 };
    this.#shown = [];
    return size;
  }

  /** Changes that come together are sent together. */
  #changed(): void {
    if (!this.#isWaiting || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#update();
    }, changedWaitMs);
  }

  #update(): void {
    const looks = this.#options.screen.looks();
    const rectangles = looks.flatMap((line, y) => {
      const before = this.#shown[y];
      const differs = (look: CellLook, x: number): boolean => look !== before?.[x];
      const from = line.findIndex(differs);
      if (from === -1) return [];
      const to = line.findLastIndex(differs) + 1;
      const { x, y: top, width, height } = areaOf(y, from, to);
      const place = [x, top, width, height].map(uint16);
      return [Buffer.concat([...place, uint32(0), this.#encode(drawCells(line.slice(from, to)))])];
    });
    if (rectangles.length === 0) return;
    this.#shown = [...looks];
    this.#isWaiting = false;
    this.#send(Buffer.from([0, 0]), uint16(rectangles.length), ...rectangles);
  }

  #encode(pixels: Uint32Array): Buffer {
    const { red, green, blue } = this.#shifts;
    const bytes = Buffer.alloc(pixels.length * 4);
    pixels.forEach((colour, index) => {
      const value = ((colour >> 16) << red) | (((colour >> 8) & 255) << green) | ((colour & 255) << blue);
      bytes.writeUInt32LE(value >>> 0, index * 4);
    });
    return bytes;
  }

  #refuse(bytes: Buffer): number {
    this.#options.close();
    return bytes.length;
  }

  #send(...parts: readonly Uint8Array[]): void {
    this.#options.send(Buffer.concat(parts));
  }
}

/** How long the client's message at the front is; null for one that is unknown or too long. */
function messageSize(bytes: Buffer): number | null {
  switch (bytes[0]) {
    case 0:
      return 20;
    case 2:
      return bytes.length < 4 ? 4 : 4 + bytes.readUInt16BE(2) * 4;
    case 3:
      return 10;
    case 4:
      return 8;
    case 5:
      return 6;
    case 6: {
      const length = bytes.length < 8 ? 0 : bytes.readUInt32BE(4);
      return length > longestCutText ? null : 8 + length;
    }
    default:
      return null;
  }
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function lengthAndText(text: string): Buffer {
  return Buffer.concat([uint32(Buffer.byteLength(text)), Buffer.from(text)]);
}
