import { expect, it } from 'vitest';
import { createAlerts } from '../../../../main/alerts/index.ts';
import { createAlertHandlers } from '../../../../main/ipc/handlers/alerts.ts';
import type { AlertRuleInput } from '../../../../preload/contract/alerts.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { accountId, instanceId } from '../../monitor/builders.ts';
import { FakeAccountFiles } from '../../storage/fakes.ts';

const other = 'other' as AccountId;
const input: AlertRuleInput = {
  metric: 'cpu',
  above: 90,
  forMinutes: 10,
  scope: { kind: 'server', instanceId: instanceId('web') },
  isOn: true,
  tellsEnd: true,
};
const noAccount = { ok: false, error: { kind: 'no-account' } };

/** The calls over rules that are kept; `show` says whose are shown. */
function started() {
  let shown: AccountId | null = accountId;
  let last = 0;
  const alerts = createAlerts({
    files: new FakeAccountFiles(),
    newId: () => `rule-${(last += 1)}`,
    onChange: () => undefined,
  });
  const handlers = createAlertHandlers(alerts, () => shown);
  return { alerts, handlers, show: (id: AccountId | null) => (shown = id) };
}

it('keeps, changes and removes rules of the account that is shown, and no other’s', async () => {
  const { alerts, handlers, show } = started();
  expect(await handlers.save({ ruleId: null, input })).toEqual(ok(undefined));
  expect(await handlers.save({ ruleId: 'rule-1', input: { ...input, above: 80 } })).toEqual(ok(undefined));
  expect(await handlers.book(undefined)).toEqual(
    ok({ rules: [{ ...input, id: 'rule-1', above: 80 }], firing: [] }),
  );
  show(other);
  expect(await handlers.book(undefined)).toEqual(ok({ rules: [], firing: [] }));
  expect(await handlers.remove({ ruleId: 'rule-1' })).toEqual(ok(undefined));
  expect(alerts.of(accountId).rules).toHaveLength(1);
  show(accountId);
  expect(await handlers.remove({ ruleId: 'rule-1' })).toEqual(ok(undefined));
  expect(alerts.of(accountId).rules).toEqual([]);
});

it('hands on why a rule is not kept', async () => {
  const { handlers } = started();
  expect(await handlers.save({ ruleId: 'gone', input })).toMatchObject({
    ok: false,
    error: { kind: 'refused' },
  });
});

it('keeps and removes nothing, and shows no rules, where no account is shown', async () => {
  const { alerts, handlers, show } = started();
  await handlers.save({ ruleId: null, input });
  show(null);
  expect(await handlers.book(undefined)).toEqual(ok({ rules: [], firing: [] }));
  expect(await handlers.save({ ruleId: null, input })).toEqual(noAccount);
  expect(await handlers.remove({ ruleId: 'rule-1' })).toEqual(noAccount);
  expect(alerts.of(accountId).rules).toHaveLength(1);
});
