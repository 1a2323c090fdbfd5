import * as endings from './disconnect-reason.ts';
import type { ShownHostKey } from './connection-parts.ts';
import type { Ending } from './disconnect-reason.ts';
import { errorCode } from './errors.ts';
import { sshFingerprint } from '../../ssh/index.ts';
import {
  hasCertAuthority,
  judgeHostKey,
  keyTypeOf,
  type HostAddress,
  type KnownHost,
} from './known-hosts.ts';
import type { KnownHosts } from './known-hosts-file.ts';

export interface HostVerifierParts {
  readonly address: HostAddress;
  /** The address as a sentence names it. */
  readonly name: string;
  readonly knownHosts: Pick<KnownHosts, 'add' | 'forget'>;
  /** What known_hosts held when the connection began. */
  readonly entries: readonly KnownHost[];
  /**
   * Whether one changed key is asked about at this moment instead of refused: the server was reinstalled from here.
   * Asked for each verdict, since a day ends, and accounts are signed out, while a connection or a question stands.
   */
  readonly expectsNewKey: () => boolean;
  /** That key was accepted. */
  readonly newKeyTaken: () => void;
  /** Shows the fingerprint of an unknown host, or of one that was reinstalled; true: trust it. */
  readonly ask: (key: ShownHostKey) => Promise<boolean>;
}

/** Judges the host key of one connection, before anything of the user's is sent. */
export class HostVerifier {
  readonly #parts: HostVerifierParts;
  #verified: Buffer | null = null;

  constructor(parts: HostVerifierParts) {
    this.#parts = parts;
  }

  /** Null: the key is trusted. Otherwise how the connection ends. */
  async verify(key: Buffer): Promise<Ending | null> {
    const { address, entries, name, expectsNewKey } = this.#parts;
    const shown = sshFingerprint(key);
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
      case 'changed': {
        if (!expectsNewKey()) return endings.hostKeyChanged(name, shown, verdict.known);
        const refusal = await this.#trust(key, shown, verdict.known, false);
        if (refusal !== null) return refusal;
        break;
      }
      case 'unknown': {
        const refusal = await this.#trust(key, shown, null, verdict.isKnownOnPort22);
        if (refusal !== null) return refusal;
      }
    }
    this.#verified = Buffer.from(key);
    return null;
  }

  /** Asks about a key and keeps it; in place of the one that was trusted before, where there was one. */
  async #trust(
    key: Buffer,
    fingerprint: string,
    former: KnownHost | null,
    isKnownOnPort22: boolean,
  ): Promise<Ending | null> {
    const { address, name, ask, entries, knownHosts, expectsNewKey, newKeyTaken } = this.#parts;
    const kept = Buffer.from(key);
    const formerFingerprint = former && sshFingerprint(Buffer.from(former.key, 'base64'));
    const reinstalled = expectsNewKey() ? { formerFingerprint } : null;
    const shown = {
      keyType: keyTypeOf(kept),
      fingerprint,
      reinstalled,
      isKnownOnPort22,
      hasCertAuthority: hasCertAuthority(entries, address),
    };
    if (!(await ask(shown))) return endings.hostKeyRejected();
    const isExpected = expectsNewKey();
    // No longer expected once it was answered: what replaces a trusted key is a stranger's.
    if (former !== null && !isExpected) return endings.hostKeyChanged(name, fingerprint, former);
    try {
      if (former !== null) await knownHosts.forget(address);
      await knownHosts.add(address, kept);
    } catch (error) {
      return endings.knownHostsUnusable(errorCode(error));
    }
    if (isExpected) newKeyTaken();
    return null;
  }
}
