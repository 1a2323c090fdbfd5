import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import {
  createDraft,
  emptyDraft,
  newServer,
  type CreateDraft,
  type MadeServer,
} from '../../preload/contract/create.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import type { FundsWanted } from '../insight/index.ts';
import type { JsonStore } from '../storage/index.ts';

const ids = z.nullable(z.array(z.string()));
const attempt = z.object({
  server: newServer,
  before: z.object({ instanceIds: ids, debitIds: ids }),
  askedAtMs: z.number(),
});

/** A creation that has left, or is about to, and whose end is not known: found after a crash, it is looked up. */
export type CreateAttempt = z.infer<typeof attempt>;

/** What of creating servers outlives the app, for one account. No secret is in it. */
export interface KeptCreation {
  readonly draft: CreateDraft;
  readonly attempt: CreateAttempt | null;
  readonly funds: FundsWanted | null;
  readonly made: readonly MadeServer[];
}

const madeServer = z.object({
  instanceId,
  osName: newServer.shape.osName,
  projectId: newServer.shape.projectId,
});

const kept = z.object({
  draft: createDraft,
  attempt: z.nullable(attempt),
  funds: z.nullable(z.object({ neededCents: newServer.shape.priceCents, sinceMs: z.number() })),
  // Not there before it was kept.
  made: z._default(z.array(madeServer), []),
});

const nothing: KeptCreation = { draft: emptyDraft, attempt: null, funds: null, made: [] };

/** What is kept, by account. */
export interface KeptCreations {
  of(accountId: AccountId): KeptCreation;
  update(accountId: AccountId, patch: Partial<KeptCreation>): void;
  /** Drops what was kept for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens what is kept under the key `creations` of a store. Accounts that live as long as the app are not written. */
export function openKeptCreations(
  store: JsonStore,
  isInMemory: (accountId: AccountId) => boolean,
): KeptCreations {
  const stored = z.safeParse(z.record(z.string(), z.unknown()), store.get('creations'));
  const byAccount = new Map<AccountId, KeptCreation>();
  for (const [id, value] of Object.entries(stored.success ? stored.data : {})) {
    const parsed = z.safeParse(kept, value);
    if (parsed.success) byAccount.set(id as AccountId, parsed.data);
  }
  const write = (): void => {
    store.set('creations', Object.fromEntries([...byAccount].filter(([id]) => !isInMemory(id))));
  };
  return {
    of: (accountId) => byAccount.get(accountId) ?? nothing,
    update: (accountId, patch) => {
      byAccount.set(accountId, { ...(byAccount.get(accountId) ?? nothing), ...patch });
      write();
    },
    forgetAccount: (accountId) => {
      if (byAccount.delete(accountId)) write();
    },
  };
}
