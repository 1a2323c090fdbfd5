import * as z from 'zod/mini';
import { call, push, shape } from './define.ts';
import {
  confirmMinutes,
  ruleDraft,
  shieldEdit,
  shieldEdits,
  simulatedPacket,
  type OrderVerdict,
  type ShieldApplying,
  type ShieldReview,
} from './firewall.ts';
import { sourceOfTraffic, type MadeBlock, type SourceBlockReview } from './source-block.ts';
import {
  firewallPolicy,
  maxStagedEdits,
  takeModes,
  type IncomingRules,
  type RulesFile,
  type SourceReading,
  type TakenRules,
} from './firewall-editing.ts';
import { shieldIpId } from './watch.ts';

const nothing = z.undefined();
const done = shape<undefined>();

/**
 * Staged changes of one address, and this computer's address as the instance sees it; null: what a session that is open to
 * it tells, where there is one.
 */
const shieldChange = {
  ipId: shieldIpId,
  edits: shieldEdits,
  peerAddress: z.nullable(z.string().check(z.minLength(1), z.maxLength(64))),
};

/** The calls of the domain `shield`: changes of an address's firewall, reviewed first and applied step by step. */
export const shieldCalls = {
  /** What staged changes come to, against the rules as they are now. Changes nothing. */
  review: call(z.object(shieldChange), shape<ShieldReview>()),
  /** What a typed source really matches, for an address of this family. */
  readSource: call(
    z.object({
      source: z.string().check(z.maxLength(64)),
      family: z.union([z.literal(4), z.literal(6)]),
    }),
    shape<SourceReading>(),
  ),
  /** The rules of another address, as this one can take them over. Changes nothing. */
  copyRules: call(z.object({ ipId: shieldIpId, fromIpId: shieldIpId }), shape<IncomingRules>()),
  /** Asks for a file of rules and reads it, as an address can take them over; null: the user changed their mind. */
  pickRules: call(z.object({ ipId: shieldIpId }), shape<IncomingRules | null>()),
  /** What is staged once rules are taken over. Nothing is sent. Error: `refused` where that is too much. */
  takeRules: call(
    z.object({
      ipId: shieldIpId,
      edits: z.array(shieldEdit).check(z.maxLength(maxStagedEdits)),
      rules: z.array(ruleDraft).check(z.maxLength(1_000)),
      policy: z.nullable(firewallPolicy),
      mode: z.enum(takeModes),
    }),
    shape<TakenRules>(),
  ),
  /** The rules of an address in effect, as a file to be saved. */
  exportRules: call(z.object({ ipId: shieldIpId }), shape<RulesFile>()),
  /** What becomes of a packet under each order of evaluation, with the staged changes. */
  simulate: call(
    z.object({
      ipId: shieldIpId,
      edits: z.array(shieldEdit).check(z.maxLength(200)),
      packet: simulatedPacket,
    }),
    shape<readonly OrderVerdict[]>(),
  ),
  /** Starts to apply a reviewed change; `applyChanged` tells how it goes. Error: `refused`, with the reason. */
  apply: call(
    z.object({
      ...shieldChange,
      seen: z.string().check(z.minLength(1), z.maxLength(1_000_000)),
      acceptedRisk: z.boolean(),
      /** Taken back unless it is confirmed within so many minutes; null: it stays. */
      confirmMinutes: z.nullable(z.literal(confirmMinutes)),
    }),
    done,
  ),
  /** What blocking a source of traffic comes to. Changes nothing. */
  reviewBlock: call(z.object(sourceOfTraffic), shape<SourceBlockReview>()),
  /** Starts to block a reviewed source, as `apply` does; gives what is blocked. Error: `refused`, with the reason. */
  block: call(
    z.object({ ...sourceOfTraffic, seen: z.string().check(z.minLength(1), z.maxLength(1_000_000)) }),
    shape<{ readonly cidr: string }>(),
  ),
  /** The sources that this app blocked at an address, also in an earlier run; their rules may be gone. */
  blocks: call(z.object({ ipId: shieldIpId }), shape<readonly MadeBlock[]>()),
  /** Starts to delete the rule that `block` made, once. Error: `refused` where it is gone, or was not made by this app. */
  undoBlock: call(z.object({ ipId: shieldIpId, cidr: sourceOfTraffic.source }), done),
  applyState: call(nothing, shape<readonly ShieldApplying[]>()),
  applyChanged: push(shape<readonly ShieldApplying[]>()),
  /** Applies what is left of a change. */
  resume: call(z.object({ ipId: shieldIpId }), done),
  /** The user confirms a change: it stays. */
  confirm: call(z.object({ ipId: shieldIpId }), done),
  /** Takes back what was applied of a change. */
  revert: call(z.object({ ipId: shieldIpId }), done),
  /** Sends no further step. */
  stopApplying: call(z.object({ ipId: shieldIpId }), done),
  /** The user has read how a change ended. */
  dismiss: call(z.object({ ipId: shieldIpId }), done),
} as const;
