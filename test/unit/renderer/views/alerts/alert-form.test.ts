import { describe, expect, test } from 'vitest';
import { alertRuleInput, type AlertRule } from '../../../../../preload/contract/alerts.ts';
import type { InstanceId, ShieldIpId } from '../../../../../preload/contract/brands.ts';
import { fallbackLocale, sameLocale, useLocales } from '../../../../../preload/contract/locales.ts';
import { noAnnotations } from '../../../../../preload/contract/annotations.ts';
import {
  alertDraft,
  offeredMetrics,
  offeredMinutes,
  readAlert,
  scopesOfAccount,
  scopesOfInstance,
} from '../../../../../renderer/views/alerts/alert-form.ts';
import { ruleInWords, standingInWords } from '../../../../../renderer/views/alerts/rule-words.ts';

const web = 'web' as InstanceId;
const db = 'db' as InstanceId;
const rule: AlertRule = {
  id: 'r',
  metric: 'network-in',
  above: 12.5,
  forMinutes: 15,
  scope: { kind: 'tag', tag: 'prod' },
  isOn: true,
  tellsEnd: false,
};
const context = { firing: [], shownOn: null, nameOf: (id: InstanceId) => `${id}-name` };

describe('the form of an alert', () => {
  test('begins with a sensible one, or with the one that is changed, which comes out as it was', () => {
    expect(alertDraft(null, { kind: 'server', instanceId: web })).toEqual({
      metric: 'cpu',
      above: '90',
      forMinutes: '10',
      scope: 'server:web',
      tellsEnd: true,
    });
    const read = readAlert(alertDraft(rule, { kind: 'favourites' }), true);
    expect(read.ok && { ...read.input, id: rule.id }).toEqual(rule);
    const ofServer = alertDraft(null, { kind: 'server', instanceId: web });
    expect(readAlert(ofServer, false)).toMatchObject({
      input: { scope: { kind: 'server', instanceId: 'web' }, isOn: false },
    });
  });

  test.each([
    ['cpu', '0', 'Enter a number above 0, up to 100%.'],
    ['disk', '101', 'Enter a number above 0, up to 100%.'],
    ['memory', 'much', 'Enter a number above 0, up to 100%.'],
    ['network-out', '1e9', 'Enter a number above 0, up to 100,000 Mbit/s.'],
    ['network-in-unusual', '21', 'Enter a number above 0, up to 20 deviations.'],
  ] as const)('says what can be typed for %s rather than %s', (metric, above, error) => {
    const draft = { ...alertDraft(rule, { kind: 'favourites' }), metric, above };
    expect(readAlert(draft, true)).toEqual({ ok: false, error });
  });

  test('of a protected address has the metrics of Shield, and stays of that address', () => {
    const scope = { kind: 'address', ipId: 'ip-1' as ShieldIpId, address: '203.0.113.7' } as const;
    const draft = alertDraft(null, scope);
    expect(draft).toMatchObject({ metric: 'shield-bandwidth-unusual', above: '4' });
    expect(offeredMetrics(scope)).toEqual(['shield-bandwidth-unusual', 'shield-packets-unusual']);
    expect(offeredMinutes(scope)).toEqual([5, 10, 15, 30]);
    const read = readAlert(draft, true, scope);
    expect(read).toMatchObject({ ok: true, input: { scope, forMinutes: 10 } });
    expect(read.ok && alertRuleInput.safeParse(read.input).success).toBe(true);
    expect(alertRuleInput.safeParse({ ...(read.ok && read.input), metric: 'cpu' }).success).toBe(false);
    expect(alertRuleInput.safeParse({ ...(read.ok && read.input), forMinutes: 60 }).success).toBe(false);
    const made: AlertRule = { ...rule, metric: 'shield-packets-unusual', above: 4, scope };
    expect(ruleInWords(made)).toBe('Shield packets per second above usual by 4 deviations for 15 minutes');
    const firing = [{ ruleId: 'r', instanceId: null, sinceMs: 0 }];
    expect(standingInWords(made, { ...context, firing })).toMatch(
      /^Shield of 203\.0\.113\.7 · too high since/,
    );
    expect(standingInWords(made, { ...context, shownOn: scope.ipId })).toBe('normal');
  });

  test('takes a decimal comma', () => {
    const draft = { ...alertDraft(rule, { kind: 'favourites' }), above: ' 0,5 ' };
    expect(readAlert(draft, true)).toMatchObject({ input: { above: 0.5 } });
  });

  test('shows and reads a limit as the system writes it', () => {
    useLocales(sameLocale('de-DE'));
    const draft = alertDraft(rule, { kind: 'favourites' });
    expect(draft.above).toBe('12,5');
    expect(readAlert(draft, true)).toMatchObject({ input: { above: 12.5 } });
    expect(readAlert({ ...draft, above: '1.250' }, true)).toMatchObject({ input: { above: 1250 } });
    expect(readAlert({ ...draft, above: '1e9' }, true)).toEqual({
      ok: false,
      error: 'Enter a number above 0, up to 100.000 Mbit/s.',
    });
    expect(ruleInWords(rule)).toBe('Network in above 12,5 Mbit/s for 15 minutes');
    useLocales(sameLocale(fallbackLocale));
  });

  test('offers an instance with its own annotations, and an account all of its annotations', () => {
    expect(
      scopesOfInstance(web, 'web', { ...noAnnotations, tags: ['prod'] }).map(({ label }) => label),
    ).toEqual(['web', 'All favorites', 'Tagged #prod']);
    const annotations = {
      web: { ...noAnnotations, tags: ['shop', 'prod'] },
      db: { ...noAnnotations, tags: ['prod'] },
    };
    expect(scopesOfAccount(annotations).map(({ value }) => value)).toEqual([
      'favourites',
      'tag:prod',
      'tag:shop',
    ]);
  });
});

describe('an alert in words', () => {
  test('says what it watches and where', () => {
    expect(ruleInWords(rule)).toBe('Network in above 12.5 Mbit/s for 15 minutes');
    expect(standingInWords(rule, context)).toBe('all tagged #prod · normal');
    expect(standingInWords({ ...rule, isOn: false }, context)).toBe('all tagged #prod · off');
    const ofServer: AlertRule = { ...rule, scope: { kind: 'server', instanceId: web } };
    expect(standingInWords(ofServer, context)).toBe('web-name · normal');
    expect(standingInWords(ofServer, { ...context, shownOn: web })).toBe('normal');
    expect(standingInWords(ofServer, { ...context, nameOf: () => null })).toBe(
      'an unknown instance · normal',
    );
  });

  test('says where it fires and since when', () => {
    const firing = [web, db].map((instanceId) => ({ ruleId: 'r', instanceId, sinceMs: 0 }));
    expect(standingInWords(rule, { ...context, firing })).toMatch(
      /^all tagged #prod · too high on web-name since \d\d:\d\d, and on 1 more$/,
    );
    expect(standingInWords(rule, { ...context, firing, shownOn: db })).toMatch(
      /^all tagged #prod · too high since \d\d:\d\d$/,
    );
    expect(
      standingInWords(rule, { ...context, firing: [{ ruleId: 'x', instanceId: web, sinceMs: 0 }] }),
    ).toContain('normal');
  });
});
