import { alphanumeric, randomText, type Random } from '../random.ts';

/** A personal access token. The sandbox keeps the secret in the clear: it guards nothing. */
export interface TokenRecord {
  readonly id: number;
  readonly name: string;
  readonly abilities: readonly string[];
  readonly secret: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
}

/** True when `abilities` hold what an endpoint needs: itself, its domain's `domain:*`, or everything. */
export function allows(abilities: readonly string[], needed: string): boolean {
  if (abilities.includes('*') || abilities.includes(needed)) return true;
  const [domain] = needed.split(':');
  return abilities.includes(`${domain ?? ''}:*`);
}

/** The account's tokens, in the form `id|secret`, as Sanctum gives them out. */
export class TokenStore {
  readonly #random: Random;
  readonly #now: () => number;
  readonly #records = new Map<number, TokenRecord>();
  #nextId = 7;

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  all(): readonly TokenRecord[] {
    return [...this.#records.values()];
  }

  mint(name: string, abilities: readonly string[], createdAtMs = this.#now()): TokenRecord {
    const id = this.#nextId;
    this.#nextId += 1;
    const secret = `${id}|${randomText(this.#random, 40, alphanumeric)}`;
    const record: TokenRecord = { id, name, abilities, secret, createdAtMs, lastUsedAtMs: null };
    this.#records.set(id, record);
    return record;
  }

  /** False when there is no such token. */
  revoke(id: number): boolean {
    return this.#records.delete(id);
  }

  /** The token behind an Authorization header, marked as used now; undefined when it is unknown or revoked. */
  authenticate(header: string | undefined): TokenRecord | undefined {
    const secret = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
    const record = this.#records.get(Number(secret?.split('|')[0]));
    if (!record || record.secret !== secret) return undefined;
    const used = { ...record, lastUsedAtMs: this.#now() };
    this.#records.set(used.id, used);
    return used;
  }
}
