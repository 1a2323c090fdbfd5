import * as z from 'zod/mini';
import {
  alertRuleId,
  alertRuleInput,
  maxAlertAddresses,
  maxAlertRules,
  noAlerts,
  type AlertState,
  type AlertRule,
  type AlertRuleInput,
  type FiringAlert,
} from '../../preload/contract/alerts.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import { createAccountStore, readableList, type AccountFiles } from '../storage/index.ts';

/** The rules of all accounts, and which of them fire: what fires was told, also in an earlier run. */
export interface Alerts {
  of(accountId: AccountId): AlertState;
  /** Keeps a new rule (`id` null), or changes one: what fired by it before is judged again. Error: `refused`. */
  save(accountId: AccountId, id: string | null, input: AlertRuleInput): Result<AlertRule>;
  remove(accountId: AccountId, ruleId: string): void;
  /** Takes over which rules fire. */
  setFiring(accountId: AccountId, firing: readonly FiringAlert[]): void;
  /** Drops the rules of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Where alerts are kept, and who hears of changes. */
export interface AlertsOptions {
  readonly files: AccountFiles;
  readonly newId: () => string;
  /** `rulesChanged`: what is to be watched is another. */
  readonly onChange: (accountId: AccountId, state: AlertState, rulesChanged: boolean) => void;
}

const storedFiring = z.object({
  ruleId: alertRuleId,
  instanceId: z.nullable(instanceId),
  sinceMs: z.number(),
  usualUpTo: z.optional(z.number()),
});

const storedRule: z.ZodMiniType<AlertRule> = z.intersection(z.object({ id: alertRuleId }), alertRuleInput);

/** A firing alert whose rule is not there, or cannot be read, is none. */
const storedState = z.pipe(
  z.object({
    rules: readableList(storedRule),
    firing: readableList(storedFiring),
  }),
  z.transform(({ rules, firing }): AlertState => {
    const ids = new Set(rules.map(({ id }) => id));
    return { rules, firing: firing.filter(({ ruleId }) => ids.has(ruleId)) };
  }),
);

/** Opens the alerts under the key `alerts` of the account files; what cannot be read is left out. */
export function createAlerts({ files, newId, onChange }: AlertsOptions): Alerts {
  const store = createAccountStore({ files, key: 'alerts', schema: storedState, empty: noAlerts });
  const { of } = store;
  const keep = (accountId: AccountId, state: AlertState, rulesChanged: boolean): void => {
    store.set(accountId, state);
    onChange(accountId, state, rulesChanged);
  };
  const withoutFiring = (accountId: AccountId, ruleId: string): readonly FiringAlert[] =>
    of(accountId).firing.filter((each) => each.ruleId !== ruleId);
  return {
    of,
    save: (accountId, id, input) => {
      const { rules } = of(accountId);
      const rule: AlertRule = { ...input, id: id ?? newId() };
      const isKnown = rules.some((each) => each.id === rule.id);
      if (id !== null && !isKnown)
        return fail({ kind: 'refused', message: 'This alert no longer exists. Add it again.' });
      if (!isKnown && rules.length >= maxAlertRules)
        return fail({
          kind: 'refused',
          message: `The limit of ${maxAlertRules} alerts is reached. Delete one first.`,
        });
      if (addressesOf([...rules.filter((each) => each.id !== rule.id), rule]).size > maxAlertAddresses)
        return fail({
          kind: 'refused',
          message: `Alerts watch up to ${maxAlertAddresses} Shield addresses. Turn off or delete those of another one first.`,
        });
      const next = isKnown ? rules.map((each) => (each.id === rule.id ? rule : each)) : [...rules, rule];
      keep(accountId, { rules: next, firing: withoutFiring(accountId, rule.id) }, true);
      return ok(rule);
    },
    remove: (accountId, ruleId) => {
      const rules = of(accountId).rules.filter(({ id }) => id !== ruleId);
      keep(accountId, { rules, firing: withoutFiring(accountId, ruleId) }, true);
    },
    setFiring: (accountId, firing) => keep(accountId, { rules: of(accountId).rules, firing }, false),
    forgetAccount: store.forgetAccount,
  };
}

/** The protected addresses that rules in force are about. */
function addressesOf(rules: readonly AlertRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ isOn, scope }) => (isOn && scope.kind === 'address' ? scope.ipId : [])));
}
