import ssh2 from 'ssh2';
import { sshFingerprint } from '../../ssh/index.ts';

/** A public key of the account. */
export interface KeyRecord {
  readonly id: number;
  readonly name: string;
  readonly publicKey: string;
  readonly type: string;
  /** `SHA256:…`, as OpenSSH prints it. */
  readonly fingerprint: string;
  readonly createdAtMs: number;
}

/** What a pasted line is as a key, or null when it is none that OpenSSH would read. */
export function readPublicKey(
  line: string,
): { readonly type: string; readonly fingerprint: string; readonly blob: Buffer } | null {
  const parsed = ssh2.utils.parseKey(line);
  if (parsed instanceof Error || parsed.isPrivateKey()) return null;
  const blob = parsed.getPublicSSH();
  return { type: parsed.type, fingerprint: sshFingerprint(blob), blob };
}

/** The account's SSH keys. */
export class KeyStore {
  readonly #now: () => number;
  readonly #records = new Map<number, KeyRecord>();
  #nextId = 3;

  constructor(now: () => number) {
    this.#now = now;
  }

  all(): readonly KeyRecord[] {
    return [...this.#records.values()];
  }

  has(id: number): boolean {
    return this.#records.has(id);
  }

  /** Adds a key, or says why not. */
  add(name: string, publicKey: string, createdAtMs = this.#now()): KeyRecord | 'not-a-key' | 'taken' {
    const key = readPublicKey(publicKey.trim());
    if (!key) return 'not-a-key';
    if (this.all().some(({ fingerprint }) => fingerprint === key.fingerprint)) return 'taken';
    const record: KeyRecord = {
      id: this.#nextId,
      name,
      publicKey: publicKey.trim(),
      type: key.type,
      fingerprint: key.fingerprint,
      createdAtMs,
    };
    this.#nextId += 1;
    this.#records.set(record.id, record);
    return record;
  }

  /** False when there is no such key. */
  remove(id: number): boolean {
    return this.#records.delete(id);
  }
}
