import * as z from 'zod/mini';
import type { InstanceId, ShieldIpId } from './brands.ts';

/** The orders in which a firewall can look at its rules. Which one Shield follows is not in the reference. */
export const ruleOrders = ['first-match', 'last-match', 'block-wins', 'allow-wins', 'most-specific'] as const;
/** One of them. */
export type RuleOrder = (typeof ruleOrders)[number];

/** What a rule or a policy does. */
export const ruleActions = ['allow', 'block'] as const;
/** What Shield can match by. */
export const ruleProtocols = ['tcp', 'udp', 'any'] as const;

const action = z.enum(ruleActions);
const port = z.int().check(z.gte(1), z.lte(65_535));
const ruleId = z.string().check(z.minLength(1), z.maxLength(100));

/** A rule as it is typed: the source may still be wrong. Port null: any. */
export const ruleDraft = z.object({
  action,
  protocol: z.enum(ruleProtocols),
  source: z.string().check(z.maxLength(64)),
  port: z.nullable(port),
});
/** A rule as it is typed. */
export type RuleDraft = z.infer<typeof ruleDraft>;

/** A staged change of an address's firewall. `key` names a new rule until the API does. */
export const shieldEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), key: ruleId, rule: ruleDraft }),
  z.object({ kind: z.literal('change'), ruleId, rule: ruleDraft }),
  z.object({ kind: z.literal('delete'), ruleId }),
  z.object({ kind: z.literal('policy'), direction: z.enum(['in', 'out']), action }),
]);
/** A staged change. */
export type ShieldEdit = z.infer<typeof shieldEdit>;
/** All staged changes of one address. */
export const shieldEdits = z.array(shieldEdit).check(z.minLength(1), z.maxLength(200));

/** Whether a change keeps this computer's SSH to the instance. */
export interface LockoutVerdict {
  readonly verdict: 'safe' | 'cuts' | 'not-provable';
  /** Why, as a sentence. */
  readonly reason: string;
}

/** This computer's address as an instance sees it, by an SSH session that is open to it. */
export interface ShieldPeer {
  /** The instance that has the protected address; null where none is known. */
  readonly instance: { readonly id: InstanceId; readonly name: string } | null;
  /** Port: that of the SSH server; null where the session does not come in at the protected address. Null: not known. */
  readonly seen: { readonly address: string; readonly port: number | null } | null;
  /** Why it is not known, or what to bear in mind, as a sentence. */
  readonly note: string | null;
}

/** What is said of one staged edit: what is wrong with it, or what it really means. */
export interface EditNote {
  /** The new rule's key, or the id of the rule that is changed. */
  readonly ruleKey: string;
  readonly text: string;
}

/** What staged changes come to, against the rules as they are now. */
export interface ShieldReview {
  /** Names the rules that this was judged against; `apply` refuses where they are others by then. */
  readonly seen: string;
  /** What is wrong: with any, there are no steps. */
  readonly problems: readonly EditNote[];
  readonly notes: readonly EditNote[];
  /** Redundant and shadowed rules, as sentences. */
  readonly lint: readonly string[];
  /** The requests in their order, in words. */
  readonly steps: readonly string[];
  readonly lockout: LockoutVerdict;
  /** What an open SSH session tells of this computer's address. */
  readonly peer: ShieldPeer;
}

/** How one request of a change stands. `not-known`: its answer was lost and the rules do not show it. */
export type StepState = 'waiting' | 'sent' | 'verified' | 'failed' | 'not-known';

/** Within how many minutes a change can be asked to be confirmed. */
export const confirmMinutes = [2, 5, 10] as const;

/** A change that is taken back by the app unless SSH goes on to answer and the user confirms it. */
export interface ShieldConfirm {
  /** `not-taken-back`: it should have been, and not all of it could. */
  readonly phase: 'applying' | 'waiting' | 'taking-back' | 'confirmed' | 'taken-back' | 'not-taken-back';
  /** Until when it has to be confirmed. */
  readonly untilMs: number;
  /** Why it is taken back: SSH did not answer, or nobody confirmed. */
  readonly reason: 'no-answer' | 'not-confirmed' | null;
  /** The checks of SSH at an address; null where none is known to be checked. */
  readonly ssh: {
    readonly target: string;
    /** It did not answer before the change either: its silence takes nothing back. */
    readonly wasSilent: boolean;
    readonly checks: number;
    readonly answered: number;
    /** The last checks in a row that were not answered. */
    readonly silent: number;
  } | null;
}

/** A change on its way, or the last one that ended. */
export interface ShieldApplying {
  readonly ipId: ShieldIpId;
  /** It takes back an earlier change. */
  readonly takesBack: boolean;
  /** Null: it stays whether or not it is confirmed. */
  readonly confirm: ShieldConfirm | null;
  readonly steps: readonly {
    readonly text: string;
    readonly state: StepState;
    /** Why it failed, as a sentence. */
    readonly detail: string | null;
  }[];
  readonly isRunning: boolean;
}

/** A packet to be judged: from an address, to a port. */
export const simulatedPacket = z.object({
  source: z.string().check(z.minLength(1), z.maxLength(64)),
  protocol: z.enum(['tcp', 'udp']),
  port,
});

/** What becomes of a packet under one order. */
export interface OrderVerdict {
  readonly order: RuleOrder;
  readonly outcome: 'allow' | 'block' | 'unknown';
  /** The rule that decides; null where the policy does, or it is not known. */
  readonly ruleId: string | null;
}
