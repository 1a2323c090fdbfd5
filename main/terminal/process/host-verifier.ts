import * as endings from './ending.ts';
import type { Ending } from './ending.ts';
import { errorCode } from './errors.ts';
import { fingerprintOf, judgeHostKey, keyTypeOf, type HostAddress, type KnownHost } from './known-hosts.ts';
import type { KnownHosts } from './known-hosts-file.ts';

export interface HostVerifierParts {
  readonly address: HostAddress;
  /** The address as a sentence names it. */
  readonly name: string;
  readonly knownHosts: KnownHosts;
  /** What known_hosts held when the connection began. */
  readonly entries: readonly KnownHost[];
  /** Shows the fingerprint of an unknown host; true: trust it. */
  readonly ask: (keyType: string, fingerprint: string) => Promise<boolean>;
}

/** Judges the host key of one connection, before anything of the person's is sent. */
export class HostVerifier {
  readonly #parts: HostVerifierParts;
  #verified: Buffer | null = null;

  constructor(parts: HostVerifierParts) {
    this.#parts = parts;
  }

  /** Null: the key is trusted. Otherwise how the connection ends. */
  async verify(key: Buffer): Promise<Ending | null> {
    const { address, entries, name } = this.#parts;
    const shown = fingerprintOf(key);
    // A later key exchange of the same connection must show the same key.
    if (this.#verified !== null) {
      return this.#verified.equals(key)
        ? null
        : endings.brokenProtocol('its host key changed in mid-connection');
    }
    const verdict = judgeHostKey(entries, address, key);
    switch (verdict.kind) {
      case 'trusted':
        break;
      case 'revoked':
        return endings.hostKeyRevoked(name, shown);
      case 'changed':
        return endings.hostKeyChanged(name, shown, verdict.known);
      case 'unknown': {
        const refusal = await this.#trust(key, shown);
        if (refusal !== null) return refusal;
      }
    }
    this.#verified = Buffer.from(key);
    return null;
  }

  async #trust(key: Buffer, fingerprint: string): Promise<Ending | null> {
    const { address, ask, knownHosts } = this.#parts;
    const kept = Buffer.from(key);
    if (!(await ask(keyTypeOf(kept), fingerprint))) return endings.hostKeyRejected();
    try {
      await knownHosts.add(address, kept);
      return null;
    } catch (error) {
      return endings.knownHostsUnusable(errorCode(error));
    }
  }
}
