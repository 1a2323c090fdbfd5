import { beforeEach, expect, it } from 'vitest';
import { QuietTimes } from '../../../main/notices/index.ts';
import { createSettings, type SettingsStore } from '../../../main/settings/settings.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { FakeTime } from '../monitor/fake-time.ts';

const hourMs = 3_600_000;
const notice = (key: string): Notice => ({
  ...{ key, kind: 'stopped', title: key, body: '', instanceId: null, atMs: 0 },
});

let time: FakeTime;
let settings: SettingsStore;
let ends: string[][];
let changes: number;
let quietTimes: QuietTimes;
beforeEach(() => {
  time = new FakeTime();
  settings = createSettings(new Map<string, unknown>());
  ends = [];
  changes = 0;
  quietTimes = new QuietTimes({
    clock: time,
    settings,
    onChange: () => (changes += 1),
    onEnd: (heldBack) => ends.push(heldBack.map(({ key }) => key)),
  });
  quietTimes.check();
});

it('says once what was held back when Do Not Disturb ends by itself, and is off then', async () => {
  quietTimes.setDoNotDisturb(time.now() + hourMs);
  quietTimes.holdBack(notice('a/1'));
  quietTimes.holdBack(notice('a/2'));
  await time.pass(hourMs - 1);
  expect(ends).toEqual([]);
  await time.pass(1);
  expect(ends).toEqual([['a/1', 'a/2']]);
  expect(settings.get().quiet.until).toBeNull();
  expect(time.pendingTimers).toBe(0);
  await time.pass(2 * hourMs);
  expect(ends).toHaveLength(1);
});

it('says it at once when it is turned off by hand, and waits for nothing where it has no end', async () => {
  quietTimes.setDoNotDisturb('until-turned-off');
  quietTimes.holdBack(notice('a/1'));
  expect(time.pendingTimers).toBe(0);
  await time.pass(100 * hourMs);
  expect(ends).toEqual([]);
  quietTimes.setDoNotDisturb(null);
  expect(ends).toEqual([['a/1']]);
  expect(changes).toBe(3);
});

it('says nothing where nothing came', async () => {
  quietTimes.setDoNotDisturb(time.now() + hourMs);
  await time.pass(hourMs);
  expect(quietTimes.now()).toBeNull();
  expect(ends).toEqual([]);
});

it('waits for the end of the quiet hours where they hold when Do Not Disturb ends', async () => {
  const now = new Date(time.now());
  const fromMinute = now.getHours() * 60 + now.getMinutes();
  const hours = { isOn: true, fromMinute, toMinute: (fromMinute + 120) % 1440, days: [0, 1, 2, 3, 4, 5, 6] };
  settings.update({ quiet: { until: time.now() + hourMs, hours } });
  quietTimes.holdBack(notice('a/1'));
  await time.pass(hourMs);
  expect(quietTimes.now()).toMatchObject({ by: 'quiet-hours' });
  expect(ends).toEqual([]);
  await time.pass(hourMs);
  expect(ends).toEqual([['a/1']]);
});

it('ends when the clock that is set says so, and after a sleep', async () => {
  quietTimes.setDoNotDisturb(time.now() + 10 * hourMs);
  quietTimes.holdBack(notice('a/1'));
  time.jump(10 * hourMs);
  await time.pass(60_000);
  expect(ends).toEqual([['a/1']]);
  quietTimes.setDoNotDisturb(time.now() + hourMs);
  quietTimes.holdBack(notice('a/2'));
  time.sleep(hourMs);
  quietTimes.check();
  expect(ends).toEqual([['a/1'], ['a/2']]);
});

it('says nothing of an account that was signed out of, and nothing once the app quits', async () => {
  quietTimes.setDoNotDisturb(time.now() + hourMs);
  quietTimes.holdBack(notice('a/1'));
  quietTimes.holdBack(notice('b/1'));
  quietTimes.forgetAccount('a' as AccountId);
  await time.pass(hourMs);
  expect(ends).toEqual([['b/1']]);
  quietTimes.setDoNotDisturb('until-turned-off');
  quietTimes.holdBack(notice('b/2'));
  quietTimes.stop();
  settings.update({ quiet: { ...settings.get().quiet, until: null } });
  expect(ends).toHaveLength(1);
});
