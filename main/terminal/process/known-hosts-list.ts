import { createHash } from 'node:crypto';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import type { KnownHostKey, KnownHostLine } from '../../../preload/contract/known-hosts.ts';
import { md5Fingerprint, sshFingerprint } from '../../ssh/index.ts';
import { WireReader } from './auth/wire.ts';
import { hostListMatches } from './patterns.ts';
import {
  hashedName,
  hostToken,
  parseLine,
  strictBase64,
  type HostAddress,
  type KnownHostsLine,
} from './known-hosts.ts';

/** An address under which an instance may be filed. */
export interface InstanceAddress extends HostAddress {
  readonly instanceId: InstanceId;
}

/** A file of known hosts as it is. */
export interface KnownHostsText {
  /** As it is shown. */
  readonly path: string;
  readonly isOwn: boolean;
  readonly bytes: Buffer;
}

/** So many comparisons take some 5 ms, after which the terminals have their turn. */
const comparisonsInARow = 1_000;
/** Two seconds of them: beyond that hashed lines are listed without their instances. */
const maxComparisons = 400_000;
const maxNames = 100;

/** Names a line by its bytes. */
export function lineIdOf(line: string): string {
  return createHash('sha256').update(line.replace(/\r$/, ''), 'latin1').digest('hex');
}

/**
 * All lines of files of known hosts but comments, with the instances that each is for: a hashed name is compared with
 * every address of theirs. `pause` gives others a turn.
 */
export async function listKnownHosts(
  files: readonly KnownHostsText[],
  addresses: readonly InstanceAddress[],
  pause: () => Promise<void>,
): Promise<{ readonly lines: readonly KnownHostLine[]; readonly isMatchingCut: boolean }> {
  const matching = new Matching(addresses);
  const lines: KnownHostLine[] = [];
  let pausedAt = 0;
  for (const { path, isOwn, bytes } of files) {
    for (const [index, text] of bytes.toString('latin1').split('\n').entries()) {
      if (/^[ \t\r]*(?:#|$)/.test(text)) continue;
      const place = { lineId: lineIdOf(text), path, isOwn, lineNumber: index + 1 };
      const readable = Buffer.from(text, 'latin1').toString('utf8');
      const entry = parseLine(readable);
      if (entry === null)
        lines.push({
          kind: 'unreadable',
          ...place,
          text: displayText(readable, 120),
          reason: whyUnreadable(readable),
        });
      else lines.push({ ...place, ...keyOf(entry), instances: matching.instancesOf(entry.hosts) });
      matching.spent += 20;
      if (matching.spent - pausedAt < comparisonsInARow) continue;
      pausedAt = matching.spent;
      await pause();
    }
  }
  return { lines, isMatchingCut: matching.isCut };
}

type KeyOfLine = Omit<KnownHostKey, 'lineId' | 'path' | 'isOwn' | 'lineNumber' | 'instances'>;

function keyOf({ marker, hosts, keyType, key }: KnownHostsLine): KeyOfLine {
  const blob = Buffer.from(key, 'base64');
  return {
    kind: 'key',
    marker,
    hosts: hosts.startsWith('|')
      ? null
      : hosts
          .split(',')
          .slice(0, maxNames)
          .map((name) => displayText(name, 255)),
    keyType,
    bits: rsaBits(keyType, blob),
    fingerprint: sshFingerprint(blob),
    md5: md5Fingerprint(blob),
  };
}

/** Compares names of known_hosts with the addresses of instances, and counts what that cost. */
class Matching {
  readonly #byName = new Map<string, InstanceId[]>();
  spent = 0;
  #hashed = 0;
  isCut = false;

  constructor(addresses: readonly InstanceAddress[]) {
    for (const address of addresses) {
      const name = hostToken(address);
      const ids = this.#byName.get(name) ?? [];
      if (!ids.includes(address.instanceId)) this.#byName.set(name, [...ids, address.instanceId]);
    }
  }

  /** Each instance once, by the first of its addresses that is meant. */
  instancesOf(hosts: string): KnownHostKey['instances'] {
    const found = new Map<InstanceId, string>();
    for (const name of this.#namesOf(hosts))
      for (const id of this.#byName.get(name) ?? []) if (!found.has(id)) found.set(id, name);
    return [...found].map(([id, name]) => ({ id, name }));
  }

  #namesOf(hosts: string): readonly string[] {
    const all = [...this.#byName.keys()];
    const patterns = hosts.split(',');
    if (!hosts.startsWith('|') && !patterns.some((pattern) => /[*?!]/.test(pattern)))
      return [...new Set(patterns.map((name) => name.toLowerCase()))].filter((name) =>
        this.#byName.has(name),
      );
    if (!hosts.startsWith('|')) {
      this.spent += all.length;
      return all.filter((name) => hostListMatches(patterns, name));
    }
    const isIt = hashedName(hosts);
    if (isIt === null) return [];
    if (this.#hashed + all.length > maxComparisons) {
      this.isCut = true;
      return [];
    }
    this.#hashed += all.length;
    this.spent += all.length;
    return all.filter(isIt);
  }
}

/** Why a line is passed over, by OpenSSH too or by this app alone. */
export function whyUnreadable(line: string): string {
  const fields = line.trim().split(/[ \t]+/);
  const [first = ''] = fields;
  if (first.startsWith('@') && first !== '@revoked' && first !== '@cert-authority')
    return `“${displayText(first, 30)}” is not a marker that is known.`;
  const [, named, base64] = first.startsWith('@') ? fields.slice(1) : fields;
  if (named === undefined || base64 === undefined)
    return 'The line is cut short: it takes a host, a type and a key.';
  if (/^\d+$/.test(named) && /^\d+$/.test(base64)) return 'It is a key of SSH 1, which is no longer used.';
  const key = strictBase64(base64);
  if (key === null) return 'The key is not whole.';
  const type = typeIn(key);
  if (type === null) return 'The key is not whole.';
  return type === named
    ? `Keys of the type ${displayText(named, 60)} are not used by this app.`
    : `The line says ${displayText(named, 60)}, and the key is ${displayText(type, 60)}, or is damaged.`;
}

/** The type that a key names first; null where it names none. */
function typeIn(key: Buffer): string | null {
  try {
    const type = new WireReader(key).string().toString('latin1');
    return /^[\x21-\x7e]{1,64}$/.test(type) ? type : null;
  } catch {
    return null;
  }
}

function rsaBits(keyType: string, blob: Buffer): number | null {
  if (keyType !== 'ssh-rsa') return null;
  try {
    const reader = new WireReader(blob);
    reader.string();
    reader.string();
    const modulus = reader.string();
    const first = modulus.findIndex((byte) => byte !== 0);
    const top = modulus[first];
    return top === undefined ? null : (modulus.length - first) * 8 - Math.clz32(top) + 24;
  } catch {
    return null;
  }
}
