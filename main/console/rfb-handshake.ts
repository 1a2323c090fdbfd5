import { displayText } from '../../preload/contract/display-text.ts';
import { vncAuthResponse } from './vnc-auth.ts';

/** What the server's last bytes led to. */
export type HandshakeStep =
  /** More has to come; `reply` goes to the server. */
  | { readonly kind: 'going-on'; readonly reply: Uint8Array }
  /** The server lets us in; `rest` is what came after it. */
  | { readonly kind: 'open'; readonly reply: Uint8Array; readonly rest: Uint8Array }
  | HandshakeRefusal;

/** How it failed, and what the server said about it; null where it said nothing. */
export interface HandshakeRefusal {
  readonly kind: 'failed';
  readonly reason: HandshakeFailure;
  /** Of ways of proof that are not known here: their names. */
  readonly words: string | null;
}

export type HandshakeFailure =
  /** It speaks something else, or a version of it that is not known. */
  | 'not-rfb'
  /** It wants a password, and there is none. */
  | 'no-password'
  /** It refuses the password. */
  | 'wrong-password'
  /** It takes no proof for a while: there were too many before. Says nothing of the password. */
  | 'too-many-attempts'
  /** It refuses the connection before it asks for anything. */
  | 'refused'
  /** It offers nothing but ways of proof that are not known here. */
  | 'unknown-security';

const versionLength = 12;
const challengeLength = 16;
/** A result of SecurityResult that is not in RFC 6143: TightVNC's for an address that failed too often. */
const tooMany = 2;
/** Servers that know no such result say it: TigerVNC "Too many security failures", others "too many attempts", "… tries". */
const tooManyWords = /\btoo many\b/i;
/** Of a longer reason no more is read. */
const longestReason = 1024;
const security = { none: 1, vncAuthentication: 2 } as const;
/** Others, by the names in IANA's registry of RFB security types, and of rfbproto for those of TigerVNC. */
const otherSecurity: Readonly<Record<number, string>> = {
  ...{ 5: 'RA2', 6: 'RA2ne', 16: 'Tight', 17: 'Ultra', 18: 'TLS', 19: 'VeNCrypt', 20: 'SASL' },
  ...{
    21: 'MD5 hash',
    22: 'xvp',
    30: 'Apple Remote Desktop',
    113: 'MS-Logon II',
    129: 'RA2_256',
    130: 'RA2ne_256',
  },
};

/** The part of the exchange that comes next. */
type Stage = 'version' | 'offers' | 'server-choice' | 'challenge' | 'result' | 'reason';

/** What ends a stage: null while more bytes have to come, a `stage` of null when all is over. */
type Move = { readonly reply: Uint8Array; readonly stage: Stage | null } | HandshakeFailure | null;

/**
 * The client's side of RFB until the server lets it in (RFC 6143, 7.1; versions 3.3, 3.7 and 3.8): no security, or VNC
 * authentication by password. Takes bytes and gives bytes; holds no connection.
 */
export class RfbHandshake {
  readonly #password: string | null;
  #stage: Stage = 'version';
  #minor = 8;
  #hasPasswordProof = false;
  #failure: HandshakeFailure = 'refused';
  #unknownOffers: readonly number[] = [];
  #buffer = Buffer.alloc(0);

  /** `password` null: none is known. */
  constructor(password: string | null) {
    this.#password = password;
  }

  /** Takes what the server sent. After `open` or `failed` it is done. */
  take(bytes: Uint8Array): HandshakeStep {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const replies: Uint8Array[] = [];
    for (;;) {
      const step = this.#next();
      if (step === null) return { kind: 'going-on', reply: Buffer.concat(replies) };
      if (typeof step === 'string') return this.#failed(step);
      replies.push(step.reply);
      if (step.stage === null) {
        return { kind: 'open', reply: Buffer.concat(replies), rest: this.#buffer };
      }
      this.#stage = step.stage;
    }
  }

  /** The connection is over: the refusal that the server was about to give a reason for; null where it gave none. */
  atEnd(): HandshakeRefusal | null {
    return this.#stage === 'reason' ? this.#failed(this.#failure) : null;
  }

  /** What is there of the reason: its length, then its text. */
  #failed(reason: HandshakeFailure): HandshakeRefusal {
    if (reason === 'unknown-security') {
      const names = this.#unknownOffers.map((type) => otherSecurity[type] ?? `type ${type}`);
      return { kind: 'failed', reason, words: names.join(', ') };
    }
    const text = this.#stage === 'reason' ? this.#buffer.subarray(4, 4 + longestReason).toString('utf8') : '';
    return {
      kind: 'failed',
      reason: tooManyWords.test(text) ? 'too-many-attempts' : reason,
      words: displayText(text, 200) || null,
    };
  }

