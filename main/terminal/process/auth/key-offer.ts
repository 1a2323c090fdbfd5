import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import { ssh2Key, type OfferedKey } from './offered-key.ts';

/** A key that can be offered to a server: its public half, and something that can sign with the other. */
export interface KeyOffer extends OfferedKey {
  /**
   * Signs; may ask the user (passphrase, touch). `hash` is set for RSA. Answers with the whole signature in wire
   * format, the name of its algorithm in front. Rejects when it is refused.
   */
  readonly sign: (data: Buffer, hash: 'sha256' | 'sha512' | undefined) => Promise<Buffer>;
}

/** How an offer is carried out in one connection. */
export interface OfferParts {
  readonly algorithm: { readonly name: string; readonly hash: 'sha256' | 'sha512' | undefined };
  /** Wraps the time in which the user may be asked, so that no deadline runs meanwhile. */
  readonly whileSigning: <T>(work: () => Promise<T>) => Promise<T>;
  /** Sends the request that was signed, with its signature. */
  readonly send: (signedData: Buffer, signature: Buffer) => void;
}

/**
 * An agent with one key. ssh2 offers an agent's keys in the agent's order until the server shuts the door;
 * with one key an agent, the order and the number are ours. The signed request is sent past ssh2, which knows neither
 * certificates nor security keys. It also tells whether the server took the offer and had it signed.
 */
export class SingleKeyAgent extends ssh2.BaseAgent {
  readonly #offer: KeyOffer;
  readonly #parts: OfferParts;
  #signed = false;
  #problem: Error | null = null;

  constructor(offer: KeyOffer, parts: OfferParts) {
    super();
    this.#offer = offer;
    this.#parts = parts;
  }

  /** The server knew the key and got a signature. */
  get signed(): boolean {
    return this.#signed;
  }

  /** Why the key, which the server knew, did not sign. */
  get problem(): Error | null {
    return this.#problem;
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [ssh2Key(this.#parts.algorithm.name, this.#offer.blob)]);
  }

  override sign(
    _publicKey: string | Buffer | ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const done = typeof options === 'function' ? options : callback;
    const { algorithm, whileSigning, send } = this.#parts;
    whileSigning(() => this.#offer.sign(data, algorithm.hash)).then(
      (signature) => {
        this.#signed = true;
        send(data, signature);
      },
      (error: unknown) => {
        this.#problem = error instanceof Error ? error : new Error(String(error));
        done?.(this.#problem);
      },
    );
  }
}
