/** A row of the ledger. The amount is positive; `type` says which way it went. */
export interface LedgerEntry {
  readonly id: number;
  readonly type: 'debit' | 'credit';
  readonly amountCents: number;
  readonly description: string;
  readonly instanceId: string | null;
  readonly balanceAfterCents: number;
  readonly atMs: number;
}

/** What a row says besides its amount. */
export interface EntryText {
  readonly description: string;
  readonly instanceId?: string | null;
}

/** Thrown by `debit`; the HTTP layer makes a 402 of it. */
export class InsufficientFunds extends Error {
  readonly balanceCents: number;
  readonly requiredCents: number;

  constructor(balanceCents: number, requiredCents: number) {
    super('Insufficient wallet balance.');
    this.balanceCents = balanceCents;
    this.requiredCents = requiredCents;
  }
}

/** The wallet: nothing moves without a row, so the balance is the sum of the ledger, always. In integer cents. */
export class Wallet {
  readonly #now: () => number;
  readonly #entries: LedgerEntry[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get balanceCents(): number {
    return this.#entries.at(-1)?.balanceAfterCents ?? 0;
  }

  /** Newest first. */
  entries(): readonly LedgerEntry[] {
    return this.#entries.toReversed();
  }

  /** Takes `cents`; throws `InsufficientFunds` and changes nothing when there are not as many. */
  debit(cents: number, text: EntryText, atMs = this.#now()): LedgerEntry {
    if (cents > this.balanceCents) throw new InsufficientFunds(this.balanceCents, cents);
    return this.#append('debit', cents, text, atMs);
  }

  /** Adds `cents`: a top-up or a refund. */
  credit(cents: number, text: EntryText, atMs = this.#now()): LedgerEntry {
    return this.#append('credit', cents, text, atMs);
  }

  /** Brings the balance to `cents` by one row, as support would; does nothing when it is there already. */
  adjustTo(cents: number, description = 'Adjustment', atMs = this.#now()): void {
    const differenceCents = cents - this.balanceCents;
    if (differenceCents > 0) this.credit(differenceCents, { description }, atMs);
    if (differenceCents < 0) this.debit(-differenceCents, { description }, atMs);
  }

  #append(type: LedgerEntry['type'], amountCents: number, text: EntryText, atMs: number): LedgerEntry {
    if (!Number.isSafeInteger(amountCents) || amountCents < 0) {
      throw new RangeError(`An amount is a whole number of cents, not ${amountCents}.`);
    }
    const entry: LedgerEntry = {
      id: 1000 + this.#entries.length,
      type,
      amountCents,
      description: text.description,
      instanceId: text.instanceId ?? null,
      balanceAfterCents: this.balanceCents + (type === 'credit' ? amountCents : -amountCents),
      atMs,
    };
    this.#entries.push(entry);
    return entry;
  }
}
