import { describe, expect, it, vi } from 'vitest';
import { createAlerts } from '../../../main/alerts/index.ts';
import type { AlertWish } from '../../../preload/contract/alerts.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { FakeStore } from '../accounts/fakes.ts';
import { accountId, instanceId } from '../monitor/builders.ts';

const demo = 'demo' as AccountId;
const wish: AlertWish = {
  metric: 'cpu',
  above: 90,
  forMinutes: 10,
  scope: { kind: 'server', instanceId: instanceId('web') },
  isOn: true,
  tellsEnd: true,
};

function opened(store = new FakeStore()) {
  let last = 0;
  const onChange = vi.fn();
  const alerts = createAlerts({
    store,
    isInMemory: (id) => id === demo,
    newId: () => `rule-${(last += 1)}`,
    onChange,
  });
  return { store, alerts, onChange };
}

describe('the rules of alerts', () => {
  it('are kept by account across restarts, with which of them fire', () => {
    const { store, alerts, onChange } = opened();
    expect(alerts.save(accountId, null, wish)).toMatchObject({
      ok: true,
      value: { id: 'rule-1', above: 90 },
    });
    expect(onChange).toHaveBeenLastCalledWith(accountId, alerts.of(accountId), true);
    alerts.setFiring(accountId, [{ ruleId: 'rule-1', instanceId: instanceId('web'), sinceMs: 7 }]);
    expect(onChange).toHaveBeenLastCalledWith(accountId, alerts.of(accountId), false);
    expect(opened(store).alerts.of(accountId)).toEqual(alerts.of(accountId));
    expect(alerts.of(demo).rules).toEqual([]);
  });

  it('are judged anew once they are changed, and gone once they are deleted', () => {
    const { alerts } = opened();
    alerts.save(accountId, null, wish);
    alerts.setFiring(accountId, [{ ruleId: 'rule-1', instanceId: instanceId('web'), sinceMs: 7 }]);
    alerts.save(accountId, 'rule-1', { ...wish, above: 80 });
    expect(alerts.of(accountId)).toMatchObject({ rules: [{ id: 'rule-1', above: 80 }], firing: [] });
    alerts.remove(accountId, 'rule-1');
    expect(alerts.of(accountId)).toEqual({ rules: [], firing: [] });
    expect(alerts.save(accountId, 'rule-1', wish)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('of the demo stay in memory; those of who signs out are dropped', () => {
    const { store, alerts } = opened();
    alerts.save(demo, null, wish);
    alerts.save(accountId, null, wish);
    expect(Object.keys(store.get('alerts') as object)).toEqual([accountId]);
    alerts.forgetAccount(accountId);
    expect(store.get('alerts')).toEqual({});
  });

  it('that cannot be read are left out', () => {
    const store = new FakeStore();
    const rule = { ...wish, id: 'a' };
    store.set('alerts', {
      [accountId]: {
        rules: [rule, { ...rule, id: 'b', above: 101 }, { ...rule, id: '' }, 'x'],
        firing: [{ ruleId: 'b', instanceId: 'web', sinceMs: 1 }, null],
      },
      other: 3,
    });
    expect(opened(store).alerts.of(accountId)).toEqual({ rules: [rule], firing: [] });
  });
});