  #next(): Move {
    switch (this.#stage) {
      case 'version':
        return this.#version();
      case 'offers':
        return this.#offers();
      case 'server-choice':
        return this.#serverChoice();
      case 'challenge': {
        const challenge = this.#cut(challengeLength);
        if (challenge === null) return null;
        return { reply: vncAuthResponse(this.#password ?? '', challenge), stage: 'result' };
      }
      case 'result': {
        const result = this.#cut(4);
        if (result === null) return null;
        if (result.readUInt32BE() === 0) return { reply: Buffer.alloc(0), stage: null };
        const refusal = this.#hasPasswordProof ? 'wrong-password' : 'refused';
        // Before 3.8 no reason follows.
        return this.#refuse(
          result.readUInt32BE() === tooMany ? 'too-many-attempts' : refusal,
          this.#minor === 8,
        );
      }
      case 'reason': {
        if (this.#buffer.length < 4) return null;
        const length = Math.min(this.#buffer.readUInt32BE(), longestReason);
        return this.#buffer.length < 4 + length ? null : this.#failure;
      }
    }
  }

  /** With a reason that follows, or at once. */
  #refuse(failure: HandshakeFailure, hasReason: boolean): Move {
    if (!hasReason) return failure;
    this.#failure = failure;
    return { reply: Buffer.alloc(0), stage: 'reason' };
  }

  #version(): Move {
    const isOther = !'RFB '.startsWith(this.#buffer.toString('latin1', 0, 4));
    if (isOther) return 'not-rfb';
    const bytes = this.#cut(versionLength);
    if (bytes === null) return null;
    const version = /^RFB (\d{3})\.(\d{3})\n$/.exec(bytes.toString('latin1'));
    if (version === null) return 'not-rfb';
    const [major, minor] = [Number(version[1]), Number(version[2])];
    if (major < 3) return 'not-rfb';
    // Others than these three are to be taken for 3.3 below 3.7, as the RFC says, and for 3.8 above it.
    this.#minor = major > 3 || minor >= 8 ? 8 : minor === 7 ? 7 : 3;
    return {
      reply: Buffer.from(`RFB 003.00${this.#minor}\n`),
      stage: this.#minor === 3 ? 'server-choice' : 'offers',
    };
  }

  #offers(): Move {
    const [count] = this.#buffer;
    if (count === undefined) return null;
    if (count === 0) {
      this.#cut(1);
      return this.#refuse('refused', true);
    }
    const offers = this.#cut(1 + count)?.subarray(1);
    if (offers === undefined) return null;
    const choice = this.#choose([...offers]);
    if (typeof choice === 'string') return choice;
    return { reply: Buffer.from([choice]), stage: this.#after(choice) };
  }

  /** In 3.3 the server decides, and nothing is answered. */
  #serverChoice(): Move {
    const bytes = this.#cut(4);
    if (bytes === null) return null;
    const type = bytes.readUInt32BE();
    if (type === 0) return this.#refuse('refused', true);
    const choice = this.#choose([type]);
    if (typeof choice === 'string') return choice;
    return { reply: Buffer.alloc(0), stage: this.#after(choice) };
  }

  /** The proof by password comes first: a server that wants none offers none. */
  #choose(offers: readonly number[]): 1 | 2 | HandshakeFailure {
    if (offers.includes(security.vncAuthentication) && this.#password !== null) {
      return security.vncAuthentication;
    }
    if (offers.includes(security.none)) return security.none;
    if (offers.includes(security.vncAuthentication)) return 'no-password';
    this.#unknownOffers = offers.slice(0, 8);
    return 'unknown-security';
  }

  #after(choice: 1 | 2): Stage | null {
    this.#hasPasswordProof = choice === security.vncAuthentication;
    if (this.#hasPasswordProof) return 'challenge';
    // Before 3.8 nothing follows where nothing was proved.
    return this.#minor === 8 ? 'result' : null;
  }

  /** The first bytes, once they are there. */
  #cut(length: number): Buffer | null {
    if (this.#buffer.length < length) return null;
    const bytes = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return bytes;
  }
}
