import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';

/** A key that can be offered to a server: its public half, and something that can sign with the other. */
export interface KeyOffer {
  readonly publicKey: ParsedKey;
  /** `SHA256:…` of the public key. */
  readonly fingerprint: string;
  /** Signs; may ask a person (passphrase, touch). Rejects when it is refused. `hash` is ssh2's wish for RSA keys. */
  readonly sign: (data: Buffer, hash: string | undefined) => Promise<Buffer>;
}

/**
 * An agent with one key. ssh2 offers an agent's keys in the agent's order until the server shuts the door;
 * with one key an agent, the order and the number are ours. It also tells whether the server took the offer
 * and had it signed, which ssh2 keeps to itself.
 */
export class SingleKeyAgent extends ssh2.BaseAgent {
  readonly #offer: KeyOffer;
  readonly #whileSigning: <T>(work: () => Promise<T>) => Promise<T>;
  #signed = false;

  /** `whileSigning` wraps the time in which a person may be asked, so that no deadline runs meanwhile. */
  constructor(offer: KeyOffer, whileSigning: <T>(work: () => Promise<T>) => Promise<T>) {
    super();
    this.#offer = offer;
    this.#whileSigning = whileSigning;
  }

  /** The server knew the key and got a signature. */
  get signed(): boolean {
    return this.#signed;
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [this.#offer.publicKey]);
  }

  override sign(
    _publicKey: string | Buffer | ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const done = typeof options === 'function' ? options : callback;
    const hash = typeof options === 'function' ? undefined : options.hash;
    if (hash === 'sha1') {
      done?.(new Error('This server wants a SHA-1 signature, which is no longer safe'));
      return;
    }
    this.#whileSigning(() => this.#offer.sign(data, hash)).then(
      (signature) => {
        this.#signed = true;
        done?.(null, signature);
      },
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
