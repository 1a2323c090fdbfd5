import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { MadeBlock } from '../../preload/contract/source-block.ts';
import { shieldIpId } from '../../preload/contract/watch.ts';
import { createAccountStore, readableList, type AccountFiles } from '../storage/index.ts';

/** A block of a source that this app made, with the rules that were there before: what else is alike is its rule. */
export interface KeptBlock extends MadeBlock {
  readonly beforeIds: readonly string[];
}

/** The blocks of one account that can be taken back, oldest first. */
export interface MadeBlocksOfAccount {
  readonly get: () => readonly KeptBlock[];
  readonly set: (blocks: readonly KeptBlock[]) => void;
}

/** The same by account, kept from run to run. */
export interface MadeBlocks {
  of(accountId: AccountId): readonly KeptBlock[];
  set(accountId: AccountId, blocks: readonly KeptBlock[]): void;
  /** Drops those of an account that signs out; the rules stay. */
  forgetAccount(accountId: AccountId): void;
}

/** How many can be taken back; the oldest one's rule can still be deleted among the rules. */
const maxKept = 50;

const keptBlock: z.ZodMiniType<KeptBlock> = z.object({
  ipId: shieldIpId,
  cidr: z.string(),
  atMs: z.number(),
  beforeIds: z.array(z.string()),
});

/** Opens the blocks under the key `source-blocks` of the account files; what cannot be read is left out. */
export function openMadeBlocks(files: AccountFiles): MadeBlocks {
  const store = createAccountStore<readonly KeptBlock[]>({
    files,
    key: 'source-blocks',
    schema: readableList(keptBlock),
    empty: [],
  });
  return {
    of: store.of,
    set: (accountId, blocks) => store.set(accountId, blocks.slice(-maxKept)),
    forgetAccount: store.forgetAccount,
  };
}
