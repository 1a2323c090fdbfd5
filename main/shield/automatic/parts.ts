import type { AccountId, ShieldIpId } from '../../../preload/contract/brands.ts';
import type { AutomaticRule } from '../../../preload/contract/automatic-rules.ts';
import { fail } from '../../../preload/contract/result.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import type { PeerParts } from '../peer.ts';
import type { SendParts } from '../send-step.ts';
import type { ShieldChanges } from '../shield-changes.ts';
import type { SourceBlocks } from '../source-blocks.ts';
import type { AutomaticRuleList } from './list.ts';
import type { AutomaticRulesOfAccount } from './store.ts';

/** What automatic rules take. */
export interface AutomaticRulesOptions extends SendParts, PeerParts {
  readonly accountId: AccountId;
  readonly kept: AutomaticRulesOfAccount;
  readonly newId: () => string;
  readonly changes: Pick<ShieldChanges, 'hold'>;
  readonly blocks: Pick<SourceBlocks, 'review'>;
  /** Of the account. */
  readonly onChange: (all: readonly AutomaticRule[]) => void;
  /** The rules of an address have changed: what shows them reads them again. */
  readonly onApplied: (ipId: ShieldIpId) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onBug: (cause: unknown) => void;
}

/** The same with what its parts share. */
export interface AutomaticParts extends AutomaticRulesOptions {
  readonly list: AutomaticRuleList;
  /** Aborted once the account is signed out or the app quits: nothing more is sent or kept. */
  readonly signal: AbortSignal;
}

/** How an attempt that the app makes by itself came out: `later`: nothing was sent, and it tries again. */
export type Attempt = 'over' | 'later' | 'stopped';

/** Why something cannot be done, as an error. */
export const refused = (message: string) => fail({ kind: 'refused', message } as const);
/** Another change of the address is under way. */
export const busy = fail({ kind: 'busy', message: 'A change of this address is being applied.' } as const);
/** It is on the list no longer. */
export const gone = refused('This is not on the list any more.');
/** Code has thrown. */
export const broken = fail({ kind: 'internal', message: 'A change of rules failed.' } as const);
