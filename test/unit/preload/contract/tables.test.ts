import { expect, it } from 'vitest';
import { actionDeadlinesMs } from '../../../../preload/contract/action-deadlines.ts';
import { maxAlertRules, maxAlertInstances, noAlerts } from '../../../../preload/contract/alerts.ts';
import { noAnnotations } from '../../../../preload/contract/annotations.ts';
import { appOrigin } from '../../../../preload/contract/app-origin.ts';
import { emptyDraft } from '../../../../preload/contract/create.ts';
import { maxUnreadableFields } from '../../../../preload/contract/gaps.ts';
import { assertNever, fail, ok } from '../../../../preload/contract/result.ts';
import { sessionPortMessage } from '../../../../preload/contract/session-port.ts';
import { terminalColours } from '../../../../preload/contract/terminal-colours.ts';

it('what takes minutes at Evorxa is waited for longer than what takes seconds', () => {
  expect(actionDeadlinesMs).toEqual({
    boot: 60_000,
    restart: 120_000,
    shutdown: 120_000,
    poweroff: 60_000,
    create: 900_000,
    reinstall: 1_200_000,
    upgrade: 180_000,
    reactivate: 180_000,
    delete: 180_000,
    'schedule-deletion': 60_000,
    'cancel-deletion': 60_000,
  });
});

it('an account begins without rules, notes and choices', () => {
  expect(noAlerts).toEqual({ rules: [], firing: [] });
  expect(noAnnotations).toEqual({ isFavourite: false, isLocked: false, note: '', tags: [] });
  expect(emptyDraft).toEqual({
    packageId: null,
    osTemplateId: null,
    cycle: null,
    sshKeyIds: [],
    projectId: null,
    name: '',
    hostname: null,
  });
});

it('what an account asks of Evorxa for its rules has an end', () => {
  expect([maxAlertInstances, maxAlertRules, maxUnreadableFields]).toEqual([50, 100, 20]);
});

it('a terminal has sixteen colours, and what is written in them can be told from what is behind', () => {
  const { palette, text, background, selection } = terminalColours;
  expect(palette).toHaveLength(16);
  const all = [...palette, text, background, selection];
  expect(all.filter((colour) => !/^#[0-9a-f]{6}$/.test(colour))).toEqual([]);
  expect(new Set(all).size).toBe(19);
});

it('both sides of a message know it by one name', () => {
  expect(appOrigin).toBe('app://evorxa');
  expect(sessionPortMessage).toBe('evorxa:session-port');
});

it('an outcome is a value or an error, and what cannot be says what it was', () => {
  expect(ok(7)).toEqual({ ok: true, value: 7 });
  expect(fail('no')).toEqual({ ok: false, error: 'no' });
  expect(() => assertNever({ kind: 'new' } as never)).toThrow('Unexpected value: {"kind":"new"}');
});
