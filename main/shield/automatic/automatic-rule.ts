import * as z from 'zod/mini';
import { instanceId, shieldIpId } from '../../../preload/contract/watch.ts';
import type { RuleBody } from '../../domain/index.ts';

const nullableText = z.nullable(z.string());

/** A rule of Shield that an automatic rule has made, or is about to make. */
const ownRule = z.object({
  /** The source in its one form. */
  cidr: z.string(),
  /** The ids from before it was sent: what else is alike is this rule. */
  known: z.array(z.string()),
  /** Null: the rules have not shown it yet. */
  ruleId: nullableText,
  /** `sending`: it is about to be sent, or was; `removing`: the same of its removal; `refused`: it is not there. */
  state: z.enum(['sending', 'there', 'not-known', 'refused', 'removing']),
});

const common = {
  id: z.string(),
  ipId: shieldIpId,
  address: z.string(),
  instanceId: z.nullable(instanceId),
  /** Why the app does nothing more by itself, in words; null: it goes on. */
  problem: nullableText,
};

const timedBlock = z.object({
  kind: z.literal('timed-block'),
  ...common,
  own: ownRule,
  /** By the wall's clock: a restart of the app does not move it. */
  endsAtMs: z.number(),
});

const addressRule = z.object({
  kind: z.literal('address-rule'),
  ...common,
  port: z.number(),
  /** Where the instance saw the session come in by which it was set up; null: at the protected address. */
  serverAddress: nullableText,
  /** From where it is to let in. */
  target: z.string(),
  /** The one of `target`, once it was sent, and those of earlier addresses that are still to be removed. */
  rules: z.array(ownRule),
});

/** An automatic rule as it is on disk: enough to end or replace it after the app ended. */
export const storedAutomaticRule = z.discriminatedUnion('kind', [timedBlock, addressRule]);

/** A rule of Shield that the app has made. */
export type OwnRule = z.infer<typeof ownRule>;
/** A block with an end. */
export type StoredTimedBlock = z.infer<typeof timedBlock>;
/** A rule that follows this computer's address. */
export type StoredAddressRule = z.infer<typeof addressRule>;
/** One of both. */
export type StoredAutomaticRule = StoredTimedBlock | StoredAddressRule;

/** A rule that is about to be sent. */
export const newOwnRule = (cidr: string): OwnRule => ({ cidr, known: [], ruleId: null, state: 'sending' });

/** What blocks a source: all of its traffic. */
export const blockOf = (cidr: string): RuleBody => ({ action: 'block', protocol: 'any', cidr, port: null });

/** What lets a source in by one port. */
export const entryOf = (cidr: string, port: number): RuleBody => ({
  action: 'allow',
  protocol: 'tcp',
  cidr,
  port,
});

/** All rules of Shield that belong to an automatic rule. */
export const ownRulesOf = (rule: StoredAutomaticRule): readonly OwnRule[] =>
  rule.kind === 'timed-block' ? [rule.own] : rule.rules;
