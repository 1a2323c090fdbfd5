import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import {
  createDraft,
  emptyDraft,
  newInstance,
  type CreateDraft,
  type CreatedInstance,
  type NewInstance,
} from '../../preload/contract/create.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import type { FundsWanted } from '../domain/index.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import {
  createAccountStore,
  readableList,
  readableRecord,
  type AccountFiles,
  type Journal,
} from '../storage/index.ts';

const ids = z.nullable(z.array(z.string()));
/** As it is on disk, where the instance has an older name. */
const storedAttempt = z.object({
  server: newInstance,
  before: z.object({ instanceIds: ids, debitIds: ids }),
  askedAtMs: z.number(),
});

/** A creation that has left, or is about to, and whose end is not known: found after a crash, it is looked up. */
export interface CreateAttempt extends Omit<z.infer<typeof storedAttempt>, 'server'> {
  readonly instance: NewInstance;
}

/** What of creating instances outlives the app, for one account. No secret is in it. */
export interface StoredCreation {
  readonly draft: CreateDraft;
  readonly attempt: CreateAttempt | null;
  readonly funds: FundsWanted | null;
  readonly made: readonly CreatedInstance[];
}

/** What outlives the app of one account's creations. */
export interface StoredOfAccount {
  get(): StoredCreation;
  update(patch: Partial<Omit<StoredCreation, 'attempt'>>): void;
  /** Ends once the attempt is on the disk; `refused` where it cannot be put there. */
  begin(attempt: CreateAttempt): Promise<Result<undefined>>;
  /** It is known how the attempt ended. */
  end(): void;
}

const createdInstance = z.object({
  instanceId,
  osName: newInstance.shape.osName,
  projectId: newInstance.shape.projectId,
});

const kept = z.object({
  draft: createDraft,
  funds: z.nullable(z.object({ neededCents: newInstance.shape.priceCents, sinceMs: z.number() })),
  // Not there before it was kept.
  made: readableList(createdInstance),
});

/** What is kept, by account. */
export interface CreationStore {
  of(accountId: AccountId): StoredCreation;
  update(accountId: AccountId, patch: Partial<Omit<StoredCreation, 'attempt'>>): void;
  /**
   * Keeps what is about to be sent, in the place of what was. Ends once it is on the disk; `refused` where it cannot be
   * put there, and then nothing is kept and nothing may be sent.
   */
  begin(accountId: AccountId, attempt: CreateAttempt): Promise<Result<undefined>>;
  /** It is known how the attempt ended. */
  end(accountId: AccountId): void;
  /** Drops what was kept for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Where it is kept. */
export interface CreationStoreOptions {
  readonly files: AccountFiles;
  /** Holds attempts, which cost money, under the key `creations`. */
  readonly journal: Journal;
  /** Accounts that live as long as the app: their attempts are not written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
}

/** Opens what is kept under the key `creation` of the account files, and the attempts. */
export function openCreationStore({ files, journal, isInMemory }: CreationStoreOptions): CreationStore {
  const others = createAccountStore<Omit<StoredCreation, 'attempt'>>({
    files,
    key: 'creation',
    schema: kept,
    empty: { draft: emptyDraft, funds: null, made: [] },
  });
  const stored = z.safeParse(readableRecord(storedAttempt), journal.get('creations')).data ?? {};
  const attempts = new Map<string, CreateAttempt>(
    Object.entries(stored).map(([id, { server: instance, ...rest }]) => [id, { instance, ...rest }]),
  );
  const write = (): Promise<Result<undefined>> =>
    journal.write(
      'creations',
      Object.fromEntries(
        [...attempts]
          .filter(([id]) => !isInMemory(id as AccountId))
          .map(([id, { instance: server, ...rest }]) => [id, { server, ...rest }]),
      ),
    );
  const end = (accountId: AccountId): void => {
    if (attempts.delete(accountId) && !isInMemory(accountId)) void write();
  };
  return {
    of: (accountId) => ({ ...others.of(accountId), attempt: attempts.get(accountId) ?? null }),
    update: (accountId, patch) => {
      others.set(accountId, { ...others.of(accountId), ...patch });
    },
    begin: async (accountId, next) => {
      attempts.set(accountId, next);
      let isNoted = false;
      try {
        const written = isInMemory(accountId) ? ok(undefined) : await write();
        isNoted = written.ok;
        return written;
      } finally {
        // Also where it throws: what was not written down is not sent, and there is nothing to look up.
        if (!isNoted && attempts.get(accountId) === next) attempts.delete(accountId);
      }
    },
    end,
    forgetAccount: (accountId) => {
      end(accountId);
      others.forgetAccount(accountId);
    },
  };
}
