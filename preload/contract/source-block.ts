import * as z from 'zod/mini';
import type { ShieldIpId } from './brands.ts';
import type { LockoutVerdict } from './firewall.ts';
import { shieldIpId } from './watch.ts';

const source = z.string().check(z.minLength(1), z.maxLength(64));

/** A source that is to be blocked at one address: an address or a network, as a ranking names it. */
export const sourceOfTraffic = {
  ipId: shieldIpId,
  source,
  /** This computer's address as the instance sees it; null: what a session that is open to it tells. */
  peerAddress: z.nullable(source),
} as const;

/** What blocking a source comes to, against the rules as they are now. */
export interface SourceBlockReview {
  /** Names the rules that this was judged against; to block is refused where they are others by then. */
  readonly seen: string;
  /** What the rule's source really is. */
  readonly cidr: string;
  /** Its addresses as a sentence: "Matches 256 addresses, 198.51.100.0 to 198.51.100.255." */
  readonly matches: string;
  /** Why it is not done, as a sentence; null where it can be. */
  readonly refusal: string | null;
  readonly lockout: LockoutVerdict;
  /** This computer's address that it was judged with; null where none is known. */
  readonly peerAddress: string | null;
  /** What other rules may make of it, as sentences. */
  readonly lint: readonly string[];
}

/** A block of a source that this app made. */
export interface MadeBlock {
  readonly ipId: ShieldIpId;
  readonly cidr: string;
  /** When it was sent (epoch). */
  readonly atMs: number;
}
