import { alphanumeric, randomText, type Random } from '../random.ts';

/** What opens one server's console, once asked for. */
export interface VncGrant {
  readonly token: string;
  readonly password: string;
  /** Epoch. */
  readonly expiresAtMs: number;
}

const tokenLifetimeMs = 60_000;
/** VNC counts no more characters of a password. */
const passwordLength = 8;

/** Who may open which console: a token for each answer of the API, valid for a minute or until the next one. */
export class VncAccess {
  readonly #random: Random;
  readonly #now: () => number;
  readonly #grants = new Map<string, VncGrant>();
  /** Where the consoles are; until they are up, a host in a domain that never resolves (RFC 2606). */
  origin = 'wss://vnc.evorxa.invalid';

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /** Gives a new token and password for a server; the one before is void. */
  grant(instanceId: string): VncGrant {
    const grant = {
      token: randomText(this.#random, 32, alphanumeric),
      password: randomText(this.#random, passwordLength, alphanumeric),
      expiresAtMs: this.#now() + tokenLifetimeMs,
    };
    this.#grants.set(instanceId, grant);
    return grant;
  }

  /** The password that goes with a token; null when the token is unknown or expired. */
  passwordFor(instanceId: string, token: string): string | null {
    const grant = this.#grants.get(instanceId);
    return grant?.token === token && this.#now() < grant.expiresAtMs ? grant.password : null;
  }
}
