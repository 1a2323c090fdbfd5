import { expect, it } from 'vitest';
import { deliveryOf } from '../../../main/notices/index.ts';
import { defaultSettings } from '../../../main/settings/settings.ts';
import type { QuietSettings, QuietSpan } from '../../../preload/contract/quiet.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { instanceId } from '../monitor/builders.ts';

const nowMs = Date.UTC(2026, 4, 14, 12);
const stopped: Notice = {
  ...{ key: 'a/web/stopped', kind: 'stopped', title: 'web stopped', body: '', atMs: nowMs },
  instanceId: instanceId('web'),
};
const quiet = (until: QuietSpan): QuietSettings => ({ ...defaultSettings.quiet, until });
const delivered = (notice: Notice, until: QuietSpan, mutedUntil: QuietSpan, instanceChanges = true) =>
  deliveryOf(notice, {
    settings: {
      notifications: { ...defaultSettings.notifications, instanceChanges },
      quiet: quiet(until),
    },
    mutedUntil,
    nowMs,
  });

it.each<[string, QuietSpan, QuietSpan, boolean, string]>([
  ['is shown where nothing speaks against it', null, null, true, 'show'],
  ['is shown once Do Not Disturb and the mute are over', nowMs, nowMs - 1, true, 'show'],
  ['is held back while Do Not Disturb holds', nowMs + 1, null, true, 'hold-back'],
  ['is for Activity alone where its instance is muted', null, 'until-turned-off', true, 'activity-only'],
  ['is not held back where its instance is muted', 'until-turned-off', nowMs + 1, true, 'activity-only'],
  ['is not held back where nobody wants it', 'until-turned-off', null, false, 'activity-only'],
])('a notice %s', (_what, until, mutedUntil, isWanted, delivery) => {
  expect(delivered(stopped, until, mutedUntil, isWanted)).toBe(delivery);
});
