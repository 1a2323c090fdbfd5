import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type { CheckAction, CheckStepName } from '../../preload/contract/connection-check.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Reach } from '../domain/index.ts';
import type { GreetingFinding, PortFinding, SignInCheck } from '../terminal/index.ts';

/** What looking up a name came to. */
export type NameFinding =
  | { readonly kind: 'found'; readonly addresses: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly code: string };

/** What Shield does to this computer's packets. */
export type ShieldFinding =
  /** The token may not read it, or the request failed: why, as a sentence. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** The address that is connected to is none that Shield protects. */
  | { readonly kind: 'not-protected'; readonly address: string }
  | {
      readonly kind: 'judged';
      readonly ipId: ShieldIpId;
      readonly reach: Reach;
      /** This computer's address, as it is likely to be seen, and how that is known. */
      readonly source: { readonly address: string; readonly isSeen: boolean } | null;
    };

/** How an instance is reached: what the user has set, or its own address. */
export interface CheckTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly auth: 'auto' | 'agent' | 'key-file' | 'password';
  /** The host is a name, which has to be looked up. */
  readonly isName: boolean;
  /** It is the instance's own address: where the instance does not run, nobody answers there. */
  readonly isOwnAddress: boolean;
  /** It is reached from a jump host: this computer connects to that one alone. */
  readonly isBehindJumpHost: boolean;
}

/** All that a check knows so far; what is left out was not looked at yet. */
export interface Evidence {
  readonly instance: Pick<Instance, 'id' | 'name' | 'state' | 'power'>;
  /** Null: it has no address yet. */
  readonly target: CheckTarget | null;
  readonly name?: NameFinding;
  readonly shield?: ShieldFinding;
  readonly port?: PortFinding;
  /** Null: the port is not open. */
  readonly greeting?: GreetingFinding | null;
  readonly signIn?: SignInCheck;
  /** The sign-in could not be looked at: why, as a sentence. */
  readonly signInProblem?: string;
  /** What is looked at now; null: the check is over. */
  readonly running: CheckStepName | null;
}

/** What a step came to. */
export interface Found {
  readonly state: 'ok' | 'problem' | 'unknown' | 'skipped';
  readonly finding: string;
  readonly next?: string;
  readonly action?: CheckAction;
}
