import * as z from 'zod/mini';
import {
  alertRuleId,
  alertWish,
  maxAlertRules,
  noAlerts,
  type AlertBook,
  type AlertRule,
  type AlertWish,
  type FiringAlert,
} from '../../preload/contract/alerts.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import type { JsonStore } from '../storage/index.ts';

/** The rules of all accounts, and which of them fire: what fires was told, also in an earlier run. */
export interface Alerts {
  of(accountId: AccountId): AlertBook;
  /** Keeps a new rule (`id` null), or changes one: what fired by it before is judged anew. Error: `refused`. */
  save(accountId: AccountId, id: string | null, wish: AlertWish): Result<AlertRule>;
  remove(accountId: AccountId, ruleId: string): void;
  /** Takes over which rules fire. */
  setFiring(accountId: AccountId, firing: readonly FiringAlert[]): void;
  /** Drops the rules of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Where alerts are kept, and who hears of changes. */
export interface AlertsOptions {
  readonly store: JsonStore;
  /** Accounts that live as long as the app: their rules are not written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
  readonly newId: () => string;
  /** `rulesChanged`: what is to be watched is another. */
  readonly onChange: (accountId: AccountId, book: AlertBook, rulesChanged: boolean) => void;
}

const storedFiring = z.object({ ruleId: alertRuleId, instanceId, sinceMs: z.number() });

/** Opens the alerts under the key `alerts` of a store; what cannot be read is left out. */
export function createAlerts({ store, isInMemory, newId, onChange }: AlertsOptions): Alerts {
  const books = new Map<AccountId, AlertBook>();
  for (const [id, stored] of entriesOf(store.get('alerts'))) books.set(id as AccountId, readBook(stored));
  const of = (accountId: AccountId): AlertBook => books.get(accountId) ?? noAlerts;
  const write = (): void => {
    store.set('alerts', Object.fromEntries([...books].filter(([id]) => !isInMemory(id))));
  };
  const keep = (accountId: AccountId, book: AlertBook, rulesChanged: boolean): void => {
    books.set(accountId, book);
    write();
    onChange(accountId, book, rulesChanged);
  };
  const withoutFiring = (accountId: AccountId, ruleId: string): readonly FiringAlert[] =>
    of(accountId).firing.filter((each) => each.ruleId !== ruleId);
  return {
    of,
    save: (accountId, id, wish) => {
      const { rules } = of(accountId);
      const rule: AlertRule = { ...wish, id: id ?? newId() };
      const isKnown = rules.some((each) => each.id === rule.id);
      if (id !== null && !isKnown)
        return fail({ kind: 'refused', message: 'This alert is no longer there. Add it anew.' });
      if (!isKnown && rules.length >= maxAlertRules)
        return fail({ kind: 'refused', message: `There are ${maxAlertRules} alerts. Delete one first.` });
      const next = isKnown ? rules.map((each) => (each.id === rule.id ? rule : each)) : [...rules, rule];
      keep(accountId, { rules: next, firing: withoutFiring(accountId, rule.id) }, true);
      return ok(rule);
    },
    remove: (accountId, ruleId) => {
      const rules = of(accountId).rules.filter(({ id }) => id !== ruleId);
      keep(accountId, { rules, firing: withoutFiring(accountId, ruleId) }, true);
    },
    setFiring: (accountId, firing) => keep(accountId, { rules: of(accountId).rules, firing }, false),
    forgetAccount: (accountId) => {
      if (books.delete(accountId)) write();
    },
  };
}

function readBook(stored: unknown): AlertBook {
  const fields = new Map(entriesOf(stored));
  const rules = listOf(fields.get('rules')).flatMap((row) => {
    const id = z.safeParse(z.object({ id: alertRuleId }), row);
    const wish = z.safeParse(alertWish, row);
    return id.success && wish.success ? [{ ...wish.data, id: id.data.id }] : [];
  });
  const firing = listOf(fields.get('firing')).flatMap((row) => {
    const parsed = z.safeParse(storedFiring, row);
    return parsed.success && rules.some(({ id }) => id === parsed.data.ruleId) ? [parsed.data] : [];
  });
  return { rules, firing };
}

function entriesOf(stored: unknown): readonly [string, unknown][] {
  return Object.entries(typeof stored === 'object' && stored !== null ? stored : {});
}

function listOf(stored: unknown): readonly unknown[] {
  return Array.isArray(stored) ? stored : [];
}
