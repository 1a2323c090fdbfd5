import type { AccountId, Brand, Cents, InstanceId } from './brands.ts';
import type { Plan } from './catalog.ts';
import type { AppError } from './errors.ts';
import type { PowerAction } from './instance.ts';

/** `immediate` gives back what is left of the cycle; `end_of_cycle` only ends the renewals. */
export const deletionModes = ['immediate', 'end_of_cycle'] as const;
export type DeletionMode = (typeof deletionModes)[number];

/** What an instance's plan costs and what another would; all of it estimated, since the API tells only plan prices. */
export interface InstancePlan {
  /** The catalog's plan of this instance; null where the catalog has none of that name. */
  readonly plan: Plan | null;
  /** Plans that are larger, the cheapest first. */
  readonly upgrades: readonly UpgradeOption[];
  /** What an immediate deletion is likely to give back; null where plan price or paid time are not known. */
  readonly refundCents: Cents | null;
  /** What a full cycle costs, by cycle: the API does not say which one this instance has. */
  readonly cycles: readonly CyclePrice[];
}

/** A plan that an instance can be moved to. */
export interface UpgradeOption {
  readonly plan: Plan;
  /** The monthly price of that plan. */
  readonly monthlyCents: Cents | null;
  /** What the rest of the paid time is likely to cost; null where a price or the paid time is not known. */
  readonly chargeCents: Cents | null;
}

/** One cycle of a plan, paid now. */
export interface CyclePrice {
  readonly label: string;
  readonly cents: Cents;
  /** When it would be paid again (epoch). */
  readonly untilMs: number;
}

/** The password that a reset gave out: shown once, and asked for by nobody again. */
export interface RevealedPassword {
  /** Who logs in with it. */
  readonly user: string;
  /** Null where no field of the answer is known to hold it. */
  readonly password: string | null;
  /** The whole answer where the password was not found in it, so that it is not lost. */
  readonly answer: string | null;
}

export type PendingActionId = Brand<string, 'PendingActionId'>;
export type PendingActionKind = 'delete-now' | 'delete-at-end' | 'reinstall';

/** A request that destroys, on its way out: it waits, can be undone, leaves once, and says how it ended. */
export interface PendingAction {
  readonly id: PendingActionId;
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  /** The instance's name when it was asked for. */
  readonly name: string;
  readonly action: PendingActionKind;
  readonly state: PendingActionState;
}

export type PendingActionState =
  /** Nothing has left this computer; it does at `sendsAtMs` (epoch) unless it is undone. */
  | { readonly phase: 'pending'; readonly sendsAtMs: number }
  | { readonly phase: 'sending' }
  /** Evorxa took it; `refundCents` null where the answer names no refund. */
  | { readonly phase: 'sent'; readonly refundCents: Cents | null }
  /** It left, and its answer was lost. */
  | { readonly phase: 'lost' }
  /** It was not done. */
  | { readonly phase: 'refused'; readonly error: AppError }
  /** The app ended before it left: nothing was sent. */
  | { readonly phase: 'abandoned' };

/** One power action for many instances, sent one after the other; its results stay until they are closed. */
export interface BulkPower {
  readonly action: PowerAction;
  readonly isRunning: boolean;
  readonly results: readonly BulkResult[];
}

export interface BulkResult {
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly outcome: BulkOutcome;
}

export type BulkOutcome =
  | { readonly kind: 'waiting' | 'sending' | 'sent' | 'cancelled' }
  /** The answer was lost: the list shows whether it took effect. */
  | { readonly kind: 'unknown' }
  /** It was not sent, or not taken. */
  | { readonly kind: 'refused'; readonly error: AppError };
