import { displayLines } from '../../../preload/contract/display-text.ts';

/** What a server offers for each part of an encrypted connection (RFC 4253, section 7.1). */
export interface Offer {
  readonly kex: readonly string[];
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
}

const kexInit = 20;
const maxWords = 300;
const maxLineLength = 500;

/**
 * The first bytes of a connection, which ssh2 keeps to itself: lines before the version, the version, and what the
 * server offers. Holds no more than it is given until it is closed.
 */
export class Greeting {
  #chunks: Buffer[] = [];
  #isClosed = false;

  /** Takes what came in; copies it. */
  add(chunk: Buffer): void {
    if (!this.#isClosed) this.#chunks.push(Buffer.from(chunk));
  }

  /** Encryption has begun: what follows is of no use here. */
  close(): void {
    this.#isClosed = true;
    this.#chunks = [];
  }

  /** Whether the other side named itself as SSH. */
  get isSsh(): boolean {
    return /^SSH-/m.test(this.#text());
  }

  /** The version of SSH's protocol that the other side names, as `2.0`; null where it names none. */
  get protocolVersion(): string | null {
    return /^SSH-(\d+\.\d+)-/m.exec(this.#text())?.[1] ?? null;
  }

  /** The server's own words in place of a version, as one harmless text; empty where it is none that can be read. */
  words(): string {
    const text = this.#text();
    if (/^SSH-/m.test(text)) return '';
    // A line that long is nobody's sentence.
    if ((text.split(/\r?\n/)[0] ?? '').length > maxLineLength) return '';
    // A server that speaks another protocol than text has nothing to say to the user.
    const letters = Array.from(text);
    const readable = letters.filter(
      (letter) => /[\p{L}\p{N}\p{P}\p{S}\s]/u.test(letter) && letter !== '\ufffd',
    );
    if (readable.length < letters.length * 0.9) return '';
    return displayLines(text, maxWords).replaceAll('\n', ' ').trim();
  }

  /** What the server offered, where that came whole. */
  offer(): Offer | null {
    const bytes = Buffer.concat(this.#chunks);
    const version = /^SSH-[^\n]*\n/m.exec(bytes.toString('latin1'));
    if (version === null) return null;
    const packet = bytes.subarray(version.index + version[0].length);
    if (packet.length < 6 || packet[5] !== kexInit) return null;
    let offset = 6 + 16;
    const names = (): readonly string[] => {
      const length = packet.readUInt32BE(offset);
      const list = packet.toString('latin1', offset + 4, offset + 4 + length);
      if (offset + 4 + length > packet.length) throw new RangeError('cut short');
      offset += 4 + length;
      return list === '' ? [] : list.split(',').map((name) => displayLines(name, 100));
    };
    try {
      const kex = names();
      const hostKey = names();
      const cipher = names();
      names();
      return { kex, hostKey, cipher, mac: names() };
    } catch {
      return null;
    }
  }

  #text(): string {
    return Buffer.concat(this.#chunks).subarray(0, 4096).toString('utf8');
  }
}
