import * as z from 'zod/mini';
import type { AccountId, InstanceId, ShieldIpId } from './brands.ts';
import { call, push, shape } from './define.ts';
import type { LockoutVerdict, ShieldPeer } from './firewall.ts';
import { sourceOfTraffic } from './source-block.ts';
import { shieldIpId } from './watch.ts';

/** For how many minutes a source can be blocked by one click. */
export const timedBlockMinutes = [15, 60, 240, 1_440] as const;
/** So many days a timed block lasts at most: nobody lets the app run for longer. */
export const timedBlockMaxDays = 30;

const port = z.int().check(z.gte(1), z.lte(65_535));
const id = z.string().check(z.minLength(1), z.maxLength(100));
const accountId = z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<AccountId>;
const typedAddress = z.string().check(z.minLength(1), z.maxLength(64));

/** When a timed block ends: after so many minutes, or at a time (epoch). */
export const blockUntil = z.union([
  z.object({ minutes: z.literal(timedBlockMinutes) }),
  z.object({ atMs: z.int().check(z.gte(0)) }),
]);
/** When a timed block ends. */
export type BlockUntil = z.infer<typeof blockUntil>;

interface AutomaticRuleBase {
  readonly id: string;
  readonly ipId: ShieldIpId;
  /** The protected address. */
  readonly address: string;
  /** The rules of Shield that it has made and that are there, as far as is known. */
  readonly ruleIds: readonly string[];
  /** A request of it is on its way. */
  readonly isBusy: boolean;
  /** What went wrong and what to do, in a sentence or two; null: nothing. */
  readonly problem: string | null;
}

/** A rule that blocks a source and is removed at its end, if the app runs then. */
export interface TimedBlock extends AutomaticRuleBase {
  readonly kind: 'timed-block';
  readonly source: string;
  readonly endsAtMs: number;
}

/** A rule that lets this computer in by one port, and is replaced when its address changes, while the app runs. */
export interface AddressRule extends AutomaticRuleBase {
  readonly kind: 'address-rule';
  readonly instanceId: InstanceId | null;
  readonly port: number;
  /** From where it is to let in. */
  readonly source: string;
  /** From where it lets in, as far as is known: former addresses too, until their rules are removed. */
  readonly letsIn: readonly string[];
  /** When the instance said last from where it sees this computer; null: not since the app started. */
  readonly seenAtMs: number | null;
}

/** A rule of Shield that the app ends or replaces by itself, while it runs. */
export type AutomaticRule = TimedBlock | AddressRule;

const done = shape<undefined>();

/** The calls of the domain `automaticRules`: what the app does to firewalls by itself, while it runs. */
export const automaticRuleCalls = {
  /** Those of the account that is shown. */
  list: call(z.undefined(), shape<readonly AutomaticRule[]>()),
  changed: push(shape<readonly AutomaticRule[]>()),
  /** Those of any account, for somebody who is about to sign it out. */
  ofAccount: call(z.object({ accountId }), shape<readonly AutomaticRule[]>()),
  /**
   * Blocks a source that was reviewed by `shield.reviewBlock` until a time; answers once the rules show it. Errors: those of the
   * review; `unknown-outcome` where the rules do not show it.
   */
  block: call(
    z.object({
      ...sourceOfTraffic,
      seen: z.string().check(z.minLength(1), z.maxLength(1_000_000)),
      until: blockUntil,
    }),
    shape<{ readonly cidr: string; readonly endsAtMs: number }>(),
  ),
  /** Ends a timed block now. */
  end: call(z.object({ id }), done),
  /** From where the instance behind an address sees this computer, by an open SSH session. */
  peer: call(z.object({ ipId: shieldIpId }), shape<ShieldPeer>()),
  /** Lets this computer in by a port, and follows its address; `address` null: as an open SSH session has it. */
  follow: call(
    z.object({ ipId: shieldIpId, port, address: z.nullable(typedAddress) }),
    shape<{ readonly cidr: string }>(),
  ),
  /** Goes on with an address rule that has a problem, or moves it; `address` null: as an open SSH session has it. */
  move: call(z.object({ id, address: z.nullable(typedAddress) }), done),
  /** Whether SSH from where an address rule lets in stays once that rule is removed. */
  reviewStop: call(z.object({ id }), shape<LockoutVerdict>()),
  /** Follows no longer; its rule is removed, or stays as it is. Error: `refused` where the removal would cut SSH. */
  stopFollowing: call(z.object({ id, removesRule: z.boolean() }), done),
  /** Takes one off the list. Its rule stays as it is. */
  forget: call(z.object({ id }), done),
} as const;
