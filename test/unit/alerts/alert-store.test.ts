import { describe, expect, it, vi } from 'vitest';
import { createAlerts } from '../../../main/alerts/index.ts';
import type { AlertRuleInput } from '../../../preload/contract/alerts.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { accountId, instanceId } from '../monitor/builders.ts';

const other = 'other' as AccountId;
const input: AlertRuleInput = {
  metric: 'cpu',
  above: 90,
  forMinutes: 10,
  scope: { kind: 'server', instanceId: instanceId('web') },
  isOn: true,
  tellsEnd: true,
};

function opened(files = new FakeAccountFiles()) {
  let last = 0;
  const onChange = vi.fn();
  const alerts = createAlerts({
    files,
    newId: () => `rule-${(last += 1)}`,
    onChange,
  });
  return { files, alerts, onChange };
}

describe('the rules of alerts', () => {
  it('are kept by account across restarts, with which of them fire', () => {
    const { files, alerts, onChange } = opened();
    expect(alerts.save(accountId, null, input)).toMatchObject({
      ok: true,
      value: { id: 'rule-1', above: 90 },
    });
    expect(onChange).toHaveBeenLastCalledWith(accountId, alerts.of(accountId), true);
    alerts.setFiring(accountId, [{ ruleId: 'rule-1', instanceId: instanceId('web'), sinceMs: 7 }]);
    expect(onChange).toHaveBeenLastCalledWith(accountId, alerts.of(accountId), false);
    expect(opened(files).alerts.of(accountId)).toEqual(alerts.of(accountId));
    expect(alerts.of(other).rules).toEqual([]);
  });

  it('are judged again once they are changed, and gone once they are deleted', () => {
    const { alerts } = opened();
    alerts.save(accountId, null, input);
    alerts.setFiring(accountId, [{ ruleId: 'rule-1', instanceId: instanceId('web'), sinceMs: 7 }]);
    alerts.save(accountId, 'rule-1', { ...input, above: 80 });
    expect(alerts.of(accountId)).toMatchObject({ rules: [{ id: 'rule-1', above: 80 }], firing: [] });
    alerts.remove(accountId, 'rule-1');
    expect(alerts.of(accountId)).toEqual({ rules: [], firing: [] });
    expect(alerts.save(accountId, 'rule-1', input)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('of who signs out are dropped, and no others', () => {
    const { files, alerts } = opened();
    alerts.save(other, null, input);
    alerts.save(accountId, null, input);
    alerts.forgetAccount(accountId);
    expect(alerts.of(accountId).rules).toEqual([]);
    expect(Object.keys(files.content())).toEqual([other]);
  });

  it('that cannot be read are left out', () => {
    const files = new FakeAccountFiles();
    const rule = { ...input, id: 'a' };
    files.of(accountId).set('alerts', {
      rules: [rule, { ...rule, id: 'b', above: 101 }, { ...rule, id: '' }, 'x'],
      firing: [{ ruleId: 'b', instanceId: 'web', sinceMs: 1 }, null],
    });
    files.of(other).set('alerts', { rules: [rule] });
    expect(opened(files).alerts.of(other)).toEqual({ rules: [rule], firing: [] });
    files.of(other).set('alerts', 3);
    expect(opened(files).alerts.of(other)).toEqual({ rules: [], firing: [] });
    expect(opened(files).alerts.of(accountId)).toEqual({ rules: [rule], firing: [] });
  });

  it('are a hundred at most; one of them can still be changed, and another one added once one is gone', () => {
    const { alerts } = opened();
    for (let count = 1; count <= 99; count += 1) alerts.save(accountId, null, input);
    expect(alerts.save(accountId, null, input).ok).toBe(true);
    expect(alerts.save(accountId, null, input)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(alerts.of(accountId).rules).toHaveLength(100);
    expect(alerts.save(accountId, 'rule-100', { ...input, above: 80 }).ok).toBe(true);
    expect(alerts.save(other, null, input).ok).toBe(true);
    alerts.remove(accountId, 'rule-7');
    expect(alerts.save(accountId, null, input).ok).toBe(true);
  });

  it('fire each for itself: to change or delete one leaves what fires by the others', () => {
    const { alerts } = opened();
    for (let count = 1; count <= 3; count += 1) alerts.save(accountId, null, input);
    const firing = (ruleId: string) => ({ ruleId, instanceId: instanceId('web'), sinceMs: 7 });
    alerts.setFiring(accountId, ['rule-1', 'rule-2', 'rule-3'].map(firing));
    alerts.save(accountId, 'rule-1', input);
    expect(alerts.of(accountId).firing).toEqual([firing('rule-2'), firing('rule-3')]);
    alerts.remove(accountId, 'rule-3');
    expect(alerts.of(accountId).firing).toEqual([firing('rule-2')]);
    expect(alerts.of(accountId).rules.map(({ id }) => id)).toEqual(['rule-1', 'rule-2']);
  });
});
