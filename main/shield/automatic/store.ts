import * as z from 'zod/mini';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import { readableList, readableRecord, type Journal } from '../../storage/index.ts';
import { storedAutomaticRule, type StoredAutomaticRule } from './automatic-rule.ts';

/** The automatic rules of one account, on disk. */
export interface AutomaticRulesOfAccount {
  all(): readonly StoredAutomaticRule[];
  /** Ends once the rule is on the disk as it stands; `refused` where it cannot be put there: then nothing may be sent. */
  keep(rule: StoredAutomaticRule): Promise<Result<undefined>>;
  /** The app has nothing more to do with it. */
  drop(id: string): Promise<Result<undefined>>;
}

/** The same by account. */
export interface AutomaticRuleStore {
  of(accountId: AccountId): AutomaticRulesOfAccount;
  /** Drops what was kept for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the automatic rules. `journal` holds them under the key `automatic-rules`. */
export function openAutomaticRules({
  journal,
  isInMemory,
}: {
  readonly journal: Journal;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
}): AutomaticRuleStore {
  const stored =
    z.safeParse(readableRecord(readableList(storedAutomaticRule)), journal.get('automatic-rules')).data ?? {};
  const rules = new Map<string, Map<string, StoredAutomaticRule>>(
    Object.entries(stored).map(([accountId, all]) => [
      accountId,
      new Map(all.map((rule) => [rule.id, rule])),
    ]),
  );
  const write = async (accountId: AccountId): Promise<Result<undefined>> => {
    if (isInMemory(accountId)) return ok(undefined);
    const kept = [...rules].filter(([id, own]) => own.size > 0 && !isInMemory(id as AccountId));
    return journal.write(
      'automatic-rules',
      Object.fromEntries(kept.map(([id, own]) => [id, [...own.values()]])),
    );
  };
  return {
    of: (accountId) => {
      const own = (): Map<string, StoredAutomaticRule> => {
        const found = rules.get(accountId) ?? new Map<string, StoredAutomaticRule>();
        rules.set(accountId, found);
        return found;
      };
      return {
        // Each taker gets its own: the parts of an account may be made anew while former ones come to their end.
        all: () => [...own().values()].map((rule) => structuredClone(rule)),
        keep: (rule) => {
          own().set(rule.id, rule);
          return write(accountId);
        },
        drop: (id) => (own().delete(id) ? write(accountId) : Promise.resolve(ok(undefined))),
      };
    },
    forgetAccount: (accountId) => {
      const own = rules.get(accountId);
      rules.delete(accountId);
      if (own !== undefined && own.size > 0) void write(accountId);
    },
  };
}
