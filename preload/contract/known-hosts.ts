import * as z from 'zod/mini';
import type { InstanceId } from './brands.ts';
import { call, shape } from './define.ts';
import { publicKeyText } from './keys.ts';

/** Names a line of the app's own known_hosts by what stands in it. */
const knownHostLineId = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** Where a line stands. */
interface LinePlace {
  /** By its content: the same line in two places has one id. */
  readonly lineId: string;
  /** The file, with `~` for the home folder. */
  readonly path: string;
  /** The app's own file, which it may change. */
  readonly isOwn: boolean;
  readonly lineNumber: number;
}

/** A host key that known_hosts holds. */
export interface KnownHostKey extends LinePlace {
  readonly kind: 'key';
  readonly marker: '@revoked' | '@cert-authority' | null;
  /** Names and patterns; null where they are hashed. */
  readonly hosts: readonly string[] | null;
  /** As the key names it: `ssh-ed25519`. */
  readonly keyType: string;
  /** The size of an RSA key; null for a type that has one size. */
  readonly bits: number | null;
  /** `SHA256:…`, as OpenSSH prints it. */
  readonly fingerprint: string;
  /** `MD5:aa:bb:…`, as OpenSSH printed it before 6.8. */
  readonly md5: string;
  /** The account's instances with an address that the line is for, each once. */
  readonly instances: readonly {
    readonly id: InstanceId;
    /** The address, as known_hosts writes it. */
    readonly name: string;
  }[];
}

/** A line that is neither a comment nor an entry that the app can use. */
export interface UnreadableKnownHost extends LinePlace {
  readonly kind: 'unreadable';
  /** How the line begins. */
  readonly text: string;
  /** Why it is not used, as a sentence. */
  readonly reason: string;
}

/** A line of known_hosts, comments left out. */
export type KnownHostLine = KnownHostKey | UnreadableKnownHost;

/** The host keys that this computer has. */
export interface KnownHostList {
  readonly lines: readonly KnownHostLine[];
  /** Files that could not be read, and why, in a few words. */
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  /** There are so many hashed lines that not all were compared with the instances. */
  readonly isMatchingCut: boolean;
}

/** A fingerprint in a text that somebody pasted: `SHA256:…`, or `MD5:aa:bb:…`. */
export type TypedFingerprint = string;

const nothing = z.undefined();
const done = shape<undefined>();

/** Known hosts: what `knownHosts` has in the contract. */
export const knownHostCalls = {
  /** The host keys of the app's own file and of the user's, with the current account's instances that each is for. */
  list: call(nothing, shape<KnownHostList>()),
  /** Takes a line out of the app's own file. Open sessions go on; the next connection asks about the key. */
  forget: call(z.object({ lineId: knownHostLineId }), done),
  /** The fingerprints in a text that was pasted, of its keys too. Error: `refused` where there is none. */
  readFingerprints: call(z.object({ text: publicKeyText }), shape<readonly TypedFingerprint[]>()),
} as const;
