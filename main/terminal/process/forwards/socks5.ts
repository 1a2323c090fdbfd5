import type { PortForwardSettings } from '../../../../preload/contract/port-forwards.ts';

type Destination = NonNullable<PortForwardSettings['destination']>;

/** What a program's next bytes come to. */
export type SocksStep =
  | { readonly kind: 'more' }
  /** The way to sign in is settled (none): this is told to the program, and its request follows. */
  | { readonly kind: 'greeted'; readonly answer: Buffer }
  /** It names where to; `rest` is what it has sent behind that. */
  | { readonly kind: 'connect'; readonly destination: Destination; readonly rest: Buffer }
  /** It is told this, if anything, and the connection is over. */
  | { readonly kind: 'refused'; readonly answer: Buffer };

/** Answers to a request (RFC 1928, section 6). */
export const socksReplies = {
  done: 0,
  failed: 1,
  notAllowed: 2,
  unreachable: 4,
  refused: 5,
  commandNotSupported: 7,
  addressNotSupported: 8,
} as const;

const version = 5;
const noSignIn = 0;
const connect = 1;
const addressBytes: Readonly<Record<number, number>> = { 1: 4, 4: 16 };
const domainName = 3;

/** An answer to a request. It names no address of ours: no program needs one. */
export function socksReply(code: number): Buffer {
  return Buffer.from([version, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

/** The server's side of SOCKS5 (RFC 1928) without a sign-in, up to the request. Bytes may be split anywhere. */
export class SocksHandshake {
  #bytes = Buffer.alloc(0);
  #isGreeted = false;

  /** Takes what came; with an empty chunk, goes on with what is there already. */
  take(chunk: Buffer): SocksStep {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    return this.#isGreeted ? this.#request() : this.#greeting();
  }

  #greeting(): SocksStep {
    const bytes = this.#bytes;
    const [first, methodCount] = bytes;
    if (first === undefined) return { kind: 'more' };
    // SOCKS4 has a word for a refusal of its own; whatever else speaks here would not understand any.
    if (first === 4) return refused(Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]));
    if (first !== version) return refused(Buffer.alloc(0));
    if (methodCount === undefined || bytes.length < 2 + methodCount) return { kind: 'more' };
    if (!bytes.subarray(2, 2 + methodCount).includes(noSignIn)) return refused(Buffer.from([version, 0xff]));
    this.#bytes = bytes.subarray(2 + methodCount);
    this.#isGreeted = true;
    return { kind: 'greeted', answer: Buffer.from([version, noSignIn]) };
  }

  #request(): SocksStep {
    const bytes = this.#bytes;
    const [first, command, , type, nameBytes] = bytes;
    if (first !== undefined && first !== version) return refused(Buffer.alloc(0));
    if (type === undefined) return { kind: 'more' };
    if (command !== connect) return refused(socksReply(socksReplies.commandNotSupported));
    const isName = type === domainName;
    const length = isName ? nameBytes : addressBytes[type];
    if (length === undefined)
      return isName ? { kind: 'more' } : refused(socksReply(socksReplies.addressNotSupported));
    const start = isName ? 5 : 4;
    const end = start + length;
    if (bytes.length < end + 2) return { kind: 'more' };
    const host = hostOf(type, bytes.subarray(start, end));
    const port = bytes.readUInt16BE(end);
    if (host === null || port === 0) return refused(socksReply(socksReplies.failed));
    return { kind: 'connect', destination: { host, port }, rest: bytes.subarray(end + 2) };
  }
}

const refused = (answer: Buffer): SocksStep => ({ kind: 'refused', answer });

/** Where a program wants to; null for a name that can be none. A name is left to the server to look up. */
function hostOf(type: number, bytes: Buffer): string | null {
  if (type === 1) return [...bytes].join('.');
  if (type === 4) {
    const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
    return groups.join(':');
  }
  const name = bytes.toString('utf8');
  return name === '' || /[\p{Cc}\s\uFFFD]/u.test(name) ? null : name;
}
